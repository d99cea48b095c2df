"""The audit trail: what an entry keeps, that entries of one act come together, and a chain that cannot be mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.audit import gathered, note_place, record, record_look
from ansinh.platform.chain import find_broken_audit
from ansinh.platform.keeping import kept_of
from ansinh.platform.models import AuditEntry, AuditHead
from ansinh.platform.origin import COMMAND, Origin, coming_from
from ansinh.registry.types import Paper
from tests.seeding import AT


@dataclass(frozen=True, slots=True)
class Somebody:
    user_id: int = 7
    name: str = "Nông Thị Lập"


class Refused(Refusal):
    """Không."""


BY = Somebody()


def test_an_entry_keeps_papers_and_places_and_nobody() -> None:
    paper = Paper("12/QĐ-UBND", date(2020, 8, 3), "giấy ra viện HIV", "Bà ở 045190001234, nhiễm HIV; gọi 0912 345 678")
    kept = kept_of(
        {
            "by": BY, "person_id": 5, "month": Month.of(2020, 8), "commune_code": "01906", "full_name": "Lý Ngọc An",
            "number": "045190001234", "category": "hiv_poor", "paper": paper, "ids": (1, 2), "unheard_of": "Lý",
        },
        None,
    )  # fmt: skip
    assert kept.facts == {
        "person_id": 5, "month": "2020-08", "commune_code": "01906", "ids_count": 2,
        "decision_no": "12/QĐ-UBND", "decided_on": "2020-08-03", "reason": "Bà ở •••, nhiễm •••; gọi •••",
    }  # fmt: skip
    assert (kept.person_id, kept.place_code, kept.reason) == (5, "01906", "Bà ở •••, nhiễm •••; gọi •••")


@pytest.mark.django_db
class TestTrail:
    def test_an_entry_says_from_where_whom_where_and_why(self) -> None:
        with coming_from(Origin(COMMAND, "may-chu", "", "root")):
            record_look(by=BY, at=AT, sight="registry.look_person", person_id=5, place_code="01906", reason="Kiểm tra")
        told = AuditEntry.objects.latest("number")
        assert (told.person_id, told.place_code, told.reason) == (5, "01906", "Kiểm tra")
        assert (told.channel, told.address, told.session, told.agent) == ("command", "may-chu", "", "root")

    def test_numbers_run_on_and_each_hash_holds_the_one_before(self) -> None:
        for number in range(3):
            record(by=BY, at=AT, action="test.step", facts={"number": number})
        one, two, three = AuditEntry.objects.order_by("-number")[:3][::-1]
        assert [two.number, three.number] == [one.number + 1, one.number + 2]
        assert (two.previous, three.previous) == (one.hash, two.hash)
        head = AuditHead.objects.get()
        assert (head.entries, head.hash) == (three.number, three.hash)
        assert find_broken_audit() == []

    def test_what_is_passed_for_number_and_hash_is_overwritten(self) -> None:
        entry = AuditEntry.objects.create(
            at=AT, actor_id=7, actor_name="x", action="test.forged", facts={}, number=900, previous="a", hash="b"
        )
        entry.refresh_from_db()
        assert entry.number != 900
        assert len(entry.hash) == 64
        assert find_broken_audit() == []

    def test_acts_inside_an_act_are_written_at_its_end_and_those_that_failed_are_not(self) -> None:
        def inner(place_code: str, *, fails: bool) -> None:
            with transaction.atomic(), gathered():
                record(by=BY, at=AT, action="test.inner", facts={}, place_code=place_code)
                if fails:
                    raise Refused()

        told = AuditEntry.objects.filter(action__startswith="test.").order_by("number")
        with transaction.atomic(), gathered():
            note_place("01906")
            inner("01", fails=False)
            with pytest.raises(Refused):
                inner("02", fails=True)
            assert told.count() == 0
            record(by=BY, at=AT, action="test.outer", facts={})
        assert [(one.action, one.place_code) for one in told] == [("test.inner", "01"), ("test.outer", "01906")]

    def test_what_fails_leaves_no_entry(self) -> None:
        def failing() -> None:
            with transaction.atomic(), gathered():
                record(by=BY, at=AT, action="test.lost", facts={})
                raise Refused()

        with pytest.raises(Refused):
            failing()
        assert not AuditEntry.objects.filter(action="test.lost").exists()

    def test_what_is_taken_back_leaves_no_entry_and_never_waits_for_the_head(self) -> None:
        with transaction.atomic(), gathered():
            record(by=BY, at=AT, action="test.lost", facts={})
            transaction.set_rollback(True)
        assert not AuditEntry.objects.filter(action="test.lost").exists()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE platform_auditentry SET actor_name = 'x'",
            "DELETE FROM platform_auditentry",
            "TRUNCATE platform_auditentry",
            "UPDATE platform_audithead SET hash = ''",
            "UPDATE platform_audithead SET entries = entries - 1",
            "DELETE FROM platform_audithead",
            "TRUNCATE platform_audithead",
        ],
    )
    def test_nothing_told_can_be_changed(self, statement: str) -> None:
        record(by=BY, at=AT, action="test.step", facts={})
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic(), connection.cursor() as now:
            now.execute(statement)
