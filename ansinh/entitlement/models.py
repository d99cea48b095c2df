"""What the law owes each person: spans. The standard amounts they are multiplied with stay in the law's pack."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.fields import DongField, MonthField


class SpanState(models.Model):
    """At which version of a person's facts, and under which pack, their spans were last computed."""

    # A key into registry.Person; spans are this floor's own reading of it.
    person_id = models.BigIntegerField(primary_key=True)
    facts_version = models.IntegerField()
    pack_digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} tại phiên bản {self.facts_version}"


class Span(models.Model):
    """One benefit owed at one coefficient from month to month, by which article. Superseded, never deleted."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField()
    grant_id = models.BigIntegerField()
    benefit = models.CharField(max_length=40)
    regime = models.CharField(max_length=20)
    coefficient = models.DecimalField(max_digits=5, decimal_places=2)
    starts = MonthField()
    ends = MonthField(null=True)
    law = models.CharField(max_length=20)
    article = models.CharField(max_length=200)
    reason = models.TextField()
    # Whom a carer cares for: the person's id; minus the grant's id where nobody is linked; 0 for one's own benefit.
    for_person_id = models.BigIntegerField(default=0)
    # Subtracted each month; only under the reading "difference" of a low insurance sum.
    deducted_dong = DongField(default=0)
    # Facts taken as the decision established them, because the register does not know them.
    assumed = models.CharField(max_length=200, blank=True)
    pack_digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person_id"], name="span_person_current", condition=Q(superseded_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="span_span"),
            models.CheckConstraint(condition=Q(coefficient__gt=0), name="span_coefficient"),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.coefficient} từ {self.starts}"


class LostSpan(models.Model):
    """A benefit granted but not paid for some months, with why: highest-only, age, poverty … For explanations."""

    id = models.BigAutoField(primary_key=True)
    person_id = models.BigIntegerField(db_index=True)
    grant_id = models.BigIntegerField()
    benefit = models.CharField(max_length=40)
    starts = MonthField()
    ends = MonthField(null=True)
    because = models.CharField(max_length=60)
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["grant_id"], name="lost_grant_current", condition=Q(superseded_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.benefit}: {self.because}"
