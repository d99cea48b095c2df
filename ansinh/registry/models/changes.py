"""Changes (biến động): what became of people, as it was told and when; only ever added to."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.registry.models.people import Person
from ansinh.registry.rules import Changed


class Change(models.Model):
    """One change of one person. True from `effective_on`, known since `recorded_at`; taken back by another change."""

    KINDS_WITHOUT_EFFECT = ("undo_change",)

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    # A kind of fact or the verb of a decision: registry/rules.py names them all.
    kind = models.CharField(max_length=30)
    effective_on = models.DateField()
    # What the change says: value, grant, communes …; never an identity or account number in the open.
    facts = models.JSONField(default=dict)
    decision_no = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "effective_on"], name="change_person"),
            # Asked at every signature: whether whoever signs told something of somebody listed.
            models.Index(fields=["recorded_by", "person"], name="change_by_whom"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="change_has_kind"),
            models.CheckConstraint(
                condition=Q(kind="undo_change", undoes__isnull=False)
                | (~Q(kind="undo_change") & Q(undoes__isnull=True)),
                name="change_undo_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} từ {self.effective_on}"


def changed(row: Change) -> Changed:
    """The row as the rules read it."""
    return Changed(
        id=row.pk,
        person_id=row.person_id,
        kind=row.kind,
        effective_on=row.effective_on,
        recorded_at=row.recorded_at,
        facts=row.facts,
        undoes=row.undoes_id,
    )
