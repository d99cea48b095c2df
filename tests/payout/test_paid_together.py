"""Two months in one payment: one order a person, in the first month's list; the next month is paid by itself again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import hand_over_batch, issue_orders, record_results, release_batch
from ansinh.payout.models import Batch, Claim, Order, OrderPart, Recovery
from ansinh.payout.netting import OfOneList, told_by_list
from ansinh.payout.queries import (
    allowed_batch_steps,
    carried_by_person,
    list_batch_items,
    list_orders,
    withheld_by_person,
)
from ansinh.payout.types import OrderFilter, Withholding
from ansinh.payroll.actions import approve_run, cancel_run, pay_apart, pay_together, return_run, submit_run
from ansinh.payroll.models import Line, RosterEntry, Run
from ansinh.payroll.queries import list_leads, together_with
from ansinh.registry.actions import correct_birth, record_death
from ansinh.registry.models import Person
from ansinh.registry.types import Paper
from tests.payout.conftest import POST, RELEASED_AT, REPORTED_AT, issue, order_of, report, send_money, told
from tests.payroll.conftest import play, prepare
from tests.proofs.breaking import found
from tests.seeding import AT, AUGUST, PHUONG_VIEN, Desk, add_person

SEPTEMBER, OCTOBER = AUGUST + 1, AUGUST + 2
TET = "Chi hai tháng một lần trước Tết theo Công văn 12/LĐTBXH"
NOTHING = Withholding(Dong(0), Dong(0))
PAPER = Paper("30/QĐ-UBND", date(2020, 8, 25), "", "")
LEARNT_AT = datetime(2020, 8, 26, 2, 0, tzinfo=UTC)


def join(desk: Desk, run: Run, lead: Run) -> None:
    """The run's money in the other's payment."""
    pay_together(run_id=run.pk, with_run_id=lead.pk, reason=TET, by=desk.officer, at=AT)


def sign(desk: Desk, run: Run) -> Run:
    """A checked run submitted and approved."""
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    approve_run(run_id=run.pk, by=desk.approver, at=AT)
    run.refresh_from_db()
    return run


def both(desk: Desk) -> tuple[Run, Run]:
    """August approved, September approved to be paid with it; nothing issued."""
    lead = play(desk, AUGUST)
    run = prepare(desk, SEPTEMBER)
    join(desk, run, lead)
    return lead, sign(desk, run)


def listed(person: Person, *runs: Run) -> int:
    """What the lists say of somebody."""
    return sum(line.amount_dong.value for line in Line.objects.filter(person_id=person.pk, run__in=runs))


def named(name: str) -> Person:
    return Person.objects.get(full_name=name)


def refused(act: object, *args: object, **facts: object) -> str:
    """The code an action refuses with."""
    with pytest.raises(Refusal) as said, transaction.atomic():
        act(*args, **facts)  # type: ignore[operator]
    assert "{" not in said.value.message
    return said.value.code


def test_two_months_are_one_order_a_person_and_the_third_is_plain(desk: Desk) -> None:
    lead, run = both(desk)
    newcomer = add_person("Hoàng Văn Mới", born=date(1931, 5, 5), category="elderly_80_no_pension", opening=OCTOBER)
    issued = issue_orders(run_id=lead.pk, by=desk.officer, at=AT)
    assert issued.new_orders == Order.objects.count() == 4
    for order in Order.objects.select_related("run"):
        person = Person.objects.get(pk=order.person_id)
        assert (order.run, order.month) == (lead, AUGUST)
        assert order.amount_dong.value == listed(person, lead, run) == 2 * listed(person, lead) > 0
    (batch,) = Batch.objects.all()
    items = list_batch_items(batch, by=desk.finance)
    assert {item.entitlement_months for item in items} == {(AUGUST, SEPTEMBER)}
    send_money(desk)
    release_batch(batch_id=batch.pk, by=desk.finance, at=RELEASED_AT)
    report(desk, *(told(order) for order in Order.objects.order_by("pk")))
    assert {order.state for order in Order.objects.all()} == {"PAID"}
    assert found() == {}
    third = play(desk, OCTOBER)
    issue_orders(run_id=third.pk, by=desk.officer, at=AT)
    for person in (named("Lý Ngọc An"), newcomer):
        assert order_of(person.full_name, OCTOBER).amount_dong.value == listed(person, third) > 0
    assert found() == {}


def test_whoever_only_the_second_list_names_is_in_the_same_payment(desk: Desk) -> None:
    lead = play(desk, AUGUST)
    newcomer = add_person("Hoàng Văn Mới", born=date(1931, 5, 5), category="elderly_80_no_pension", opening=SEPTEMBER)
    run = prepare(desk, SEPTEMBER)
    join(desk, run, lead)
    sign(desk, run)
    issue_orders(run_id=lead.pk, by=desk.officer, at=AT)
    order = order_of("Hoàng Văn Mới")
    assert order.amount_dong.value == listed(newcomer, run) > 0
    assert RosterEntry.objects.get(pk=order.roster_id).run_id == run.pk
    page = list_orders(by=desk.officer, wanted=OrderFilter(run_id=lead.pk, text="Hoàng Văn Mới"))
    assert [one.full_name for one in page.orders] == ["Hoàng Văn Mới"]
    (batch,) = Batch.objects.all()
    (item,) = [one for one in list_batch_items(batch, by=desk.officer) if one.person_id == newcomer.pk]
    assert item.entitlement_months == (SEPTEMBER,)
    send_money(desk)
    release_batch(batch_id=batch.pk, by=desk.finance, at=RELEASED_AT)
    (said,) = report(desk, told(order, receiver_name="Hoàng Văn Mới")).verdicts
    assert said.verdict == "applied"
    assert found() == {}


def test_one_order_waits_for_all_its_lists(desk: Desk) -> None:
    lead = play(desk, AUGUST)
    run = prepare(desk, SEPTEMBER)
    join(desk, run, lead)
    ask: dict[str, Any] = {"by": desk.officer, "at": AT}
    assert refused(issue_orders, run_id=lead.pk, **ask) == "paid_together_not_approved"
    sign(desk, run)
    assert refused(issue_orders, run_id=run.pk, **ask) == "paid_with_another_run"
    for wrong in (run.pk, lead.pk):
        with pytest.raises(DatabaseError, match="chi chung với kỳ khác"), transaction.atomic():
            _order_behind(desk, wrong, state="SUBMITTED" if wrong == lead.pk else "APPROVED")
    assert issue_orders(run_id=lead.pk, **ask).new_orders == 4
    assert issue_orders(run_id=lead.pk, **ask).new_orders == 0
    assert carried_by_person(run.pk, by=desk.officer) == {}


def _order_behind(desk: Desk, run_id: int, *, state: str) -> None:
    """An order put in by hand, the followers' state as given."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE payroll_run DISABLE TRIGGER USER")
        cursor.execute("UPDATE payroll_run SET state = %s WHERE paid_with_id IS NOT NULL", [state])
        cursor.execute(
            "INSERT INTO payout_order (run_id, roster_id, month, person_id, commune_code, amount_dong, payer, channel,"
            " contract_id, collector_name, collector_relation, issued_at, digest, state, round)"
            " SELECT %s, roster.id, roster.month, person_id, commune_code, 1000, 'buu-dien', 'cash',"
            " (SELECT min(id) FROM funds_contract), '', '', now(), '', 'ISSUED', 0"
            " FROM payroll_rosterentry AS roster LIMIT 1",
            [run_id],
        )


