"""Months with money: a payer, a budget, orders issued and released, results reported."""

from __future__ import annotations

from datetime import timedelta

from ansinh.access.types import SYSTEM
from ansinh.funds.actions import assign_budget, create_demonstration_payer, record_transfer, request_transfer
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.actions import issue_orders, record_results, release_batch
from ansinh.payout.models import Batch, Order
from ansinh.payout.types import ReportedResult
from ansinh.payroll.models import Run
from tests.payroll.conftest import play
from tests.seeding import AT, CHO_DON, NGOC_PHAI, Desk

PAYER = "buu-dien"
# The batches are released on the day the lists are made; people are paid from the next on.
PAY_DAY = AT + timedelta(days=1)


def fund(desk: Desk) -> None:
    """A payer with a contract everywhere, and money enough in this year's budget."""
    create_demonstration_payer(by=SYSTEM, at=AT)
    assign_budget(
        place_code=CHO_DON,
        fund="tcxh",
        year=2020,
        amount_dong=Dong(1_000_000_000),
        decision_no="01/QĐ-UBND",
        decided_on=AT.date(),
        by=desk.finance,
        at=AT,
    )


def release(desk: Desk, month: Month) -> tuple[Run, Batch, int]:
    """A month of Ngọc Phái from open to released: the run, its one batch, the number of its transfer."""
    run = play(desk, month)
    (batch_id,) = issue_orders(run_id=run.pk, by=desk.officer, at=AT).batch_ids
    asked = request_transfer(payer=PAYER, place_code=NGOC_PHAI, month=month, by=desk.finance, at=AT)
    record_transfer(transfer_id=asked.transfer_id, voucher_no=f"UNC-{month}", sent_on=AT.date(), by=desk.finance, at=AT)
    release_batch(batch_id=batch_id, by=desk.finance, at=AT)
    return run, Batch.objects.get(pk=batch_id), asked.transfer_id


def report(desk: Desk, batch: Batch, *, unpaid: set[int]) -> None:
    """The payer's report of a batch: everybody paid but the people named."""
    rows = [
        ReportedResult(row, order.code, "unpaid", reason="Vắng nhà")
        if order.person_id in unpaid
        else ReportedResult(row, order.code, "paid", order.amount_dong, PAY_DAY.date(), proof="signature")
        for row, order in enumerate(Order.objects.filter(items__batch=batch).order_by("pk"), start=1)
    ]
    done = record_results(payer=PAYER, source_key=f"batch {batch.pk}", rows=rows, by=desk.payer, at=PAY_DAY)
    assert (done.applied, done.set_aside) == (len(rows), 0), done.verdicts
