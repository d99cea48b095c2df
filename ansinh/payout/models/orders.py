"""What one person is to be paid of one run, from which funds; what they owe back; and why an order was given up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, Mod

from ansinh.payout.states import CHANNEL_NAMES, ORDER
from ansinh.platform.fields import DongField, MonthField


class Order(models.Model):
    """One person's money of one run and those paid with it, all benefits joined. Only state, round and batch ever
    change (migration 0002)."""

    id = models.BigAutoField(primary_key=True)
    # The leading one, where runs are paid together.
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="+")
    # The person as that run knew them, or of those paid with it the first that lists them. The rows of a frozen roster
    # stay (a trigger), so no key is checked a million times; the proof `order_is_unchanged` looks.
    roster_id = models.BigIntegerField()
    month = MonthField()
    person_id = models.BigIntegerField()
    # Of the list; where the money stands now is said by the latest presentation (BatchItem).
    commune_code = models.CharField(max_length=5)
    amount_dong = DongField()
    # Code of the paying organisation, and the contract it pays under.
    payer = models.CharField(max_length=20)
    contract_id = models.BigIntegerField()
    channel = models.CharField(max_length=10)
    # Who may collect in the person's place, as the register named them at issue.
    collector_name = models.CharField(max_length=200, blank=True)
    collector_relation = models.CharField(max_length=60, blank=True)
    authorised_until = models.DateField(null=True)
    # The cancelled order this one was issued in place of.
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replacements", db_index=False
    )
    issued_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default=ORDER.initial)
    # Raised when a payment came back and the order is presented anew: one payment a round.
    round = models.SmallIntegerField(default=0)
    # The released batch it stands in; none before its first release.
    batch = models.ForeignKey(
        "payout.Batch", null=True, on_delete=models.PROTECT, related_name="orders", db_index=False
    )
    # Printed on lists and typed back: 'AS', the id and two check digits (ISO 7064 MOD 97-10).
    code = models.GeneratedField(
        expression=Concat(
            Value("AS", output_field=models.TextField()),
            Cast(F("id") * 100 + (98 - Mod(F("id") * 100, 97)), models.TextField()),
        ),
        output_field=models.CharField(max_length=24),
        db_persist=True,
    )

    class Meta:
        # No index knows state, round or batch: a month's orders then move in place (migration 0003).
        indexes = [models.Index(fields=["person_id"], name="order_person")]
        constraints = [
            # One order a person and run, and one in the place of each that was cancelled (migration 0003): two that can
            # be paid never stand beside each other.
            models.UniqueConstraint(
                fields=["run", "person_id"], condition=Q(replaces__isnull=True), name="order_person_run_once"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="order_replaced_once"
            ),
            models.CheckConstraint(condition=Q(amount_dong__gt=0), name="order_amount"),
            models.CheckConstraint(condition=Q(state__in=ORDER.states), name="order_state"),
            models.CheckConstraint(condition=Q(channel__in=list(CHANNEL_NAMES)), name="order_channel"),
            models.CheckConstraint(
                condition=Q(state__in=["ISSUED", "CANCELLED"]) | Q(batch__isnull=False),
                name="order_released_in_a_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.amount_dong} đồng"


class OrderPart(models.Model):
    """What one fund bears of an order; a fund that takes money back bears less than nothing. They sum to the order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parts")
    fund = models.CharField(max_length=20)
    amount_dong = DongField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "fund"], name="order_part_once"),
            models.CheckConstraint(condition=~Q(amount_dong=0), name="order_part_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.fund}: {self.amount_dong} đồng"


class Claim(models.Model):
    """What a person owes back after a run whose lines gave them no money; by fund, summing to nothing or more."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    commune_code = models.CharField(max_length=5)
    fund = models.CharField(max_length=20)
    # Negative where another fund of the same person gives what this one takes back.
    amount_dong = DongField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person_id", "fund"], name="claim_once"),
            models.CheckConstraint(condition=~Q(amount_dong=0), name="claim_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.amount_dong} đồng"


class Cancellation(models.Model):
    """An order given up, by whom and why. Its money stays in hand with the payer until it is returned."""

    id = models.BigAutoField(primary_key=True)
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="cancellation")
    amount_dong = DongField()
    # Where and in which month the books gave it up.
    commune_code = models.CharField(max_length=5)
    booked_month = MonthField()
    # Whether the payer had its money: an order of no released batch was never financed.
    was_released = models.BooleanField()
    reason = models.TextField()
    cancelled_at = models.DateTimeField()
    cancelled_by = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="cancellation_has_reason")]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.reason}"
