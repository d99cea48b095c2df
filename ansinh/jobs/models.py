"""Long jobs as they were asked for, how far they have come, what came of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.jobs.states import JOB


class Job(models.Model):
    """One long job. The queue (procrastinate's tables) holds its number only; all that is known stands here."""

    kind = models.CharField(max_length=40)
    # Codes, months and numbers; never anything of a person.
    arguments = models.JSONField(default=dict)
    place_code = models.CharField(max_length=5, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    # The file to take in; emptied when the job is done, or was given up long ago.
    sealed_input = models.BinaryField(default=b"")
    state = models.CharField(max_length=10, default=JOB.initial)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    # From where it was asked: what it does is told in the trail as coming from there.
    origin = models.JSONField(default=dict)
    # The entry in the queue that stands for it now.
    queue_id = models.BigIntegerField(null=True)
    attempts = models.IntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    cancelled_by = models.BigIntegerField(null=True)
    result = models.JSONField(default=dict)
    fault_code = models.CharField(max_length=60, blank=True)
    fault = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-asked_at"], name="job_newest"),
            models.Index(fields=["state"], name="job_unended", condition=Q(state__in=("WAITING", "RUNNING"))),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JOB.states), name="job_state"),
            models.CheckConstraint(
                condition=Q(done__gte=0, done__lte=F("total")) | Q(total=0), name="job_not_more_than_all"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("WAITING", "RUNNING"), ended_at__isnull=True)
                | Q(state__in=("DONE", "FAILED", "CANCELLED"), ended_at__isnull=False),
                name="job_ended_is_told",
            ),
            models.CheckConstraint(condition=~Q(state="FAILED") | ~Q(fault=""), name="job_fault_is_told"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
