"""What a year left uncollected: given up at its end, the money returned, and owed again from the next year's funds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.payout.models.orders import Order
from ansinh.platform.fields import DongField


class YearEnd(models.Model):
    """One act of renewing a place's orders of a year; there may be later ones for what was reported late."""

    id = models.BigAutoField(primary_key=True)
    place_code = models.CharField(max_length=5)
    year = models.SmallIntegerField()
    document_no = models.CharField(max_length=60)
    orders = models.IntegerField()
    amount_dong = DongField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(orders__gt=0, amount_dong__gt=0), name="year_end_renews_something"),
            models.CheckConstraint(condition=~Q(document_no=""), name="year_end_has_document"),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} năm {self.year}"


class YearEndItem(models.Model):
    """An order given up at the end of its year, and the one that owes the same money from the next year on."""

    id = models.BigAutoField(primary_key=True)
    year_end = models.ForeignKey(YearEnd, on_delete=models.PROTECT, related_name="items")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="+")
    renewed = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="renewed_by")
    # Of the act: the renewed order is presented with lists of later years only.
    year = models.SmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(order=F("renewed")), name="year_end_item_is_another")]

    def __str__(self) -> str:
        return f"{self.order_id} → {self.renewed_id}"