def test_apart_again_each_is_paid_by_itself(desk: Desk) -> None:
    lead = play(desk, AUGUST)
    run = prepare(desk, SEPTEMBER)
    join(desk, run, lead)
    assert refused(pay_apart, run_id=run.pk, reason=" ", by=desk.officer, at=AT) == "reason_missing"
    pay_apart(run_id=run.pk, reason="Chưa đủ kinh phí", by=desk.officer, at=AT)
    assert refused(pay_apart, run_id=run.pk, reason="lại", by=desk.officer, at=AT) == "not_paid_together"
    join(desk, run, lead)
    cancel_run(run_id=run.pk, reason="Sửa sổ", by=desk.officer, at=AT)
    assert [one.pk for one in together_with(lead)] == [lead.pk]
    assert issue_orders(run_id=lead.pk, by=desk.officer, at=AT).new_orders == 4
    again = prepare(desk, SEPTEMBER)
    assert (
        refused(pay_together, run_id=again.pk, with_run_id=lead.pk, reason=TET, by=desk.officer, at=AT) == "lead_issued"
    )
    sign(desk, again)
    assert issue_orders(run_id=again.pk, by=desk.officer, at=AT).new_orders == 4
    assert found() == {}


def test_what_is_signed_is_how_it_is_paid(desk: Desk) -> None:
    lead = play(desk, AUGUST)
    run = prepare(desk, SEPTEMBER)
    join(desk, run, lead)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    ask: dict[str, Any] = {"run_id": run.pk, "by": desk.officer, "at": AT}
    assert refused(pay_apart, reason="thôi", **ask) == "already_submitted"
    assert refused(pay_together, with_run_id=lead.pk, reason=TET, **ask) == "already_submitted"
    with pytest.raises(DatabaseError, match="đã trình"), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(paid_with=None, paid_with_reason="")
    return_run(run_id=run.pk, reason="Chưa có văn bản", by=desk.approver, at=AT)
    pay_apart(reason="Chưa có văn bản", **ask)
    run.refresh_from_db()
    sign(desk, run)
    assert refused(pay_together, with_run_id=lead.pk, reason=TET, **ask) == "already_submitted"


