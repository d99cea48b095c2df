"""Whose hands a list went through: written by the database itself, never taken away."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.payroll.states import PREPARING_ACTS, SIGNING_ACTS


class RunHand(models.Model):
    """Somebody did something to a run's list: prepared it, or signed it. Nobody does both (migration 0015), nor both
    to lists paid out together."""

    id = models.BigAutoField(primary_key=True)
    # Without a key of the database: what is told of a run outlives a run taken away behind the program.
    run = models.ForeignKey("payroll.Run", on_delete=models.PROTECT, related_name="hands", db_constraint=False)
    user_id = models.BigIntegerField()
    # The verb of the table of states, or clear_finding.
    did = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "user_id", "did"], name="run_hand_once"),
            models.CheckConstraint(condition=Q(did__in=[*PREPARING_ACTS, *SIGNING_ACTS]), name="run_hand_did"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.did} {self.user_id}"
