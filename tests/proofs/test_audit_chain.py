"""The audit trail broken as only the owner of the database could: each changed, removed and inserted entry is named."""

# ruff: noqa: S608 - statements of our own
from __future__ import annotations

import pytest
from django.db import connection

from ansinh.platform.models import AuditEntry
from ansinh.platform.origin import WEB, Origin, coming_from
from tests.proofs.breaking import break_rows, copy_of, found, loosen
from tests.settlement.conftest import Office

_TABLE = "platform_auditentry"
_THIRD = "number = (SELECT max(number) - 3 FROM platform_auditentry)"
_LAST = "number = (SELECT max(number) FROM platform_auditentry)"


@pytest.fixture
def last(office: Office) -> int:
    """The number of the last entry of a month listed and ordered."""
    return AuditEntry.objects.latest("number").number


def _found_in_chain(*statements: str, tables: tuple[str, ...] = (_TABLE,)) -> list[str]:
    break_rows(*statements, tables=tables)
    return found()["audit_chain"]


@pytest.mark.parametrize(
    "changed",
    [
        "at = at + interval '1 microsecond'",
        "actor_id = actor_id + 1",
        "actor_name = 'Người khác'",
        "action = 'payroll.return_run'",
        'facts = facts || \'{"reason": "khác"}\'',
        "person_id = 4",
        "place_code = '01'",
        "reason = 'khác'",
        "channel = 'api'",
        "address = '10.0.0.1'",
        "session = 'khác'",
        "agent = 'khác'",
        "hash = repeat('0', 64)",
    ],
)
def test_one_changed_entry_is_named_whatever_column_it_is(office: Office, last: int, changed: str) -> None:
    said = _found_in_chain(f"UPDATE {_TABLE} SET {changed} WHERE {_THIRD}")
    assert said[0].startswith(f"Nhật ký số {last - 3} (")
    assert "nội dung không còn như lúc ghi" in said[0]


def test_one_removed_in_the_middle_is_named_by_its_number(office: Office, last: int) -> None:
    (said,) = _found_in_chain(f"DELETE FROM {_TABLE} WHERE {_THIRD}")
    assert f"thiếu mục liền trước (số {last - 3} đã bị xóa)" in said


def test_one_removed_and_the_rest_numbered_anew_is_named(office: Office, last: int) -> None:
    loosen(_TABLE)
    said = _found_in_chain(
        f"DELETE FROM {_TABLE} WHERE {_THIRD}", f"UPDATE {_TABLE} SET number = number - 1 WHERE number > {last - 3}"
    )
    assert [one.split(" (")[0] for one in said[:3]] == [f"Nhật ký số {number}" for number in range(last - 3, last)]


def test_the_last_ones_removed_are_told_by_the_head(office: Office, last: int) -> None:
    (said,) = _found_in_chain(f"DELETE FROM {_TABLE} WHERE number > {last - 2}")
    assert said == (
        f"Đầu chuỗi nhật ký ghi có {last} mục, mục cuối tìm thấy là số {last - 2}: các số {last - 1}–{last} đã bị xóa"
    )


def test_one_inserted_is_named_in_the_middle_and_at_the_end(office: Office, last: int) -> None:
    loosen(_TABLE)
    added = copy_of(_TABLE, {"id": "id + 100000", "reason": "'chèn'"}, _THIRD)
    said = _found_in_chain(added)
    assert said[0].startswith(f"Nhật ký số {last - 3} (")
    assert "do người khác chèn vào" in said[0]
    break_rows(f"DELETE FROM {_TABLE} WHERE reason = 'chèn'", tables=[_TABLE])
    assert "audit_chain" not in found()
    said = _found_in_chain(copy_of(_TABLE, {"id": "id + 100000", "number": "number + 1"}, _LAST))
    assert said[-1].endswith("mục sau đã được chèn vào")


def test_one_inserted_with_a_right_hash_does_not_fit_what_follows(office: Office, last: int) -> None:
    """Somebody who can reckon the hash changes an entry and mends it: the next one tells."""
    said = _found_in_chain(
        f"UPDATE {_TABLE} SET actor_name = 'Người khác' WHERE {_THIRD}",
        f"UPDATE {_TABLE} AS entry SET hash = platform_audit_hash(entry) WHERE {_THIRD}",
    )
    assert len(said) == 1
    assert said[0].startswith(f"Nhật ký số {last - 2} (")
    assert said[0].endswith("không nối với mục liền trước, mục ấy đã bị thay")


def test_a_head_set_back_or_gone_is_told(office: Office, last: int) -> None:
    head = "platform_audithead"
    (said,) = _found_in_chain(f"UPDATE {head} SET entries = {last - 1}", tables=(head,))
    assert said.endswith("mục sau đã được chèn vào")
    (said,) = _found_in_chain(f"DELETE FROM {head}", tables=(head,))
    assert said.startswith("Đầu chuỗi nhật ký không còn")


def test_entries_of_before_the_chain_are_bound_in_their_order(office: Office, last: int) -> None:
    """What the migration did to entries already there, done again: the same chain, and what they said is lifted."""
    from importlib import import_module

    with coming_from(Origin(WEB)), connection.cursor() as cursor:
        before = AuditEntry.objects.get(number=last).hash
        cursor.execute("ALTER TABLE platform_audithead DISABLE TRIGGER USER")
        cursor.execute("UPDATE platform_audithead SET entries = 0, hash = ''")
        cursor.execute("ALTER TABLE platform_audithead ENABLE TRIGGER USER")
        cursor.execute(import_module("ansinh.platform.migrations.0003_audit_chain")._EXISTING)
    assert "audit_chain" not in found()
    assert AuditEntry.objects.get(number=last).hash == before
