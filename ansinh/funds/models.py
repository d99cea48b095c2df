"""Payers and their contracts, budgets, reservations, transfers, closed months and years. No balance stands here."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.funds.states import CHANNEL_NAMES, FUNDS, PAYER_KIND_NAMES, TO_PAYER, TRANSFER, TRANSFER_KINDS
from ansinh.platform.fields import DongField, MonthField


class Payer(models.Model):
    """An organisation that pays people: a post office, a bank, a wallet."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(PAYER_KIND_NAMES)), name="payer_kind"),
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z0-9][a-z0-9-]*$"), name="payer_code"),
            models.CheckConstraint(condition=~Q(name=""), name="payer_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    """A payer's contract for a place and all below it ('' = everywhere). Two of one payer and place never overlap."""

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="contracts")
    place_code = models.CharField(max_length=5, blank=True)
    number = models.CharField(max_length=60)
    signed_on = models.DateField()
    starts = MonthField()
    # Exclusive; the first month it no longer covers.
    ends = MonthField(null=True)
    # A share of the money paid, 0.004 = 0,4 %.
    fee_rate = models.DecimalField(max_digits=7, decimal_places=6)
    channels = ArrayField(models.CharField(max_length=10))
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    ended_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="contract_span"),
            models.CheckConstraint(condition=Q(fee_rate__gte=0) & Q(fee_rate__lte=1), name="contract_fee_rate"),
            models.CheckConstraint(
                condition=Q(channels__contained_by=list(CHANNEL_NAMES)) & Q(channels__len__gt=0),
                name="contract_channels",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.payer_id})"


class Budget(models.Model):
    """A decision that gives a holder money of a fund for a year, or takes some back (below zero). Append-only."""

    place_code = models.CharField(max_length=5)
    fund = models.CharField(max_length=20)
    year = models.SmallIntegerField()
    amount_dong = DongField()
    decision_no = models.CharField(max_length=60)
    decided_on = models.DateField()
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place_code", "fund", "year", "decision_no"], name="budget_decision_once"),
            models.CheckConstraint(condition=Q(fund__in=FUNDS), name="budget_fund"),
            models.CheckConstraint(condition=~Q(amount_dong=0), name="budget_amount"),
            models.CheckConstraint(condition=~Q(decision_no=""), name="budget_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.fund} {self.year}: {self.amount_dong}"


class Reservation(models.Model):
    """Budget set aside for an approved list, or given free again (below zero, with a reason). Append-only."""

    # "run:12"; of what is given free "run:12/1", "run:12/2" …
    document = models.CharField(max_length=80)
    place_code = models.CharField(max_length=5)
    fund = models.CharField(max_length=20)
    # The budget year it was booked to: the month's own, or the next open one.
    year = models.SmallIntegerField()
    month = MonthField()
    amount_dong = DongField()
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "fund"], name="reservation_once"),
            models.CheckConstraint(condition=Q(fund__in=FUNDS), name="reservation_fund"),
            models.CheckConstraint(
                condition=Q(amount_dong__gt=0) | (Q(amount_dong__lt=0) & ~Q(reason="")), name="reservation_amount"
            ),
        ]
        indexes = [models.Index(fields=["place_code", "year"], name="reservation_place_year")]

    def __str__(self) -> str:
        return f"{self.document} {self.fund}: {self.amount_dong}"


class Transfer(models.Model):
    """Money between treasury, payer and the payer's staff, with its voucher. Only its state moves, along the table."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="transfers")
    # The budget holder.
    place_code = models.CharField(max_length=5)
    month = MonthField()
    state = models.CharField(max_length=10, default=TRANSFER.initial)
    amount_dong = DongField()
    requested_at = models.DateTimeField()
    requested_by = models.BigIntegerField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.BigIntegerField(null=True)
    # The treasury's or the bank's voucher and its day.
    voucher_no = models.CharField(max_length=60, blank=True)
    sent_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TRANSFER_KINDS), name="transfer_kind"),
            models.CheckConstraint(condition=Q(state__in=TRANSFER.states), name="transfer_state"),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="transfer_amount"),
            # Only money to the payer is asked for first; everything else is recorded with its voucher.
            models.CheckConstraint(condition=Q(kind=TO_PAYER) | Q(state="SENT"), name="transfer_asked_first"),
            models.CheckConstraint(
                condition=~Q(state="SENT")
                | (Q(sent_at__isnull=False) & Q(sent_by__isnull=False) & Q(sent_on__isnull=False) & ~Q(voucher_no="")),
                name="transfer_sent_has_voucher",
            ),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED")
                | (Q(cancelled_at__isnull=False) & Q(cancelled_by__isnull=False) & ~Q(reason="")),
                name="transfer_cancelled_has_reason",
            ),
            models.UniqueConstraint(
                fields=["payer", "kind", "voucher_no"], condition=~Q(voucher_no=""), name="transfer_voucher_once"
            ),
        ]
        indexes = [models.Index(fields=["month", "payer"], name="transfer_month_payer")]

    def __str__(self) -> str:
        return f"{self.kind} {self.payer_id} {self.month}: {self.amount_dong}"


class TransferPart(models.Model):
    """The share of a transfer that is of a commune and fund; the parts sum to the whole, by the database."""

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="parts")
    fund = models.CharField(max_length=20)
    commune_code = models.CharField(max_length=5)
    amount_dong = DongField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "fund", "commune_code"], name="transfer_part_once"),
            models.CheckConstraint(condition=Q(fund__in=FUNDS), name="transfer_part_fund"),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="transfer_part_amount"),
        ]
        indexes = [models.Index(fields=["commune_code"], name="transfer_part_commune")]

    def __str__(self) -> str:
        return f"{self.commune_code} {self.fund}: {self.amount_dong}"


class ClosedMonth(models.Model):
    """A month of a payer and commune that takes no more money; taken away again only by a recorded reopening."""

    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+")
    commune_code = models.CharField(max_length=5)
    month = MonthField()
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField()
    # The newest entry of the books when it closed: a later one of this month would be a fault.
    last_entry = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payer", "commune_code", "month"], name="closed_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.payer_id} {self.commune_code} {self.month}"


class ClosedYear(models.Model):
    """A budget year that takes no more money: later acts go to the next open year. Append-only."""

    place_code = models.CharField(max_length=5)
    fund = models.CharField(max_length=20)
    year = models.SmallIntegerField()
    used_dong = DongField()
    given_up_dong = DongField()
    carried_dong = DongField()
    closed_at = models.DateTimeField()
    closed_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place_code", "fund", "year"], name="closed_year_once"),
            models.CheckConstraint(condition=Q(fund__in=FUNDS), name="closed_year_fund"),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.fund} {self.year}"
