"""What one person proposes and another puts in force: the columns and CHECKs all such records share."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.kernel.machine import Machine


class TwoPeople(models.Model):
    """Who proposed it, who approved it, who took it back; `state` moves along the table of the model's machine."""

    state = models.CharField(max_length=10, default="PROPOSED")
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


def known_state(name: str, machine: Machine) -> models.CheckConstraint:
    """Only states of the table."""
    return models.CheckConstraint(condition=Q(state__in=machine.states), name=f"{name}_state")


def two_people(name: str) -> models.CheckConstraint:
    """What binds everybody of a place is put in force by nobody alone."""
    return models.CheckConstraint(
        condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")), name=f"{name}_four_eyes"
    )


def in_force_is_approved(name: str) -> models.CheckConstraint:
    """In force says by whom and when."""
    return models.CheckConstraint(
        condition=~Q(state="APPROVED") | (Q(approved_by__isnull=False) & Q(approved_at__isnull=False)),
        name=f"{name}_is_approved",
    )
