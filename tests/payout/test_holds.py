"""Money kept back stays owed and listed, is released nowhere, and goes out once the hold is lifted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import cancel_batch, cancel_order, hold_order, issue_orders, reissue_order, release_batch
from ansinh.payout.models import Batch, BatchItem
from ansinh.payout.queries import carried_by_person, list_held_of_run, list_holds
from ansinh.payout.queries.proofs import find_released_held
from ansinh.registry.actions import lift_hold, merge_people, place_hold
from ansinh.registry.models import Hold, Person
from ansinh.registry.types import HoldPlaced, Paper
from ansinh.settlement.queries.documents import list_carried as list_settlement_carried
from tests.payout.conftest import (
    PAID_ON,
    POST,
    RELEASED_AT,
    balance,
    issue,
    order_of,
    release,
    report,
    send_money,
    told,
    verdicts,
)
from tests.payout.test_carried import AN, DUONG, ISSUED_AT, SEPTEMBER, SEPTEMBER_AT, THAO, TUAN, august
from tests.payroll.conftest import play
from tests.proofs.breaking import break_rows
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person

# Heard of while July's batch was being made.
HEARD_AT = RELEASED_AT - timedelta(hours=1)
HEARD_ON = date(2020, 7, 24)


def hold(desk: Desk, name: str, *, kind: str = "death_report", at: datetime = HEARD_AT, note: str = "") -> HoldPlaced:
    person = Person.objects.get(full_name=name)
    return place_hold(person_id=person.pk, kind=kind, since_on=HEARD_ON, note=note, by=desk.officer, at=at)


def lift(desk: Desk, hold_id: int, at: datetime = RELEASED_AT) -> None:
    lift_hold(hold_id=hold_id, why="Trưởng thôn xác nhận còn sống", by=desk.approver, at=at)


def presented(batch_id: int) -> set[str]:
    people = BatchItem.objects.filter(batch_id=batch_id).values_list("order__person_id", flat=True)
    return set(Person.objects.filter(pk__in=people).values_list("full_name", flat=True))


def test_a_held_person_has_an_order_and_stands_in_no_batch(desk: Desk) -> None:
    hold(desk, TUAN)
    issued = issue(desk)
    assert issued.new_orders == 4
    assert order_of(TUAN).state == "ISSUED"
    assert presented(issued.batch_ids[0]) == {THAO, AN, DUONG}
    assert issue_orders(run_id=issued.run_id, by=desk.officer, at=AT).batch_ids == ()
    (foot,) = list_held_of_run(issued.run_id, by=desk.officer)
    assert (foot.full_name, foot.amount_dong, foot.is_earlier) == (TUAN, order_of(TUAN).amount_dong, False)


def test_the_foot_is_known_before_the_orders_are(desk: Desk) -> None:
    hold(desk, TUAN)
    run = play(desk, AUGUST, NGOC_PHAI)
    (foot,) = list_held_of_run(run.pk, by=desk.officer)
    issue_orders(run_id=run.pk, by=desk.officer, at=AT)
    assert list_held_of_run(run.pk, by=desk.officer) == [foot]
    assert foot.amount_dong == order_of(TUAN).amount_dong


def test_a_batch_with_somebody_held_since_is_not_released(desk: Desk) -> None:
    issued = issue(desk)
    send_money(desk)
    hold(desk, TUAN)
    with pytest.raises(Refusal) as held:
        release_batch(batch_id=issued.batch_ids[0], by=desk.finance, at=RELEASED_AT)
    assert held.value.code == "held_in_batch"
    assert f"{order_of(TUAN).code} {TUAN} (có tin đã qua đời)" in held.value.message
    cancel_batch(batch_id=issued.batch_ids[0], reason="Có người bị tạm giữ", by=desk.officer, at=RELEASED_AT)
    (again,) = issue_orders(run_id=issued.run_id, by=desk.officer, at=RELEASED_AT).batch_ids
    assert presented(again) == {THAO, AN, DUONG}
    release_batch(batch_id=again, by=desk.finance, at=RELEASED_AT)
    assert (order_of(TUAN).state, order_of(AN).state) == ("ISSUED", "RELEASED")
    assert find_released_held() == []


def test_the_database_itself_releases_nothing_held(desk: Desk) -> None:
    issued = issue(desk)
    hold(desk, TUAN)
    with pytest.raises(DatabaseError, match="đang tạm giữ"), transaction.atomic():
        Batch.objects.filter(pk=issued.batch_ids[0]).update(
            state="RELEASED", released_at=RELEASED_AT, released_by=desk.finance.user_id
        )


def test_lifted_it_goes_out_at_once_or_with_the_next_month(desk: Desk) -> None:
    placed = [hold(desk, TUAN), hold(desk, AN)]
    issued = issue(desk)
    send_money(desk)
    release_batch(batch_id=issued.batch_ids[0], by=desk.finance, at=RELEASED_AT)
    lift(desk, placed[0].hold_id)
    (at_once,) = issue_orders(run_id=issued.run_id, by=desk.officer, at=RELEASED_AT).batch_ids
    assert presented(at_once) == {TUAN}
    release_batch(batch_id=at_once, by=desk.finance, at=RELEASED_AT)
    rows = [told(order_of(name), row=row) for row, name in enumerate((THAO, DUONG, TUAN))]
    assert verdicts(report(desk, *rows)) == ["applied"] * 3
    lift(desk, placed[1].hold_id, SEPTEMBER_AT)
    september = issue(desk, SEPTEMBER)
    assert september.carried_orders == 1
    carried = carried_by_person(september.run_id, by=desk.officer)
    assert [(one.months, one.amount_dong) for one in carried.values()] == [((AUGUST,), order_of(AN).amount_dong)]
    send_money(desk, SEPTEMBER, at=ISSUED_AT)
    release_batch(batch_id=september.batch_ids[0], by=desk.finance, at=ISSUED_AT)
    item = BatchItem.objects.get(order=order_of(AN))
    assert (item.batch_id, item.is_carried, item.round) == (september.batch_ids[0], False, 0)
    paid = report(desk, told(order_of(AN), on=date(2020, 9, 4)), at=SEPTEMBER_AT)
    assert (verdicts(paid), order_of(AN).state) == (["applied"], "PAID")
    owed = sum(order_of(name, SEPTEMBER).amount_dong.value for name in (THAO, AN, DUONG, TUAN))
    assert (balance("with_payer"), balance("owed")) == (owed, -owed)


def test_uncollected_money_of_somebody_held_is_not_presented_again(desk: Desk) -> None:
    august(desk, TUAN, AN)
    placed = hold(desk, TUAN, kind="doubt", at=ISSUED_AT)
    reasons = {one.full_name: one.reason for one in list_settlement_carried(POST, [NGOC_PHAI], AUGUST)}
    assert reasons == {TUAN: "đang tạm giữ", AN: ""}
    issued = issue(desk, SEPTEMBER)
    assert (issued.new_orders, issued.carried_orders) == (4, 1)
    assert presented(issued.batch_ids[0]) == {THAO, AN, DUONG}
    foot = list_held_of_run(issued.run_id, by=desk.officer)
    assert [(one.full_name, one.is_earlier) for one in foot] == [(TUAN, False), (TUAN, True)]
    lift(desk, placed.hold_id, SEPTEMBER_AT)
    again = issue_orders(run_id=issued.run_id, by=desk.officer, at=SEPTEMBER_AT)
    assert again.carried_orders == 1
    assert (
        BatchItem.objects.filter(batch_id__in=again.batch_ids, order__person_id=order_of(TUAN).person_id).count() == 2
    )


def test_one_order_alone_is_held(desk: Desk) -> None:
    august(desk, TUAN)
    order = order_of(TUAN)
    facts = {"kind": "complaint", "since_on": PAID_ON, "by": desk.officer, "at": ISSUED_AT}
    placed = hold_order(order_id=order.pk, **facts)  # type: ignore[arg-type]
    issued = issue(desk, SEPTEMBER)
    assert (issued.carried_orders, presented(issued.batch_ids[0])) == (0, {THAO, AN, DUONG, TUAN})
    (shown,) = list_holds(by=desk.officer)
    assert (shown.order_code, shown.held_dong, shown.orders) == (order.code, order.amount_dong, 1)
    with pytest.raises(Refusal) as twice:
        hold_order(order_id=order.pk, **facts)  # type: ignore[arg-type]
    with pytest.raises(Refusal) as paid:
        hold_order(order_id=order_of(AN).pk, **facts)  # type: ignore[arg-type]
    assert (twice.value.code, paid.value.code) == ("already_held", "nothing_to_hold")
    cancel_order(order_id=order.pk, reason="Sai người nhận", by=desk.approver, at=SEPTEMBER_AT)
    with pytest.raises(Refusal) as around:
        reissue_order(order_id=order.pk, reason="Đổi người nhận", by=desk.approver, at=SEPTEMBER_AT)
    assert around.value.code == "held_order"
    lift(desk, placed.hold_id, SEPTEMBER_AT)
    assert reissue_order(order_id=order.pk, reason="Đổi người nhận", by=desk.approver, at=SEPTEMBER_AT).order_id


def test_holds_are_refused_with_what_to_do(desk: Desk) -> None:
    person = Person.objects.get(full_name=TUAN)
    facts = {"person_id": person.pk, "since_on": HEARD_ON, "by": desk.officer, "at": HEARD_AT}
    codes = []
    for more in ({"kind": "because"}, {"kind": "other"}, {"kind": "doubt", "since_on": date(2030, 1, 1)},
                 {"kind": "doubt", "by": desk.finance}, {"kind": "doubt", "person_id": 999_999}):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            place_hold(**{**facts, **more})  # type: ignore[arg-type]
        codes.append(refused.value.code)
    assert codes == ["hold_unknown", "hold_not_said", "day_in_future", "not_permitted", "no_such_person"]
    placed = hold(desk, TUAN)
    for hold_id, why in ((placed.hold_id, " "), (999_999, "Đã xác minh")):
        with pytest.raises(Refusal) as refused:
            lift_hold(hold_id=hold_id, why=why, by=desk.approver, at=AT)
        codes.append(refused.value.code)
    lift(desk, placed.hold_id)
    with pytest.raises(Refusal) as refused:
        lift(desk, placed.hold_id)
    assert [*codes[5:], refused.value.code] == ["lift_not_explained", "no_such_hold", "already_lifted"]
    assert hold(desk, TUAN).hold_id != placed.hold_id
    assert [one.hold_id for one in list_holds(by=desk.officer, everything=True)][1:] == [placed.hold_id]


def test_a_hold_says_later_what_it_said(desk: Desk) -> None:
    placed = hold(desk, TUAN)
    with connection.cursor() as cursor:
        for statement in ("UPDATE registry_hold SET note = 'khác'", "DELETE FROM registry_hold"):
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
    lift(desk, placed.hold_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Hold.objects.filter(pk=placed.hold_id).update(lifted_at=None, lifted_by=None, lifted_why="")


def test_a_double_is_held_with_the_person(desk: Desk) -> None:
    """What the double was listed for before is held with the person; a hold of the double passes over."""
    august(desk, TUAN)
    double = Person.objects.get(full_name=TUAN)
    kept = add_person("Ma Thị Tuấn B", born=date(1984, 8, 13), category="single_parent_poor", children=2, sex="female")
    placed = hold(desk, TUAN, at=ISSUED_AT)
    paper = Paper("9/BB", date(2020, 8, 20))
    merge_people(
        person_id=kept.pk, double_id=double.pk, from_month=SEPTEMBER, paper=paper, by=desk.officer, at=ISSUED_AT
    )
    lift(desk, placed.hold_id, SEPTEMBER_AT)
    (passed,) = Hold.objects.filter(lifted_at__isnull=True)
    assert passed.person_id == kept.pk
    issued = issue(desk, SEPTEMBER)
    assert (issued.carried_orders, presented(issued.batch_ids[0])) == (0, {THAO, AN, DUONG})


def test_a_release_while_held_is_found(desk: Desk) -> None:
    release(desk)
    placed = hold(desk, TUAN, at=SEPTEMBER_AT)
    assert find_released_held() == []
    break_rows("UPDATE registry_hold SET recorded_at = recorded_at - interval '1 year'", tables=["registry_hold"])
    (said,) = find_released_held()
    assert order_of(TUAN).code in said.what
    assert f"lượt số {placed.hold_id}" in said.what
