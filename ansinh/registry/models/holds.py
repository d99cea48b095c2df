"""Money kept back: of a person, or of one order, until what was heard about them is cleared up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.registry.models.people import Person
from ansinh.registry.states import HOLD_KINDS


class Hold(models.Model):
    """A hold as it was placed; later it is lifted once, nothing else of it changes (migration 0005)."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holds")
    # Only this order of the payout; none holds whatever the person is to be paid.
    order_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    since_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.BigIntegerField(null=True)
    lifted_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(HOLD_KINDS)), name="hold_kind"),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(note=""), name="hold_says_what"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_why="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_why="")),
                name="hold_lifted_with_reason",
            ),
            # Money kept back is given free by another person than whoever kept it back.
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("recorded_by")), name="hold_four_eyes"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(order_id__isnull=True, lifted_at__isnull=True), name="hold_person_once"
            ),
            models.UniqueConstraint(
                fields=["order_id"], condition=Q(order_id__isnull=False, lifted_at__isnull=True), name="hold_order_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} từ {self.since_on}"
