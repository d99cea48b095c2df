"""The sum above which a list needs a second approval, by place and fund."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.funds.types import FUNDS
from ansinh.payroll.states import APPROVER_AGAIN, COUNTERSIGNER_NAMES, THRESHOLD
from ansinh.payroll.two_people import TwoPeople, in_force_is_approved, known_state, two_people
from ansinh.platform.fields import DongField, MonthField


class Threshold(TwoPeople):
    """Lists from `starts` on whose sum of the fund, in the place and all below it, is above `amount_dong` need two
    approvals. A later row of the place and fund takes its turn; those of places above count as well, so that a place
    below may ask for more and never for less. What was proposed never changes (migration 0013)."""

    place_code = models.CharField(max_length=5)
    fund = models.CharField(max_length=20)
    # None: from that month on the place asks for no second approval of the fund.
    amount_dong = DongField(null=True)
    starts = MonthField()
    countersigner = models.CharField(max_length=10, default=APPROVER_AGAIN)
    decision_no = models.CharField(max_length=100)
    decided_on = models.DateField()
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            known_state("threshold", THRESHOLD),
            two_people("threshold"),
            in_force_is_approved("threshold"),
            models.CheckConstraint(condition=Q(fund__in=FUNDS), name="threshold_fund"),
            models.CheckConstraint(
                condition=Q(amount_dong__isnull=True) | Q(amount_dong__gte=0), name="threshold_amount"
            ),
            models.CheckConstraint(
                condition=Q(countersigner__in=list(COUNTERSIGNER_NAMES)), name="threshold_countersigner"
            ),
            models.CheckConstraint(condition=~Q(decision_no=""), name="threshold_has_paper"),
            models.CheckConstraint(
                condition=~Q(state="WITHDRAWN") | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="threshold_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["place_code", "fund", "starts"], condition=~Q(state="WITHDRAWN"), name="threshold_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.fund} trên {self.amount_dong} từ {self.starts}"
