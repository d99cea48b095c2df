"""Payers' layouts, their results files as received, the files' rows and what was found in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ansinh.platform.fields import DongField, MonthField
from ansinh.reconcile.states import DISMISS, MATCH_ORDER, OUTCOMES, RESOLUTIONS, RESULTS_FILE, SET_ASIDE, VERDICTS


class Layout(models.Model):
    """How a payer's own results files are laid out. A new one is added beside the old; the newest counts."""

    payer = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    # Our field → the payer's heading.
    columns = models.JSONField(default=dict)
    # The payer's word → paid | unpaid | returned, beside the words known anyway.
    words = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["payer", "-id"], name="layout_newest")]

    def __str__(self) -> str:
        return f"{self.payer}: {self.name}"


class ResultsFile(models.Model):
    """One file of results as a payer sent it. The original is kept, sealed; the counts are the first answer."""

    payer = models.CharField(max_length=20)
    # The month whose lists it answers, null when neither the sender nor the file says.
    month = MonthField(null=True)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    sealed_original = models.BinaryField()
    layout = models.ForeignKey(Layout, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, default=RESULTS_FILE.initial)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.BigIntegerField()
    rows = models.IntegerField(default=0)
    applied = models.IntegerField(default=0)
    repeats = models.IntegerField(default=0)
    set_aside = models.IntegerField(default=0)
    unreported = models.IntegerField(default=0)
    paid_dong = DongField()
    unpaid_dong = DongField()
    returned_dong = DongField()
    applied_at = models.DateTimeField(null=True)
    applied_by = models.BigIntegerField(null=True)
    # Where its columns stand: [sheet, first row, {field: [heading, index]}] for each heading of the file.
    headings = models.JSONField(default=list)
    # The communes of the orders it names, as last judged: who works in all of them may see the file.
    communes = ArrayField(models.CharField(max_length=5), default=list)
    # The payout recording that holds its results.
    recording_id = models.BigIntegerField(null=True)
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.BigIntegerField(null=True)
    discarded_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "digest"], condition=~Q(state="DISCARDED"), name="results_file_once"
            ),
            models.CheckConstraint(condition=Q(state__in=RESULTS_FILE.states), name="results_file_state"),
            models.CheckConstraint(
                condition=Q(rows=F("applied") + F("repeats") + F("set_aside") + F("unreported")),
                name="results_file_nothing_vanishes",
            ),
            models.CheckConstraint(
                condition=~Q(state="APPLIED") | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="results_file_applied_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state="DISCARDED") | (Q(discarded_by__isnull=False) & ~Q(discarded_reason="")),
                name="results_file_discarded_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.payer})"


class ResultsRow(models.Model):
    """One row of a results file: what it says, what became of it, and how it was settled when set aside."""

    id = models.BigAutoField(primary_key=True)
    # Looked up a statement at a time (migration 0004), not once a row; found by the index of `results_row_once`.
    file = models.ForeignKey(
        ResultsFile, on_delete=models.PROTECT, related_name="results_rows", db_index=False, db_constraint=False
    )
    sheet = models.CharField(max_length=100)
    row = models.IntegerField()
    # The cells of the columns we know as the payer wrote them, our field → text; others stay in the sealed original.
    written = models.JSONField(default=dict)
    order_code = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    amount_dong = DongField(null=True)
    happened_on = models.DateField(null=True)
    receiver_name = models.CharField(max_length=200, blank=True)
    # The name as payout compares it: a file applied later is judged by what was read of it.
    receiver_key = models.CharField(max_length=200, blank=True, default="")
    relation = models.CharField(max_length=100, blank=True)
    authorised_until = models.DateField(null=True)
    proof = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # Every cell was readable, so the row goes before payout's judgement.
    judged = models.BooleanField()
    verdict = models.CharField(max_length=10)
    because = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    # Where the fault stands: heading, and the column counted from 0.
    fault_column = models.CharField(max_length=200, blank=True)
    fault_index = models.SmallIntegerField(null=True)
    order_id = models.BigIntegerField(null=True)
    resolved_how = models.CharField(max_length=12, blank=True)
    resolved_code = models.CharField(max_length=40, blank=True)
    resolved_reason = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.BigIntegerField(null=True)
    # The result a matched row became.
    resolved_result_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["file"], condition=Q(verdict=SET_ASIDE, resolved_at__isnull=True), name="results_row_open"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["file", "sheet", "row"], name="results_row_once"),
            models.CheckConstraint(condition=Q(verdict__in=list(VERDICTS)), name="results_row_verdict"),
            models.CheckConstraint(condition=Q(outcome__in=["", *OUTCOMES]), name="results_row_outcome"),
            models.CheckConstraint(
                condition=~Q(verdict=SET_ASIDE) | (~Q(because="") & ~Q(message="")),
                name="results_row_set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=Q(resolved_how="", resolved_at__isnull=True)
                | (
                    Q(resolved_how__in=list(RESOLUTIONS), verdict=SET_ASIDE)
                    & Q(resolved_at__isnull=False, resolved_by__isnull=False)
                    & ~Q(resolved_reason="")
                ),
                name="results_row_resolved_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(resolved_how__in=["", DISMISS])
                | (Q(resolved_how=MATCH_ORDER, resolved_result_id__isnull=False) & ~Q(resolved_code="")),
                name="results_row_matched_has_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} dòng {self.row}"


class ResultsFinding(models.Model):
    """Something an officer should see at one cell, row, sheet or the whole of a results file, with the way out."""

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(
        ResultsFile, on_delete=models.PROTECT, related_name="findings", db_index=False, db_constraint=False
    )
    sheet = models.CharField(max_length=100, blank=True)
    # The sheet's own row number from 1; 0 for the sheet or file as a whole.
    row = models.IntegerField()
    column = models.CharField(max_length=200, blank=True)
    column_index = models.SmallIntegerField(null=True)
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=7)
    message = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["file", "severity"], name="results_finding_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["error", "warning", "info"]), name="results_finding_severity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.row} {self.code}"


class ReadRow(models.Model):
    """A row of a results file between reading and keeping. Each transaction has a table of its own under this name;
    this one says how it looks and stays empty."""

    number = models.BigIntegerField(primary_key=True)
    sheet = models.TextField()
    row = models.IntegerField()
    # JSON, as text until it is kept.
    written = models.TextField()
    order_code = models.TextField()
    # The order the code means by its check digits, whether or not there is one.
    told_id = models.BigIntegerField(null=True)
    outcome = models.TextField()
    amount_dong = models.BigIntegerField(null=True)
    happened_on = models.DateField(null=True)
    receiver_name = models.TextField()
    receiver_key = models.TextField()
    relation = models.TextField()
    authorised_until = models.DateField(null=True)
    proof = models.TextField()
    reference = models.TextField()
    reason = models.TextField()
    # The reader's own fault; empty where every cell was readable.
    because = models.TextField()
    message = models.TextField()
    fault_column = models.TextField()
    fault_index = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.sheet} dòng {self.row}"


class SaidRow(models.Model):
    """Why a row is set aside, in words; a table of each transaction's own, as `ReadRow`."""

    number = models.BigIntegerField(primary_key=True)
    because = models.TextField()
    message = models.TextField()
    fault_column = models.TextField()
    fault_index = models.IntegerField(null=True)

    def __str__(self) -> str:
        return self.message
