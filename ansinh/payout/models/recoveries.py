"""What people owe back: one record a person and run, the decisions on it, and all that has lessened it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.payout.models.orders import Order
from ansinh.payout.states import RECOVERY, RECOVERY_DECISIONS, RECOVERY_ENTRIES, WAYS_BACK
from ansinh.platform.fields import DongField, MonthField


class Recovery(models.Model):
    """What one person owes back after one run; its parts by fund are the run's claims. Only state and decision change.

    Open is always the amount less the sum of its entries; the sum is stored nowhere.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="+")
    month = MonthField()
    person_id = models.BigIntegerField()
    commune_code = models.CharField(max_length=5)
    amount_dong = DongField()
    state = models.CharField(max_length=11, default=RECOVERY.initial)
    # The decision in force; none while it is proposed.
    decision = models.ForeignKey("payout.RecoveryDecision", null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], name="recovery_person"),
            models.Index(fields=["commune_code", "state"], name="recovery_commune"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "person_id"], name="recovery_once"),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="recovery_amount"),
            models.CheckConstraint(condition=Q(state__in=RECOVERY.states), name="recovery_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["DECIDED", "WRITTEN_OFF"]) | Q(decision__isnull=False),
                name="recovery_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.amount_dong} đồng"


class RecoveryDecision(models.Model):
    """How money is to come back, that it is given up, or that the matter is opened again: by whom, number, day, why."""

    id = models.BigAutoField(primary_key=True)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=9)
    way = models.CharField(max_length=7, blank=True)
    # The most of a month's regular money that may be taken, and of that the most đồng a month.
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    instalment_dong = DongField(null=True)
    decision_no = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(RECOVERY_DECISIONS)), name="recovery_decision_kind"),
            models.CheckConstraint(
                condition=(Q(kind="decide", way__in=list(WAYS_BACK)) | (~Q(kind="decide") & Q(way=""))),
                name="recovery_decision_way",
            ),
            models.CheckConstraint(
                condition=(Q(way="netting", share__gt=0, share__lte=1) | (~Q(way="netting") & Q(share__isnull=True))),
                name="recovery_decision_share",
            ),
            models.CheckConstraint(
                condition=Q(instalment_dong__isnull=True) | Q(instalment_dong__gt=0, kind="decide"),
                name="recovery_decision_instalment",
            ),
            # Opened again by a reason; anything else by a numbered paper.
            models.CheckConstraint(
                condition=(Q(kind="reopen") & ~Q(reason=""))
                | (~Q(kind="reopen") & ~Q(decision_no="") & Q(decided_on__isnull=False)),
                name="recovery_decision_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id}: {self.kind}"


class Repayment(models.Model):
    """Cash paid back to the treasury by a voucher."""

    id = models.BigAutoField(primary_key=True)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="repayments")
    amount_dong = DongField()
    voucher_no = models.CharField(max_length=60)
    paid_on = models.DateField()
    # Who brought it: the person, an heir, whoever had signed.
    paid_by = models.CharField(max_length=200, blank=True)
    # Whose book and budget it came back to.
    holder = models.CharField(max_length=5)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "voucher_no"], name="repayment_voucher_once"),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="repayment_amount"),
            models.CheckConstraint(condition=~Q(voucher_no=""), name="repayment_has_voucher"),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_no}: {self.amount_dong} đồng"


class RecoveryEntry(models.Model):
    """What lessened a recovery, by fund (or, below nothing, what raised it again); append-only.

    A part below nothing is a fund that gave what another took back: it goes with the first entry.
    """

    id = models.BigAutoField(primary_key=True)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10)
    fund = models.CharField(max_length=20)
    amount_dong = DongField()
    # Withheld from this person's money of this run (whoever owes it was merged into them, or is the same); the order
    # is none when nothing was left to pay.
    person_id = models.BigIntegerField(null=True)
    run = models.ForeignKey("payroll.Run", null=True, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="recovery_entries")
    decision = models.ForeignKey(RecoveryDecision, null=True, on_delete=models.PROTECT, related_name="entries")
    repayment = models.ForeignKey(Repayment, null=True, on_delete=models.PROTECT, related_name="entries")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["run"], name="recovery_entry_run"),
            models.Index(fields=["recovery"], name="recovery_entry_recovery"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount_dong=0), name="recovery_entry_amount"),
            models.CheckConstraint(condition=Q(kind__in=list(RECOVERY_ENTRIES)), name="recovery_entry_kind"),
            # Nothing is withheld twice from the same money.
            models.UniqueConstraint(
                fields=["recovery", "run", "order", "kind", "fund"],
                condition=Q(kind__in=["deduction", "correction"]),
                nulls_distinct=False,
                name="recovery_entry_once",
            ),
            models.UniqueConstraint(fields=["repayment", "fund"], name="recovery_entry_repaid_once"),
            models.CheckConstraint(
                condition=Q(kind="deduction", run__isnull=False, person_id__isnull=False, decision__isnull=False)
                | Q(kind="correction", run__isnull=False, person_id__isnull=False, decision__isnull=True)
                | Q(kind="restored", order__isnull=False, reverses__isnull=False)
                | Q(kind="repayment", repayment__isnull=False, run__isnull=True)
                | Q(kind="write_off", decision__isnull=False, run__isnull=True)
                | Q(kind="reopened", decision__isnull=False, reverses__isnull=False, run__isnull=True),
                name="recovery_entry_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["restored", "reopened"]) | Q(reverses__isnull=True),
                name="recovery_entry_reverses",
            ),
            models.CheckConstraint(
                condition=Q(kind="repayment") | Q(repayment__isnull=True), name="recovery_entry_of_a_repayment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_id}: {self.kind} {self.amount_dong} đồng"
