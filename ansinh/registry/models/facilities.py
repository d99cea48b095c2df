"""Facilities (cơ sở trợ giúp xã hội): they are paid what the law owes for the people they keep."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Facility(models.Model):
    """A facility by its name and the unit it lies in; who lives there is told by the changes of each person."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200)
    place_code = models.CharField(max_length=5)
    representative = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "place_code"], name="facility_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(representative=""), name="facility_named"),
        ]

    def __str__(self) -> str:
        return self.name
