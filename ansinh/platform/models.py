"""Tables of the plumbing: the audit trail."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One thing done by somebody. Append-only: a trigger refuses update, delete and truncate."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=100)
    facts = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["action", "at"], name="audit_action_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.action}"
