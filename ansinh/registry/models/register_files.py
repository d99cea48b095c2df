"""Register files as received, their rows, findings and proposals of change. Nothing of a file ever vanishes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.platform.fields import MonthField
from ansinh.registry.models.people import Grant, Person
from ansinh.registry.states import PROPOSAL


class RegisterFile(models.Model):
    """One workbook imported for a place and month. The original is kept, sealed: it is full of numbers."""

    digest = models.CharField(max_length=64)
    # Of the office's own wordings when the file was read: after a new one the same file is read anew.
    wordings_digest = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    place_code = models.CharField(max_length=5)
    month = MonthField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)
    # Who that is; unknown of files received before it was kept.
    received_by_id = models.BigIntegerField(null=True)
    sealed_original = models.BinaryField()
    rows = models.IntegerField()
    accepted = models.IntegerField()
    set_aside = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "wordings_digest", "place_code", "month"], name="register_file_once"
            ),
            models.CheckConstraint(
                condition=Q(rows=F("accepted") + F("set_aside")), name="register_file_nothing_vanishes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.place_code}, {self.month})"


class RegisterRow(models.Model):
    """One person row of a file: taken (with its person and grant) or set aside."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="register_rows")
    sheet = models.CharField(max_length=100)
    row = models.IntegerField()
    full_name = models.CharField(max_length=200, blank=True)
    accepted = models.BooleanField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    grant = models.ForeignKey(Grant, null=True, on_delete=models.PROTECT)

    class Meta:
        indexes = [models.Index(fields=["grant"], name="register_row_grant")]
        constraints = [
            models.UniqueConstraint(fields=["file", "sheet", "row"], name="register_row_once"),
            models.CheckConstraint(
                condition=Q(accepted=False) | Q(person__isnull=False, grant__isnull=False),
                name="register_row_taken_has_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} dòng {self.row}"


class RegisterFinding(models.Model):
    """Something missing, contradictory or assumed in a file, at a cell, with the way out."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="findings")
    sheet = models.CharField(max_length=100, blank=True)
    # The sheet's own row number; null when the finding is about the file.
    row = models.IntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    # Counted from 0; null when no column is meant.
    column_index = models.SmallIntegerField(null=True)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=7)
    message = models.TextField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["file", "severity"], name="register_finding_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["error", "warning", "info"]), name="register_finding_severity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.code}"


class Proposal(models.Model):
    """A difference between a later file and the register, for an officer to accept or refuse."""

    file = models.ForeignKey(RegisterFile, on_delete=models.PROTECT, related_name="proposals")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.IntegerField(null=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT)
    # What would change: a field of the person or the grant, or "absent" (no longer in the file).
    field = models.CharField(max_length=30)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    message = models.TextField()
    state = models.CharField(max_length=10, default=PROPOSAL.initial)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    # Who that is; unknown of what was decided before it was kept.
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PROPOSAL.states), name="proposal_state"),
            models.UniqueConstraint(fields=["file", "grant", "field"], name="proposal_once"),
        ]
        indexes = [
            # Asked at every signature, as of changes.
            models.Index(fields=["decided_by_id", "person"], name="proposal_by_whom", condition=Q(state="ACCEPTED")),
        ]

    def __str__(self) -> str:
        return self.message


class CategoryWording(models.Model):
    """An office's own wording of a category, added to the shipped table."""

    wording = models.CharField(max_length=300)
    wording_key = models.CharField(max_length=300, unique=True)
    category = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.wording} → {self.category}"
