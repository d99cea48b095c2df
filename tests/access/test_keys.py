"""Keys changed while people work: what is found, what is refused and what is unique holds at every step."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection, transaction

from ansinh.access.actions import (
    add_key,
    changing_keys,
    clear_retired_indexes,
    move_values,
    retire_key,
    rotate_keys,
)
from ansinh.access.queries import SEALED
from ansinh.access.types import SYSTEM, Actor
from ansinh.kernel.refusal import Refusal
from ansinh.ops.keys import every_sealed_column
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry
from ansinh.platform.resealing import breaks_of, count_by_key, passed_over
from ansinh.platform.sealing import index_columns, seal
from ansinh.registry.actions import correct_identity
from ansinh.registry.models import SealedNumber
from ansinh.registry.queries import find_people
from ansinh.registry.types import Paper
from ansinh.web.account import SecondFactors
from tests.committing import transactional_db
from tests.registry.conftest import AN, THAO, register, take
from tests.seeding import AT, AUGUST, Desk, open_desk

__all__ = ["transactional_db"]

NUMBER = AN[3]
PAPER = Paper("15/TB", AT.date())


@pytest.fixture
def desk(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Two people with numbers, sealed by a first key of their own."""
    monkeypatch.setenv("ANSINH_HOME", str(tmp_path))
    desk = open_desk()
    take(desk, register(AN, THAO))
    return desk


def _found(desk: Desk, number: str = NUMBER) -> list[str]:
    return [row.full_name for row in find_people(number, by=desk.officer, month=AUGUST)]


def _retire(number: int) -> None:
    with changing_keys():
        retire_key(key_number=number, columns=every_sealed_column(), by=SYSTEM, at=AT)


def _rotate() -> int:
    rotate_keys(columns=every_sealed_column(), by=SYSTEM, at=AT)
    return move_values(every_sealed_column(), progress=lambda column, count: None)


def _duplicate(person_id: int) -> None:
    """Straight into the table: what the database itself refuses."""
    with transaction.atomic():
        SealedNumber.objects.create(
            person_id=person_id, kind="cccd", sealed=seal(NUMBER, kind="cccd"), recorded_at=AT,
            **index_columns(NUMBER, kind="cccd"),
        )  # fmt: skip


def _holds_at_every_step(desk: Desk) -> None:
    assert _found(desk) == ["Lý Ngọc An"]
    an, thao = SealedNumber.objects.filter(kind="cccd").order_by("pk").values_list("person_id", flat=True)
    with pytest.raises(IntegrityError):
        _duplicate(an)
    with pytest.raises(Refusal) as refused:
        correct_identity(person_id=thao, number=NUMBER, paper=PAPER, by=desk.officer, at=AT)
    assert refused.value.code == "identity_of_another"
    assert breaks_of(every_sealed_column()) == []


def test_numbers_are_found_and_unique_through_the_whole_change_of_keys(desk: Desk) -> None:
    columns = every_sealed_column()
    _holds_at_every_step(desk)
    assert add_key(by=SYSTEM, at=AT).key_number == 2
    _holds_at_every_step(desk)
    # One row moved and one not, as after a kill: the officer sees no difference.
    numbers = columns[[one.table for one in columns].index("registry_sealednumber")]
    first = SealedNumber.objects.order_by("pk").first()
    assert first is not None
    SealedNumber.objects.filter(pk=first.pk).update(
        sealed=seal(NUMBER, kind="cccd"), **index_columns(NUMBER, kind="cccd")
    )
    assert set(count_by_key(numbers)) == {1, 2}
    _holds_at_every_step(desk)
    with pytest.raises(Refusal) as refused:
        _retire(1)
    assert refused.value.code == "values_still_under"
    assert "số giấy tờ" in refused.value.message
    # Two numbers and the file of the register: what had been moved is left alone.
    assert _rotate() == 3
    assert _rotate() == 0
    _holds_at_every_step(desk)
    _retire(1)
    _holds_at_every_step_but_cleared(desk)
    assert clear_retired_indexes(columns) == 3
    assert not SealedNumber.objects.filter(blind_index__isnull=False).exists()
    _holds_at_every_step(desk)
    # The next key again has a column of its own.
    add_key(by=SYSTEM, at=AT)
    _holds_at_every_step(desk)
    _rotate()
    _retire(2)
    clear_retired_indexes(columns)
    _holds_at_every_step(desk)
    assert [set(count_by_key(column)) for column in columns if count_by_key(column)] == [{3}, {3}]


def test_second_factors_move_to_the_new_key(desk: Desk) -> None:
    kept = SecondFactors().encrypt("JBSWY3DPEHPK3PXP")
    factor = Authenticator.objects.create(user_id=desk.officer.user_id, type="totp", data={"secret": kept, "other": 1})
    add_key(by=SYSTEM, at=AT)
    _rotate()
    factor.refresh_from_db()
    assert base64.b64decode(factor.data["secret"])[0] == 2
    assert SecondFactors().decrypt(factor.data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert factor.data["other"] == 1
    _retire(1)
    assert breaks_of(SEALED) == []


def _holds_at_every_step_but_cleared(desk: Desk) -> None:
    """Between retiring and clearing, verify names the indexes an old key could still be used on."""
    assert _found(desk) == ["Lý Ngọc An"]
    assert [one.what for one in breaks_of(every_sealed_column()) if "khóa đã bỏ" not in one.what] == []
    assert breaks_of(every_sealed_column()) != []


def test_every_change_of_keys_is_permitted_and_written_down(desk: Desk) -> None:
    nobody = Actor(7, "Người lạ", ())
    for attempt in (
        lambda: add_key(by=nobody, at=AT),
        lambda: rotate_keys(columns=(), by=nobody, at=AT),
        lambda: retire_key(key_number=1, columns=(), by=nobody, at=AT),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    add_key(by=SYSTEM, at=AT)
    _rotate()
    _retire(1)
    told = dict(AuditEntry.objects.filter(action__endswith="key").values_list("action", "facts__key_number"))
    assert told == {"access.add_key": 2, "access.retire_key": 1}


def test_verify_names_a_value_that_was_tampered_with(desk: Desk) -> None:
    first = SealedNumber.objects.order_by("pk").first()
    assert first is not None
    SealedNumber.objects.filter(pk=first.pk).update(blind_index=b"x" * 16)
    assert [one.facts["id"] for one in breaks_of(every_sealed_column())] == [first.pk]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_sealednumber SET sealed = set_byte(sealed, 20, 1 - get_byte(sealed, 20) % 2)")
        cursor.execute("UPDATE registry_registerfile SET sealed_original = set_byte(sealed_original, 0, 9)")
    broken = {(one.facts["table"], one.facts["id"]) for one in breaks_of(every_sealed_column())}
    assert len(broken) == SealedNumber.objects.count() + 1
    assert set(passed_over(every_sealed_column()).values()) == {0}
    add_key(by=SYSTEM, at=AT)
    with pytest.raises(Refusal) as refused:
        _rotate()
    assert refused.value.code == "values_under_no_key"