def test_who_may_lead(desk: Desk) -> None:
    lead = play(desk, AUGUST)
    add_person("Hứa Văn Khánh", born=date(1930, 5, 5), category="elderly_80_no_pension", commune=PHUONG_VIEN)
    there = play(desk, AUGUST, PHUONG_VIEN)
    run = prepare(desk, SEPTEMBER)
    ask: dict[str, Any] = {"reason": TET, "by": desk.officer, "at": AT}
    assert refused(pay_together, run_id=run.pk, with_run_id=lead.pk, **{**ask, "reason": ""}) == "reason_missing"
    assert refused(pay_together, run_id=run.pk, with_run_id=there.pk, **ask) == "other_place_paid"
    assert refused(pay_together, run_id=run.pk, with_run_id=run.pk, **ask) == "lead_not_approved"
    assert refused(pay_together, run_id=run.pk, with_run_id=10**9, **ask) == "no_such_run"
    assert [one.pk for one in list_leads(run, by=desk.officer)] == [lead.pk]
    join(desk, run, lead)
    sign(desk, run)
    third = prepare(desk, OCTOBER)
    assert refused(pay_together, run_id=third.pk, with_run_id=run.pk, **ask) == "lead_paid_with_another"
    assert [one.pk for one in list_leads(third, by=desk.officer)] == [lead.pk]
    with pytest.raises(DatabaseError, match="không chi cùng"), transaction.atomic():
        Run.objects.filter(pk=third.pk).update(paid_with=run, paid_with_reason=TET)
    join(desk, third, lead)
    sign(desk, third)
    assert issue_orders(run_id=lead.pk, by=desk.officer, at=AT).new_orders == 4
    person = named("Ma Thị Tuấn")
    assert order_of("Ma Thị Tuấn").amount_dong.value == listed(person, lead, run, third) == 3 * listed(person, lead)
    assert found() == {}


def test_a_month_of_another_year_is_of_another_budget(desk: Desk) -> None:
    december, january = AUGUST + 4, AUGUST + 5
    lead, run = play(desk, december), prepare(desk, january)
    ask: dict[str, Any] = {"run_id": run.pk, "with_run_id": lead.pk, "reason": TET, "by": desk.officer, "at": AT}
    assert refused(pay_together, **ask) == "paid_before_its_turn"
    assert list_leads(run, by=desk.officer) == []


def test_what_is_not_paid_yet_is_not_owed_back(desk: Desk) -> None:
    """Listed in August and dead before it: September's list takes August back from the very payment.

    The other one, listed at 2,5 in August, is owed 2,0: the half of August comes off what September gives.
    """
    dead = add_person("Hoàng Thị Mất", born=date(1930, 3, 3), category="elderly_80_no_pension")
    younger = add_person("Nông Văn Trẻ", born=date(1955, 3, 3), category="disabled_exceptional")
    lead = play(desk, AUGUST)
    record_death(person_id=dead.pk, died_on=date(2020, 7, 11), paper=PAPER, by=desk.officer, at=LEARNT_AT)
    correct_birth(person_id=younger.pk, birth=BirthDate.parse_vi("1975"), paper=PAPER, by=desk.officer, at=LEARNT_AT)
    run = prepare(desk, SEPTEMBER)
    join(desk, run, lead)
    sign(desk, run)
    assert listed(dead, lead, run) == 0
    shown = [withheld_by_person(one.pk, by=desk.officer) for one in (lead, run)]
    issue_orders(run_id=lead.pk, by=desk.officer, at=AT)
    assert not Order.objects.filter(person_id=dead.pk).exists()
    assert not Claim.objects.exists()
    assert not Recovery.objects.exists()
    assert order_of("Nông Văn Trẻ").amount_dong.value == listed(younger, lead, run)
    assert [withheld_by_person(one.pk, by=desk.officer) for one in (lead, run)] == shown
    for person in (dead, younger):
        papers = list(zip((lead, run), (each.get(person.pk, NOTHING) for each in shown), strict=True))
        paid = [listed(person, one) + said.claimed_dong.value - said.withheld_dong.value for one, said in papers]
        assert sum(paid) == listed(person, lead, run)
        assert min(paid) >= 0
    assert found() == {}


