"""Settlements of a month: their state, each closing with its frozen figures, each reopening with its reason."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.fields import DongField, MonthField
from ansinh.settlement.states import SETTLEMENT


class Settlement(models.Model):
    """One payer, commune and month on its way to being settled. The figures stand in its closing."""

    payer = models.CharField(max_length=20)
    commune_code = models.CharField(max_length=5)
    month = MonthField()
    state = models.CharField(max_length=10, default=SETTLEMENT.initial)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    # Digest of the figures and results the commune confirmed; closing refuses others.
    confirmed_digest = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["month", "commune_code"], name="settlement_month_commune")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SETTLEMENT.states), name="settlement_state"),
            models.UniqueConstraint(fields=["payer", "commune_code", "month"], name="settlement_once"),
            models.CheckConstraint(
                condition=Q(state="OPEN") | (Q(confirmed_by__isnull=False) & ~Q(confirmed_digest="")),
                name="settlement_is_confirmed",
            ),
            models.CheckConstraint(
                condition=(Q(state="CLOSED") & Q(closed_by__isnull=False) & Q(closed_at__isnull=False))
                | (~Q(state="CLOSED") & Q(closed_by__isnull=True) & Q(closed_at__isnull=True)),
                name="settlement_closed_is_signed",
            ),
            # Four eyes: who confirmed never closes.
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("confirmed_by")), name="settlement_four_eyes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {self.commune_code} {self.month}"


class Closing(models.Model):
    """A month settled: who confirmed, who closed, the digest of its parts. Never changes; undone by a reopening."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="closings")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField()
    people_paid = models.IntegerField()
    people_unpaid = models.IntegerField()
    # How many parts it has: they are written together, and none is added later.
    funds = models.SmallIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(closed_by=F("confirmed_by")), name="closing_four_eyes"),
            models.CheckConstraint(condition=Q(people_paid__gte=0, people_unpaid__gte=0), name="closing_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.closed_at}"


class ClosingPart(models.Model):
    """The equation of one fund in a closing, at zero by the database."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="parts")
    fund = models.CharField(max_length=20)
    transferred_dong = DongField()
    carried_in_dong = DongField()
    paid_dong = DongField()
    payments_returned_dong = DongField()
    money_returned_dong = DongField()
    carried_on_dong = DongField()
    in_hand_dong = DongField()
    # Charged on what stayed paid; below zero where payments of closed months came back.
    fee_dong = DongField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closing", "fund"], name="closing_fund_once"),
            models.CheckConstraint(
                condition=Q(
                    in_hand_dong=F("transferred_dong")
                    + F("carried_in_dong")
                    - F("paid_dong")
                    + F("payments_returned_dong")
                    - F("money_returned_dong")
                    - F("carried_on_dong")
                ),
                name="closing_at_zero",
            ),
            models.CheckConstraint(
                condition=Q(
                    transferred_dong__gte=0,
                    carried_in_dong__gte=0,
                    paid_dong__gte=0,
                    payments_returned_dong__gte=0,
                    money_returned_dong__gte=0,
                    carried_on_dong__gte=0,
                    in_hand_dong__gte=0,
                ),
                name="closing_has_no_debts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.fund}"


class Reopening(models.Model):
    """A closing undone: by whom, when and why. Never changes."""

    closing = models.OneToOneField(Closing, on_delete=models.PROTECT, related_name="reopening")
    reopened_at = models.DateTimeField()
    reopened_by = models.BigIntegerField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.closing_id}: {self.reason}"
