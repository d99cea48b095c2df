"""Units and their successors, dated. Other tables hold codes, never ids: a code and a day say which unit is meant."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.constraints import Deferrable

_KIND_FITS_CODE = (
    Q(kind="province", level=1, code__regex="^[0-9]{2}$", parent_code="")
    | Q(kind="district", level=2, code__regex="^[0-9]{3}$", parent_code__regex="^[0-9]{2}$")
    | Q(kind="commune", level=3, code__regex="^[0-9]{5}$", parent_code__regex="^[0-9]{2,3}$")
)


class Unit(models.Model):
    """What a code meant over a span of days. A parent's new name makes no new child, so the parent is a code."""

    code = models.CharField(max_length=5)
    kind = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()
    # "Xã", "Thị trấn"… as written before the name.
    type = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    full_name = models.CharField(max_length=75)
    folded_name = models.CharField(max_length=60)
    parent_code = models.CharField(max_length=3, blank=True)
    # Codes from the province down to this unit, "06/064/02053": a subtree is a prefix.
    path = models.CharField(max_length=12)
    # [from, to): the day of the change belongs to the new.
    validity = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["path"], name="unit_path", opclasses=["text_pattern_ops"])]
        constraints = [
            ExclusionConstraint(
                name="unit_one_truth_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                # A load moves several borders at once; the truth is checked when it is done.
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=_KIND_FITS_CODE, name="unit_kind_fits_code"),
            models.CheckConstraint(
                condition=Q(validity__startswith__isnull=False) & Q(validity__isempty=False),
                name="unit_begins_some_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"


class Successor(models.Model):
    """On the day `takes_over_on` the new unit took over all of the old one, or a part of what was shared out."""

    old = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="heirs")
    new = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="origins")
    takes_over_on = models.DateField()
    part = models.CharField(max_length=5)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="successor_once"),
            models.CheckConstraint(condition=Q(part__in=["whole", "split"]), name="successor_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class StagedUnit(models.Model):
    """A line of units.csv on its way in; empty between loads."""

    code = models.CharField(max_length=5)
    kind = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    folded_name = models.CharField(max_length=60)
    parent_code = models.CharField(max_length=3, blank=True)
    path = models.CharField(max_length=12)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.code} {self.starts_on}"


class StagedSuccessor(models.Model):
    """A line of successors.csv on its way in; empty between loads."""

    old_code = models.CharField(max_length=5)
    new_code = models.CharField(max_length=5)
    takes_over_on = models.DateField()
    part = models.CharField(max_length=5)

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"
