"""Money of merit allowances: a fund of its own, its own orders and batches, carried with its own lists, settled."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.funds.actions import assign_budget
from ansinh.kernel.month import Month
from ansinh.payout.actions import issue_orders, release_batch
from ansinh.payout.models import Batch, BatchItem, Order, OrderPart
from ansinh.payout.types import OrdersIssued
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, pay_together, submit_run
from ansinh.payroll.types import ASSISTANCE, MERIT
from ansinh.registry.models import Person
from tests.payout.conftest import BUDGET, report, send_money, told
from tests.proofs.breaking import found_by_proof
from tests.seeding import AT, CHO_DON, NGOC_PHAI, Desk, add_grant, add_person, open_desk

SEPTEMBER, OCTOBER = Month.of(2024, 9), Month.of(2024, 10)
PAID_ON, REPORTED = date(2024, 9, 5), datetime(2024, 9, 15, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    desk = open_desk()
    for fund in ("tcxh", "merit"):
        assign_budget(place_code=CHO_DON, fund=fund, year=2024, amount_dong=BUDGET, decision_no=f"01/QĐ-{fund}",
                      decided_on=date(2024, 1, 2), by=desk.finance, at=AT)  # fmt: skip
    for name, category in (("Ma Văn Thương", "merit_thuong_binh_21"), ("Bà Cụ", "elderly_80_no_pension")):
        add_person(name, born=date(1935, 5, 5), category=category, opening=SEPTEMBER)
    return desk


def issue(desk: Desk, month: Month, programme: str) -> OrdersIssued:
    run = open_run(place_code=NGOC_PHAI, month=month, programme=programme, by=desk.officer, at=AT)
    for step in (compute_run, check_run, submit_run):
        step(run_id=run.run_id, by=desk.officer, at=AT)
    approve_run(run_id=run.run_id, by=desk.approver, at=AT)
    return issue_orders(run_id=run.run_id, by=desk.officer, at=AT)


def order_of(name: str, month: Month) -> Order:
    return Order.objects.get(month=month, person_id__in=Person.objects.filter(full_name=name).values("pk"))


def test_each_programme_has_orders_batches_and_a_fund_of_its_own(desk: Desk) -> None:
    assistance, merit = (issue(desk, SEPTEMBER, programme) for programme in (ASSISTANCE, MERIT))
    assert (assistance.new_orders, merit.new_orders) == (1, 1)
    soldier, old = order_of("Ma Văn Thương", SEPTEMBER), order_of("Bà Cụ", SEPTEMBER)
    parts = [(part.order_id, part.fund, part.amount_dong.value) for part in OrderPart.objects.order_by("fund")]
    assert parts == [(soldier.pk, "merit", 1_878_000), (old.pk, "tcxh", 500_000)]
    assert Batch.objects.get(pk=merit.batch_ids[0]).run_id == soldier.run_id != old.run_id
    send_money(desk, SEPTEMBER)
    for batch_id in (*assistance.batch_ids, *merit.batch_ids):
        release_batch(batch_id=batch_id, by=desk.finance, at=AT)
    report(desk, told(soldier, on=PAID_ON), told(old, row=2, on=PAID_ON), at=REPORTED)
    assert set(Order.objects.values_list("state", flat=True)) == {"PAID"}
    assert found_by_proof() == {}


def test_what_was_not_collected_is_presented_again_with_the_list_of_its_own_programme(desk: Desk) -> None:
    september = [issue(desk, SEPTEMBER, programme) for programme in (ASSISTANCE, MERIT)]
    send_money(desk, SEPTEMBER)
    for issued in september:
        release_batch(batch_id=issued.batch_ids[0], by=desk.finance, at=AT)
    soldier, old = order_of("Ma Văn Thương", SEPTEMBER), order_of("Bà Cụ", SEPTEMBER)
    report(desk, told(soldier, "unpaid", on=None), told(old, "unpaid", row=2, on=None), at=REPORTED)
    for programme, order in ((ASSISTANCE, old), (MERIT, soldier)):
        issued = issue(desk, OCTOBER, programme)
        assert (issued.new_orders, issued.carried_orders) == (1, 1)
        carried = BatchItem.objects.filter(batch_id__in=issued.batch_ids, is_carried=True)
        assert [item.order_id for item in carried] == [order.pk]
    assert found_by_proof() == {}


def test_a_person_of_both_has_an_order_of_each(desk: Desk) -> None:
    """A carer's support stands beside a merit allowance: two lists, two orders, 500,000 and 1,878,000."""
    cared = add_person("Được Chăm", born=date(1980, 1, 1), category="disabled_exceptional", opening=SEPTEMBER)
    soldier = Person.objects.get(full_name="Ma Văn Thương")
    add_grant(soldier, category="carer_household_exceptional", opening=SEPTEMBER, cared_for=cared)
    for programme in (ASSISTANCE, MERIT):
        issue(desk, SEPTEMBER, programme)
    orders = Order.objects.filter(person_id=soldier.pk).order_by("amount_dong")
    assert [order.amount_dong.value for order in orders] == [500_000, 1_878_000]
    assert found_by_proof() == {}


def test_two_programmes_of_a_month_in_one_payment(desk: Desk) -> None:
    runs: list[int] = []
    for programme in (ASSISTANCE, MERIT):
        run = open_run(place_code=NGOC_PHAI, month=SEPTEMBER, programme=programme, by=desk.officer, at=AT)
        for step in (compute_run, check_run):
            step(run_id=run.run_id, by=desk.officer, at=AT)
        if runs:
            pay_together(run_id=run.run_id, with_run_id=runs[0], reason="Một lần", by=desk.officer, at=AT)
        submit_run(run_id=run.run_id, by=desk.officer, at=AT)
        approve_run(run_id=run.run_id, by=desk.approver, at=AT)
        runs.append(run.run_id)
    issued = issue_orders(run_id=runs[0], by=desk.officer, at=AT)
    assert issued.new_orders == Order.objects.count() == 2
    soldier, old = order_of("Ma Văn Thương", SEPTEMBER), order_of("Bà Cụ", SEPTEMBER)
    assert (soldier.run_id, old.run_id) == (runs[0], runs[0])
    parts = [(part.order_id, part.fund, part.amount_dong.value) for part in OrderPart.objects.order_by("fund")]
    assert parts == [(soldier.pk, "merit", 1_878_000), (old.pk, "tcxh", 500_000)]
    send_money(desk, SEPTEMBER)
    (batch_id,) = issued.batch_ids
    release_batch(batch_id=batch_id, by=desk.finance, at=AT)
    report(desk, told(soldier, on=PAID_ON), told(old, row=2, on=PAID_ON), at=REPORTED)
    assert found_by_proof() == {}
