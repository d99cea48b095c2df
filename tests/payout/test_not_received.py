"""Months in a row nobody came for the money: two are told, three propose a suspension, each answer counts anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import keep_uncollected, suspend_uncollected
from ansinh.payout.models import NotReceivedAnswer
from ansinh.payout.queries import list_not_received
from ansinh.payout.types import NotReceived
from ansinh.payroll.models import Line, RunFinding
from ansinh.registry.actions import place_hold, resume_grant
from ansinh.registry.models import Change, Person
from ansinh.registry.types import Paper
from tests.payout.conftest import order_of, release, report, settle_people, told
from tests.payout.test_carried import AN, DUONG, THAO, TUAN
from tests.payroll.conftest import prepare
from tests.seeding import NGOC_PHAI, Desk, open_desk

JULY = Month.of(2021, 7)
NAMES = (THAO, AN, DUONG, TUAN)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    desk = open_desk()
    settle_people(desk, years=(2021, 2022))
    return desk


def in_month(month: Month, day: int = 15) -> datetime:
    return datetime(month.first_day.year, month.first_day.month, day, 3, tzinfo=UTC)


def pay(desk: Desk, month: Month, *missing: str, place: str = NGOC_PHAI, names: tuple[str, ...] = NAMES) -> None:
    """A month released and reported; those missing did not come, for it or for anything carried."""
    release(desk, month, place, at=in_month(month, 1))
    orders = {name: order_of(name, month) for name in names if not has_none(name, month)}
    rows = [
        told(
            order,
            "unpaid" if name in missing else "paid",
            row=row,
            on=None if name in missing else in_month(month, 5).date(),
        )
        for row, (name, order) in enumerate(orders.items())
    ]
    assert {said.verdict for said in report(desk, *rows, at=in_month(month)).verdicts} == {"applied"}


def has_none(name: str, month: Month) -> bool:
    return not Line.objects.filter(payroll_month=month, person_id=Person.objects.get(full_name=name).pk).exists()


def waiting(desk: Desk, month: Month) -> list[NotReceived]:
    return list_not_received(by=desk.officer, month=month, place_code=NGOC_PHAI)


def findings(desk: Desk, month: Month) -> list[tuple[str, str]]:
    run = prepare(desk, month)
    found = RunFinding.objects.filter(run=run, code__in=("uncollected_two_months", "suspension_proposed"))
    return list(found.values_list("code", "message"))


def test_two_months_are_told_and_three_propose_a_suspension(desk: Desk) -> None:
    pay(desk, JULY, TUAN, AN)
    assert waiting(desk, JULY + 1) == []
    pay(desk, JULY + 1, TUAN)
    (one,) = waiting(desk, JULY + 2)
    assert (one.full_name, one.months, one.suspends) == (TUAN, (JULY, JULY + 1), False)
    assert one.waiting_dong == order_of(TUAN, JULY).amount_dong + order_of(TUAN, JULY + 1).amount_dong
    ((code, message),) = findings(desk, JULY + 2)
    assert code == "uncollected_two_months"
    assert "2 tháng liền (07/2021, 08/2021)" in message
    assert "khoản 3 Điều 2 Thông tư 02/2021/TT-BLĐTBXH" in message


def missed_three(desk: Desk) -> Person:
    for month in JULY.until(JULY + 3):
        pay(desk, month, TUAN)
    return Person.objects.get(full_name=TUAN)


def test_the_proposal_accepted_suspends_by_decision(desk: Desk) -> None:
    person = missed_three(desk)
    (one,) = waiting(desk, JULY + 2)
    assert (one.suspends, len(one.months)) == (True, 3)
    facts = {"person_id": person.pk, "from_month": JULY + 3, "decided_on": date(2021, 9, 16), "by": desk.officer}
    at = in_month(JULY + 2, 20)
    with pytest.raises(Refusal) as unsigned:
        suspend_uncollected(decision_no=" ", at=at, **facts)  # type: ignore[arg-type]
    assert unsigned.value.code == "paper_missing"
    done = suspend_uncollected(decision_no="77/QĐ-UBND", at=at, **facts)  # type: ignore[arg-type]
    assert (done.answer, done.through_month, len(done.grants)) == ("suspended", JULY + 2, 1)
    change = Change.objects.get(person=person, kind="suspend_grant")
    assert (change.decision_no, "3 tháng liền" in change.reason) == ("77/QĐ-UBND", True)
    assert waiting(desk, JULY + 2) == []
    with pytest.raises(Refusal) as again:
        suspend_uncollected(decision_no="78/QĐ-UBND", at=at, **facts)  # type: ignore[arg-type]
    assert again.value.code == "nothing_to_answer"
    assert findings(desk, JULY + 3) == []
    assert has_none(TUAN, JULY + 3)


def test_resumed_the_count_begins_anew(desk: Desk) -> None:
    person = missed_three(desk)
    done = suspend_uncollected(
        person_id=person.pk, from_month=JULY + 3, decision_no="77/QĐ", decided_on=date(2021, 9, 16), by=desk.officer,
        at=in_month(JULY + 2, 20),
    )  # fmt: skip
    pay(desk, JULY + 3)
    resume_grant(
        person_id=person.pk, grant_id=done.grants[0], resumed_on=date(2021, 11, 2),
        paper=Paper("90/QĐ", date(2021, 11, 2)), by=desk.officer, at=in_month(JULY + 4, 3),
    )  # fmt: skip
    pay(desk, JULY + 4, TUAN)
    assert waiting(desk, JULY + 5) == []
    pay(desk, JULY + 5, TUAN)
    (one,) = waiting(desk, JULY + 5)
    assert one.months == (JULY + 4, JULY + 5)


def test_an_answer_given_later_is_about_the_months_of_the_list_it_answers(desk: Desk) -> None:
    person = missed_three(desk)
    pay(desk, JULY + 3)
    years_later = in_month(JULY + 60, 20)
    facts = {"person_id": person.pk, "reason": "Đã mất liên lạc", "by": desk.approver, "at": years_later}
    with pytest.raises(Refusal) as as_of_now:
        keep_uncollected(**facts)  # type: ignore[arg-type]
    assert as_of_now.value.code == "nothing_to_answer"
    assert "tính đến tháng 07/2026" in as_of_now.value.message
    done = keep_uncollected(**facts, through=JULY + 2)  # type: ignore[arg-type]
    assert done.through_month == JULY + 2
    # No month to come is ever answered.
    with pytest.raises(Refusal):
        keep_uncollected(**facts, through=JULY + 90)  # type: ignore[arg-type]


def test_the_proposal_refused_with_a_reason(desk: Desk) -> None:
    person = missed_three(desk)
    at = in_month(JULY + 2, 20)
    with pytest.raises(Refusal) as silent:
        keep_uncollected(person_id=person.pk, reason=" ", by=desk.approver, at=at)
    with pytest.raises(Refusal) as other:
        keep_uncollected(person_id=person.pk, reason="Nằm viện", by=desk.officer, at=at)
    with pytest.raises(Refusal) as nobody:
        keep_uncollected(person_id=Person.objects.get(full_name=AN).pk, reason="Nằm viện", by=desk.approver, at=at)
    codes = [silent.value.code, other.value.code, nobody.value.code]
    assert codes == ["reason_missing", "not_permitted", "nothing_to_answer"]
    keep_uncollected(person_id=person.pk, reason="Nằm viện, con sẽ nhận thay", by=desk.approver, at=at)
    assert waiting(desk, JULY + 2) == []
    assert not Change.objects.exists()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE payout_notreceivedanswer SET months = 1")
    assert NotReceivedAnswer.objects.get().months == 3


def test_who_collects_late_or_is_held_is_not_counted(desk: Desk) -> None:
    for month in JULY.until(JULY + 2):
        pay(desk, month, TUAN, AN)
    release(desk, JULY + 2, at=in_month(JULY + 2, 1))
    rows = [told(order_of(TUAN, month), row=row, on=in_month(JULY + 2, 5).date())
            for row, month in enumerate(JULY.until(JULY + 3))]  # fmt: skip
    report(desk, *rows, at=in_month(JULY + 2))
    assert [one.full_name for one in waiting(desk, JULY + 2)] == [AN]
    place_hold(person_id=Person.objects.get(full_name=AN).pk, kind="doubt", since_on=date(2021, 9, 6), by=desk.officer,
               at=in_month(JULY + 2))  # fmt: skip
    assert waiting(desk, JULY + 2) == []
    assert findings(desk, JULY + 3) == []


def test_no_law_no_proposal(first_load: object, db: None) -> None:
    """Before Decree 20 the pack knows no rule: the list tells, and proposes nothing."""
    desk = open_desk()
    settle_people(desk, years=(2020,))
    august = Month.of(2020, 8)
    for month in august.until(august + 3):
        pay(desk, month, TUAN)
    (one,) = waiting(desk, august + 3)
    assert (len(one.months), one.suspends, one.article) == (3, False, "")
