"""What is handed to a payer: a batch with its declared count and total, and the presentations of orders in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.payout.models.orders import Order
from ansinh.payout.states import BATCH, CHANNEL_NAMES
from ansinh.platform.fields import DongField, MonthField


def _nobody_twice(first: str, *others: str) -> Q:
    """A CHECK that the person in one column is in none of the others; empty columns clash with nobody."""
    condition = Q()
    for other in others:
        condition &= Q(**{f"{first}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{first: F(other)})
    return condition


class Batch(models.Model):
    """Orders of one run for one payer by one channel. What it declares is fixed at issue and checked at release."""

    id = models.BigAutoField(primary_key=True)
    # The key the payer's system may use: one batch, one effect, however often it is sent.
    key = models.UUIDField(unique=True)
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="+")
    month = MonthField()
    place_code = models.CharField(max_length=5)
    payer = models.CharField(max_length=20)
    contract_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=BATCH.initial)
    declared_count = models.IntegerField()
    declared_dong = DongField()
    digest = models.CharField(max_length=64)
    # The run's people, copied so that the database can compare them with those who move the money.
    opened_by = models.BigIntegerField()
    prepared_by = models.BigIntegerField()
    approved_by = models.BigIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField()
    released_at = models.DateTimeField(null=True)
    released_by = models.BigIntegerField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.BigIntegerField(null=True)
    # Of the list the payer was given.
    file_digest = models.CharField(max_length=64, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.BigIntegerField(null=True)
    cancelled_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run"], name="batch_run"),
            models.Index(fields=["month", "place_code"], name="batch_month_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BATCH.states), name="batch_state"),
            models.CheckConstraint(condition=Q(channel__in=list(CHANNEL_NAMES)), name="batch_channel"),
            models.CheckConstraint(condition=Q(declared_count__gt=0, declared_dong__gt=0), name="batch_declares"),
            models.CheckConstraint(
                condition=_nobody_twice("approved_by", "opened_by", "prepared_by", "issued_by")
                & _nobody_twice("released_by", "opened_by", "prepared_by", "issued_by", "approved_by")
                & _nobody_twice(
                    "handed_over_by", "opened_by", "prepared_by", "issued_by", "approved_by", "released_by"
                ),
                name="batch_people_differ",
            ),
            models.CheckConstraint(
                condition=~Q(state="RELEASED") | Q(released_at__isnull=False, released_by__isnull=False),
                name="batch_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="CANCELLED") | (Q(cancelled_by__isnull=False) & ~Q(cancelled_reason="")),
                name="batch_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True) | (Q(state="RELEASED") & ~Q(file_digest="")),
                name="batch_handed_over_after_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.month} {self.payer} {self.channel}"


class BatchItem(models.Model):
    """The presentation of an order in a batch: where, for how much, for the first time or again."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items", db_index=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="items", db_index=False)
    commune_code = models.CharField(max_length=5)
    # Where the order stood before; another commune when its own was merged since.
    from_commune_code = models.CharField(max_length=5)
    amount_dong = DongField()
    is_carried = models.BooleanField()
    # The order's round while it stands in this batch.
    round = models.SmallIntegerField()
    # Until the batch is released or cancelled: an order waits in one batch at a time.
    is_waiting = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "order"], name="batch_item_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(is_waiting=True), name="batch_item_waits_once"),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="batch_item_amount"),
            models.CheckConstraint(
                condition=Q(is_carried=True) | (Q(round=0) & Q(commune_code=F("from_commune_code"))),
                name="batch_item_new_is_round_0",
            ),
        ]
        indexes = [
            models.Index(fields=["order", "batch"], name="batch_item_order"),
            models.Index(fields=["commune_code", "batch"], name="batch_item_commune"),
            models.Index(fields=["batch"], name="batch_item_moved", condition=~Q(commune_code=F("from_commune_code"))),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.order_id}"
