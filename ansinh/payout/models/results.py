"""What payers reported: recordings (one file or one receipt) and their results, both append-only; and the staging."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, F, Q, When

from ansinh.payout.models.batches import Batch
from ansinh.payout.models.orders import Order
from ansinh.payout.states import OUTCOMES, PROOFS_OF_PAYMENT
from ansinh.platform.fields import DongField, MonthField


class Recording(models.Model):
    """One report taken in: a whole file, or one receipt. The same source key is the same report."""

    id = models.BigAutoField(primary_key=True)
    payer = models.CharField(max_length=20)
    source_key = models.TextField(unique=True)
    kind = models.CharField(max_length=6)
    # The month the report speaks of, if it names one.
    month = MonthField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    # Of the rows as given: another content under the same key is refused.
    digest = models.CharField(max_length=64)
    rows = models.IntegerField()
    applied = models.IntegerField()
    repeats = models.IntegerField()
    set_aside = models.IntegerField()
    paid_dong = DongField()
    unpaid_dong = DongField()
    returned_dong = DongField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["file", "single"]), name="recording_kind"),
            models.CheckConstraint(
                condition=Q(rows=F("applied") + F("repeats") + F("set_aside")), name="recording_counts"
            ),
        ]

    def __str__(self) -> str:
        return self.source_key


class Result(models.Model):
    """What came of one presentation of an order. A payment that came back is a result that reverses the payment.

    Its order, batch and recording, and what it reverses, are looked up a statement at a time (migration 0015), not once
    a row.
    """

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, related_name="results", db_index=False, db_constraint=False
    )
    round = models.SmallIntegerField()
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, related_name="results", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=8)
    amount_dong = DongField()
    # The day it happened, as the payer says; of an order not collected it may be unknown.
    happened_on = models.DateField(null=True)
    # The settlement it counts in: the batch's month, or the first month still open there.
    booked_month = MonthField()
    commune_code = models.CharField(max_length=5)
    receiver_kind = models.CharField(max_length=5, blank=True)
    receiver_name = models.CharField(max_length=200, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    authorised_until = models.DateField(null=True)
    proof = models.CharField(max_length=11, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    nonce = models.CharField(max_length=64)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="results", db_constraint=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals", db_index=False, db_constraint=False
    )
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["commune_code", "booked_month"], name="result_commune_month"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["nonce"], name="result_nonce_once"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="result_reversed_once"
            ),
            # Paid once and come back once a round, reported not paid once a batch; an order's results are found by it.
            models.UniqueConstraint(
                F("order"),
                F("kind"),
                Case(When(kind="unpaid", then=F("batch")), default=F("round"), output_field=models.BigIntegerField()),
                name="result_told_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=OUTCOMES), name="result_kind"),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="result_amount"),
            models.CheckConstraint(
                condition=Q(kind="unpaid")
                | (Q(happened_on__isnull=False) & Q(kind="paid", reverses__isnull=True))
                | (Q(happened_on__isnull=False) & Q(kind="returned", reverses__isnull=False)),
                name="result_says_when_and_what",
            ),
            models.CheckConstraint(
                condition=(~Q(kind="paid") & Q(receiver_kind="", proof=""))
                | Q(kind="paid", receiver_kind__in=["self", "agent"], proof__in=PROOFS_OF_PAYMENT),
                name="result_payment_has_proof",
            ),
            # No money to an agent without an authorisation valid that day.
            models.CheckConstraint(
                condition=~Q(receiver_kind="agent")
                | (Q(authorised_until__gte=F("happened_on")) & ~Q(receiver_name="")),
                name="result_agent_is_authorised",
            ),
            # A fingerprint proves nothing without the name and relation of whoever received.
            models.CheckConstraint(
                condition=~Q(proof="fingerprint") | (~Q(receiver_name="") & ~Q(relation="")),
                name="result_fingerprint_has_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.kind}"


class ReportedRow(models.Model):
    """A reported row as judged, until it is recorded; the table is unlogged and emptied with each report."""

    id = models.BigAutoField(primary_key=True)
    report = models.UUIDField()
    # The reporter's own number for it: of a sheet's row, or of a row kept in the database.
    row = models.BigIntegerField()
    # None where the code names no order in the reporter's reach.
    order_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=20)
    amount_dong = models.BigIntegerField(null=True)
    # What the order is of.
    listed_dong = models.BigIntegerField(null=True)
    happened_on = models.DateField(null=True)
    receiver_name = models.TextField(blank=True)
    relation = models.TextField(blank=True)
    authorised_until = models.DateField(null=True)
    proof = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    nonce = models.CharField(max_length=64, blank=True, default="")
    batch_id = models.BigIntegerField(null=True)
    round = models.SmallIntegerField(null=True)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    receiver_kind = models.CharField(max_length=5, blank=True, default="")
    reverses_id = models.BigIntegerField(null=True)
    result_id = models.BigIntegerField(null=True)
    verdict = models.CharField(max_length=9, blank=True, default="")
    because = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["report", "order_id"], name="reported_row_order")]

    def __str__(self) -> str:
        return f"{self.row}: {self.outcome}"
