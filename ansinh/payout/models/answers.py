"""What was decided about those who did not come for their money."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.payout.states import NOT_RECEIVED_ANSWERS
from ansinh.platform.fields import MonthField


class NotReceivedAnswer(models.Model):
    """One answer to a row of months a person did not receive: counting begins anew after it. Only added to."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField()
    answer = models.CharField(max_length=10)
    # The months in a row it answers.
    first_month = MonthField()
    through_month = MonthField()
    months = models.SmallIntegerField()
    decision_no = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "through_month"], name="not_received_answered_once"),
            models.CheckConstraint(condition=Q(answer__in=list(NOT_RECEIVED_ANSWERS)), name="not_received_answer"),
            models.CheckConstraint(
                condition=Q(months__gt=0, through_month__gte=F("first_month")), name="not_received_months"
            ),
            models.CheckConstraint(
                condition=(Q(answer="suspended", decided_on__isnull=False) & ~Q(decision_no=""))
                | (Q(answer="kept") & ~Q(reason="")),
                name="not_received_answered_with_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.answer} đến {self.through_month}"
