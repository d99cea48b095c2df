"""Tables of the plumbing: the audit trail; how often somebody asked."""

from __future__ import annotations

from django.db import models

from ansinh.platform.origin import CHANNELS


class AuditEntry(models.Model):
    """One thing done or seen by somebody. Append-only: a trigger refuses update, delete and truncate.

    Another trigger gives each entry its number and binds it to the one before: what is passed for `number`,
    `previous` and `hash` is overwritten. An instance just created does not know them.
    """

    number = models.BigIntegerField(unique=True, default=0, editable=False)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=100)
    facts = models.JSONField()
    # Whom it concerns, where that is one person; where, where that is one place.
    person_id = models.BigIntegerField(null=True, blank=True)
    place_code = models.CharField(max_length=5, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")
    # From where: see Origin.
    channel = models.CharField(max_length=10, blank=True, default="")
    address = models.CharField(max_length=64, blank=True, default="")
    session = models.CharField(max_length=32, blank=True, default="")
    agent = models.CharField(max_length=200, blank=True, default="")
    previous = models.CharField(max_length=64, blank=True, default="", editable=False)
    hash = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["action", "at"], name="audit_action_at"),
            models.Index(fields=["actor_id", "number"], name="audit_actor"),
            models.Index(
                fields=["person_id", "number"], name="audit_person", condition=models.Q(person_id__isnull=False)
            ),
            models.Index(fields=["place_code", "number"], name="audit_place"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gt=0), name="audit_number"),
            models.CheckConstraint(condition=models.Q(channel__in=CHANNELS), name="audit_channel_known"),
            models.CheckConstraint(condition=~models.Q(hash=""), name="audit_has_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action}"


class AuditHead(models.Model):
    """The end of the chain, one row: how many entries there are and the hash of the last. Only the trigger moves it."""

    entries = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_once")]

    def __str__(self) -> str:
        return f"{self.entries} {self.hash}"


class RequestCount(models.Model):
    """How many requests of a kind somebody sent in the minute they are in. Nothing of it outlives a crash, or need."""

    kind = models.CharField(max_length=10)
    user_id = models.BigIntegerField()
    opened_at = models.DateTimeField()
    sent = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user_id", "kind"], name="one_count_a_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.sent}"
