"""Which levels a place lists by: from which payroll by those of a law, and levels loaded as data."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.payroll.states import LEVEL_PACK, LEVEL_START
from ansinh.payroll.two_people import TwoPeople, in_force_is_approved, known_state, two_people
from ansinh.platform.fields import MonthField


class LevelStart(TwoPeople):
    """From which payroll a place lists by the amounts and coefficients of a law; without one, from the law's month.

    Money is owed from the law's month all the same: the first payroll by it makes the difference good.
    """

    place_code = models.CharField(max_length=5)
    law = models.CharField(max_length=20)
    first_payroll = MonthField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            known_state("level_start", LEVEL_START),
            models.UniqueConstraint(
                fields=["place_code", "law"], condition=~Q(state="WITHDRAWN"), name="level_start_once"
            ),
            two_people("level_start"),
            models.CheckConstraint(
                condition=~Q(state="APPROVED") | Q(approved_by__isnull=False), name="level_start_is_approved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.law} từ {self.first_payroll}"


class LevelPack(TwoPeople):
    """Levels loaded as data: amounts or coefficients in the law's own words, for a place and all below it.

    From `first_payroll` the lists go by them; owed from the months the text says. What was read never changes.
    """

    place_code = models.CharField(max_length=5)
    title = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200)
    # The file as it was read; nothing of the law is kept here but what two people agreed to.
    text = models.TextField()
    digest = models.CharField(max_length=64)
    first_payroll = MonthField()
    decision_no = models.CharField(max_length=100)
    decided_on = models.DateField()
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            known_state("level_pack", LEVEL_PACK),
            models.UniqueConstraint(
                fields=["place_code", "digest"], condition=~Q(state="WITHDRAWN"), name="level_pack_once"
            ),
            two_people("level_pack"),
            in_force_is_approved("level_pack"),
            models.CheckConstraint(condition=~Q(decision_no=""), name="level_pack_has_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.place_code} từ {self.first_payroll})"
