"""What lets a list look at most people's own month alone: who may have changed, and by what amounts a list went."""

from __future__ import annotations

from django.db import models

from ansinh.platform.fields import DongField, MonthField


class Unsettled(models.Model):
    """Something due − listed reads of a person has changed, and no list approved since has looked at all their months.

    Written by triggers on what it reads, and never merged: one row a change and programme, so that an approval takes
    away those alone that were committed before it looked.
    """

    id = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField()
    programme = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["person_id", "programme"], name="unsettled_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.programme}"


class RunAmount(models.Model):
    """A standard amount a run went by, from month to month within those it compared; frozen when it is approved.

    Of a commune only where it differs from that of everywhere (no commune).
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="amounts")
    commune_code = models.CharField(max_length=5, blank=True)
    amount_key = models.CharField(max_length=40)
    starts = MonthField()
    ends = MonthField()
    base_dong = DongField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "commune_code", "amount_key", "starts"], name="run_amount_once"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="run_amount_span"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_key} {self.base_dong} từ {self.starts}"


class ComparedPerson(models.Model):
    """Somebody of a run being computed: whether their own month alone is looked at, and where they live in it.

    Always empty: each computation has a table of its own of this shape before it.
    """

    run_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    # Of the list.
    commune_code = models.CharField(max_length=5)
    # Where they live in the run's month; empty: the register does not say, and they are not steady.
    home_code = models.CharField(max_length=5)
    is_steady = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.person_id}"
