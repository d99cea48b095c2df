"""Months of corrections, corrections taken back, decisions, repayments, cancelled orders: it always adds up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.actions import (
    cancel_order,
    decide_recovery,
    issue_orders,
    record_repayment,
    reissue_order,
    reopen_recovery,
    write_off_recovery,
)
from ansinh.payout.models import Claim, Order, Recovery, RecoveryEntry
from ansinh.payroll.actions import approve_run, pay_together, submit_run
from ansinh.payroll.models import Line, Run
from ansinh.registry.actions import undo_change
from ansinh.registry.models import Change
from tests.payout.owing import DECIDED_ON, LATER, OCTOBER, PAID_ON, Owing, in_books, settle_owing
from tests.payroll.conftest import prepare
from tests.proofs.breaking import found
from tests.seeding import AT, Desk

_BIRTHS = ("1955", "1975", "1962")


class Clerk:
    """Somebody who does something every month, drawn by a seed."""

    def __init__(self, owing: Owing, seed: int) -> None:
        self.owing, self.draw = owing, Random(seed)  # noqa: S311 - a trial's choice, no secret
        self.vouchers = 0
        # An approved list that waits for the next month's, and the last month of the year that may be waited for.
        self.lead: Run | None = None
        self.last = OCTOBER + 2

    def month(self, number: int) -> None:
        """A few acts, then the month's list and orders, then perhaps an order cancelled and issued anew."""
        for _ in range(self.draw.randint(1, 3)):
            self._try(
                self.draw.choice((self.correct, self.decide, self.repay, self.write_off, self.reopen, self.raise_))
            )
        self.list_month(OCTOBER + number)
        if self.lead is None and self.draw.random() < 0.5:
            self._try(self.cancel)

    def list_month(self, month: Month) -> None:
        """Listed and issued; some months wait for the next and are paid with it."""
        desk = self.owing.desk
        run = prepare(desk, month)
        if self.lead is not None:
            pay_together(run_id=run.pk, with_run_id=self.lead.pk, reason="trước Tết", by=desk.officer, at=AT)
        submit_run(run_id=run.pk, by=desk.officer, at=AT)
        approve_run(run_id=run.pk, by=desk.approver, at=AT)
        if self.lead is None and month < self.last and self.draw.random() < 0.4:
            self.lead = run
            return
        issue_orders(run_id=(self.lead or run).pk, by=desk.officer, at=AT)
        self.lead = None

    def _try(self, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
        except Refusal:
            return

    def correct(self) -> None:
        self.owing.correct(self.draw.choice(_BIRTHS))

    def raise_(self) -> None:
        """The death taken back, or told again."""
        standing = Change.objects.filter(person_id=self.owing.dead.pk, kind="death", undone_by__isnull=True).first()
        if standing is None:
            self.owing.bury()
        else:
            undo_change(change_id=standing.pk, reason="trùng tên", by=self.owing.desk.officer, at=LATER)

    def decide(self) -> None:
        decide_recovery(
            recovery_id=self._any().pk, way=self.draw.choice(("netting", "netting", "cash")), decision_no="1/QĐ",
            decided_on=DECIDED_ON, share=None if self.draw.random() < 0.5 else Decimal(self.draw.randint(1, 100)) / 100,
            instalment_dong=self.draw.choice((None, Dong(70_001))), by=self.owing.desk.approver, at=LATER,
        )  # fmt: skip

    def repay(self) -> None:
        self.vouchers += 1
        record_repayment(
            recovery_id=self._any().pk, amount_dong=Dong(self.draw.randint(1, 150_000)),
            voucher_no=f"GNT-{self.vouchers}", paid_on=PAID_ON, by=self.owing.desk.finance, at=LATER,
        )  # fmt: skip

    def write_off(self) -> None:
        if self.draw.random() < 0.3:
            write_off_recovery(recovery_id=self._any().pk, decision_no="9/QĐ", decided_on=DECIDED_ON, reason="khó khăn",
                               by=self.owing.desk.approver, at=LATER)  # fmt: skip

    def reopen(self) -> None:
        reopen_recovery(recovery_id=self._any().pk, reason="khiếu nại", by=self.owing.desk.approver, at=LATER)

    def cancel(self) -> None:
        order = self.draw.choice(list(Order.objects.filter(state="ISSUED").order_by("pk")))
        cancel_order(order_id=order.pk, reason="sai", by=self.owing.desk.approver, at=LATER)
        if self.draw.random() < 0.7:
            reissue_order(order_id=order.pk, reason="lại", by=self.owing.desk.approver, at=LATER)

    def _any(self) -> Recovery:
        return self.draw.choice(list(Recovery.objects.order_by("pk")) or [Recovery(pk=0)])


def whatever_happened_adds_up() -> None:
    """Nobody's order is below nothing, no recovery is overpaid or below nothing, the lists and books say the same."""
    assert not Order.objects.filter(amount_dong__lte=0).exists()
    opened = 0
    for recovery in Recovery.objects.all():
        back = recovery.entries.aggregate(dong=Sum("amount_dong"))["dong"] or Dong(0)
        assert Dong(0) <= back <= recovery.amount_dong
        assert (back == recovery.amount_dong) == (recovery.state in ("SETTLED", "WRITTEN_OFF"))
        opened += (recovery.amount_dong - back).value
    assert in_books("recoverable") == opened
    withheld = RecoveryEntry.objects.filter(kind__in=("deduction", "correction"), order__replacements__isnull=True)
    sums = [
        rows.aggregate(dong=Sum("amount_dong"))["dong"] or Dong(0)
        for rows in (Line.objects.all(), Order.objects.filter(replacements__isnull=True), withheld, Claim.objects.all())
    ]
    lines, orders, taken, claims = sums
    assert lines == orders + taken - claims
    assert found() == {}


@pytest.fixture
def owing(desk: Desk) -> Owing:
    return settle_owing(desk)


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_whatever_the_order_of_things(owing: Owing, seed: int) -> None:
    with transaction.atomic():
        clerk = Clerk(owing, seed)
        for number in range(5):
            clerk.month(number)
        whatever_happened_adds_up()
        transaction.set_rollback(True)