def test_what_was_paid_before_is_owed_back_once_for_both_lists(desk: Desk) -> None:
    younger = add_person("Nông Văn Trẻ", born=date(1955, 3, 3), category="disabled_exceptional")
    issue(desk, AUGUST)
    lead = play(desk, SEPTEMBER)
    correct_birth(person_id=younger.pk, birth=BirthDate.parse_vi("1975"), paper=PAPER, by=desk.officer, at=LEARNT_AT)
    run = prepare(desk, OCTOBER)
    join(desk, run, lead)
    sign(desk, run)
    issued = issue_orders(run_id=lead.pk, by=desk.officer, at=AT)
    assert issued.claims == 1
    half = Recovery.objects.get(person_id=younger.pk).amount_dong
    taken = [
        line.amount_dong.value for line in Line.objects.filter(run=run, kind="recovery").order_by("entitlement_month")
    ]
    # August was paid: owed back. September was not: taken off at once.
    assert [-half.value, -half.value] == taken
    assert order_of("Nông Văn Trẻ", SEPTEMBER).amount_dong.value == listed(younger, lead, run) + half.value
    assert found() == {}


def test_nobody_does_two_steps_with_the_money_of_either_list(desk: Desk) -> None:
    lead = play(desk, AUGUST)
    run = prepare(desk, SEPTEMBER)
    other_officer = replace(desk.officer, user_id=desk.payer.user_id, name="Cán bộ hai", appointments=(
        *desk.officer.appointments, *desk.payer.appointments))  # fmt: skip
    lists_and_approves = replace(desk.approver, appointments=(*desk.approver.appointments, *desk.officer.appointments))
    ask: dict[str, Any] = {"run_id": run.pk, "at": AT}
    assert (
        refused(pay_together, with_run_id=lead.pk, reason=TET, by=lists_and_approves, **ask)
        == "same_person_paid_together"
    )
    join(desk, run, lead)
    assert refused(submit_run, by=lists_and_approves, **ask) == "same_person_paid_together"
    submit_run(by=other_officer, **ask)
    approves = replace(desk.officer, appointments=(*desk.approver.appointments, *desk.officer.appointments))
    assert refused(approve_run, by=approves, **ask) in ("same_person_twice", "same_person_paid_together")
    approve_run(by=desk.approver, **ask)
    assert refused(issue_orders, run_id=lead.pk, by=lists_and_approves, at=AT) == "same_person_in_chain"
    (batch_id,) = issue_orders(run_id=lead.pk, by=desk.officer, at=AT).batch_ids
    send_money(desk)
    releases = replace(other_officer, appointments=(*other_officer.appointments, *desk.finance.appointments))
    assert refused(release_batch, batch_id=batch_id, by=releases, at=RELEASED_AT) == "same_person_in_chain"
    batch = Batch.objects.get(pk=batch_id)
    offers = {offer.action: offer.why_not for offer in allowed_batch_steps(batch, by=releases)}
    assert "người khác" in offers["release_batch"]
    with pytest.raises(DatabaseError, match="hai bước"), transaction.atomic():
        Batch.objects.filter(pk=batch_id).update(
            state="RELEASED", released_at=RELEASED_AT, released_by=releases.user_id
        )
    release_batch(batch_id=batch_id, by=desk.finance, at=RELEASED_AT)
    for act, facts in (
        (hand_over_batch, {"batch_id": batch_id, "file_digest": "ab" * 32}),
        (record_results, {"payer": POST, "source_key": "tệp", "rows": (told(order_of("Ma Thị Tuấn")),)}),
    ):
        assert refused(act, by=other_officer, at=REPORTED_AT, **facts) == "same_person_in_chain"


def test_each_fund_bears_its_part_of_the_whole(desk: Desk) -> None:
    lead, run = both(desk)
    issue_orders(run_id=lead.pk, by=desk.officer, at=AT)
    parts = sum(part.amount_dong.value for part in OrderPart.objects.all())
    assert parts == sum(line.amount_dong.value for line in Line.objects.filter(run__in=(lead, run)))


def test_papers_of_both_lists_add_up_to_the_order() -> None:
    """By hand: August 500 and 100 arrears; September 500, 900 taken back of August (not paid yet: only 500 of them)."""
    august = OfOneList(1, listed_dong=600, back_dong=100, unpaid_dong=0)
    september = OfOneList(2, listed_dong=-400, back_dong=-900, unpaid_dong=-500)
    told = told_by_list([august, september], withheld_dong=50)
    # Alone September would put 900 off; really 300 is owed back, so 600 come off, and the 50 withheld.
    assert told == {1: (0, 600), 2: (900, 50)}
    paid = sum(one.listed_dong + told[one.run_id][0] - told[one.run_id][1] for one in (august, september))
    assert paid == 600 - 400 + 300 - 50
    assert told_by_list([OfOneList(1, 300, -200, 0)], 70) == {1: (200, 70)}
