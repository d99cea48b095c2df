"""The month: runs, their frozen rosters, lines, findings and the communes' lists."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ansinh.kernel.month import Month
from ansinh.payroll.hand_models import RunHand
from ansinh.payroll.level_models import LevelPack, LevelStart
from ansinh.payroll.one_off_models import Occasion, OneOffPayee, WorshippedMartyr
from ansinh.payroll.rules import HORIZON_MONTHS, horizon_of
from ansinh.payroll.states import ASSISTANCE, PROGRAMMES, RUN
from ansinh.payroll.steady_models import ComparedPerson, RunAmount, Unsettled
from ansinh.payroll.threshold_models import Threshold
from ansinh.platform.fields import DongField, MonthField

__all__ = [
    "CommuneList",
    "ComparedPerson",
    "LevelPack",
    "LevelStart",
    "Line",
    "Occasion",
    "OneOffPayee",
    "RosterEntry",
    "Run",
    "RunAmount",
    "RunFinding",
    "RunHand",
    "StagedLine",
    "Threshold",
    "Unsettled",
    "WorshippedMartyr",
]


class Run(models.Model):
    """One month of one place and programme. Its people are frozen at opening, its lines at approval."""

    place_code = models.CharField(max_length=5)
    month = MonthField()
    programme = models.CharField(max_length=12, default=ASSISTANCE)
    # What it gives once; none of a monthly list.
    occasion = models.ForeignKey(Occasion, null=True, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=10, default=RUN.initial)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField()
    computed_at = models.DateTimeField(null=True)
    computed_by = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.BigIntegerField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.BigIntegerField(null=True)
    # The threshold its sum was above when it was approved: then one signature is not enough. Frozen with the first.
    threshold = models.ForeignKey(Threshold, null=True, on_delete=models.PROTECT, related_name="runs")
    countersigned_at = models.DateTimeField(null=True)
    countersigned_by = models.BigIntegerField(null=True)
    returned_reason = models.TextField(blank=True)
    pack_digest = models.CharField(max_length=64)
    # Codes of laws, comma-separated, whose levels the place does not list yet in this month; frozen at opening.
    levels_not_taken = models.CharField(max_length=200, blank=True)
    # Numbers of level packs, comma-separated, ascending, laid over the law for this list; frozen at opening.
    level_packs = models.CharField(max_length=200, blank=True, default="", db_default="")
    # How many months before its own it compares again; frozen at opening.
    horizon_months = models.PositiveSmallIntegerField(default=HORIZON_MONTHS, db_default=HORIZON_MONTHS)
    # Digest over the digests of the communes' lists; printed on paper, fixed at submission.
    list_digest = models.CharField(max_length=64, blank=True)
    # The approved run whose payment this one's money is paid out in, and by what decision or why; fixed at submission.
    paid_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="paid_with_it")
    paid_with_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["month", "place_code"], name="run_month_place")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RUN.states), name="run_state"),
            models.CheckConstraint(condition=Q(programme__in=tuple(PROGRAMMES)), name="run_programme"),
            models.CheckConstraint(
                condition=Q(programme="one_off", occasion__isnull=False)
                | (~Q(programme="one_off") & Q(occasion__isnull=True)),
                name="run_occasion",
            ),
            models.UniqueConstraint(
                fields=["place_code", "month", "programme"],
                condition=~Q(state="CANCELLED") & Q(occasion__isnull=True),
                name="run_month_once",
            ),
            models.UniqueConstraint(fields=["occasion"], condition=~Q(state="CANCELLED"), name="run_occasion_once"),
            # Four eyes: who prepared or submitted never approves.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("submitted_by")) & ~Q(approved_by=F("opened_by"))),
                name="run_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="APPROVED")
                | (Q(approved_by__isnull=False) & Q(submitted_by__isnull=False) & ~Q(list_digest="")),
                name="run_approved_is_signed",
            ),
            # The second approval is a third person's, asked for by a threshold and by nothing else.
            models.CheckConstraint(
                condition=Q(countersigned_by__isnull=True)
                | (
                    Q(threshold__isnull=False)
                    & ~Q(countersigned_by=F("approved_by"))
                    & ~Q(countersigned_by=F("submitted_by"))
                    & ~Q(countersigned_by=F("opened_by"))
                ),
                name="run_six_eyes",
            ),
            models.CheckConstraint(
                condition=Q(threshold__isnull=True)
                | Q(state="ENDORSED", countersigned_by__isnull=True, countersigned_at__isnull=True)
                | Q(state="APPROVED", countersigned_by__isnull=False, countersigned_at__isnull=False),
                name="run_above_threshold_is_countersigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="ENDORSED")
                | (
                    Q(threshold__isnull=False, approved_by__isnull=False, submitted_by__isnull=False)
                    & ~Q(list_digest="")
                ),
                name="run_endorsed_is_signed_once",
            ),
            models.CheckConstraint(
                condition=(Q(paid_with__isnull=True) & Q(paid_with_reason=""))
                | (Q(paid_with__isnull=False) & ~Q(paid_with_reason="") & ~Q(state="CANCELLED")),
                name="run_paid_with_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.month}"

    @property
    def horizon(self) -> Month:
        """The first entitlement month it compares."""
        return horizon_of(self.month, self.horizon_months)


class RosterEntry(models.Model):
    """A person in a run, as known when the roster was frozen. One run a month, programme
    and occasion for a person, by the database."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="roster")
    month = MonthField()
    programme = models.CharField(max_length=12, default=ASSISTANCE)
    # 0: a monthly list.
    occasion_id = models.BigIntegerField(default=0, db_default=0)
    person_id = models.BigIntegerField()
    commune_code = models.CharField(max_length=5)
    full_name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    born_on = models.DateField()
    birth_precision = models.CharField(max_length=5)
    sex = models.CharField(max_length=6, blank=True)
    hamlet = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "person_id", "programme", "occasion_id"], name="roster_person_month_once"
            )
        ]
        indexes = [models.Index(fields=["run", "commune_code"], name="roster_run_commune")]

    def __str__(self) -> str:
        return self.full_name


class Line(models.Model):
    """Money listed for a person, benefit and entitlement month. Partitioned by payroll month (migration 0002)."""

    pk = models.CompositePrimaryKey("payroll_month", "id")
    id = models.BigIntegerField()
    payroll_month = MonthField()
    run = models.ForeignKey(Run, on_delete=models.DO_NOTHING, related_name="lines")
    person_id = models.BigIntegerField()
    # None of a sum given once.
    grant_id = models.BigIntegerField(null=True)
    span_id = models.BigIntegerField(null=True)
    benefit = models.CharField(max_length=40)
    for_person_id = models.BigIntegerField()
    regime = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    entitlement_month = MonthField()
    coefficient = models.DecimalField(max_digits=5, decimal_places=2)
    base_dong = DongField()
    deducted_dong = DongField()
    # Signed: a recovery is negative.
    amount_dong = DongField()
    law = models.CharField(max_length=20)
    article = models.CharField(max_length=200)
    group_name = models.CharField(max_length=200)
    commune_code = models.CharField(max_length=5)
    pack_digest = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "payroll_line"

    def __str__(self) -> str:
        return f"{self.kind} {self.entitlement_month} {self.amount_dong}"


class CommuneList(models.Model):
    """The list of one commune in a run: what its paper says, sealed by a digest at submission."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="commune_lists")
    commune_code = models.CharField(max_length=5)
    people = models.IntegerField()
    lines = models.IntegerField()
    total_dong = DongField()
    digest = models.CharField(max_length=64)
    # Whether the digest is over the occasion too: of all lists of sums given once but the first ones.
    names_occasion = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "commune_code"], name="commune_list_once")]

    def __str__(self) -> str:
        return f"{self.commune_code}: {self.lines} dòng"


class RunFinding(models.Model):
    """What a check saw in a run. Blocking ones stop submission until cleared with a reason."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="findings")
    person_id = models.BigIntegerField(null=True)
    commune_code = models.CharField(max_length=5, blank=True)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=8)
    message = models.TextField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.CharField(max_length=150, blank=True)
    # Who that is; unknown of findings cleared before it was kept.
    cleared_by_id = models.BigIntegerField(null=True)
    cleared_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["blocking", "warning", "info"]), name="run_finding_severity"
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | ~Q(cleared_reason=""), name="run_finding_cleared_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.message


class StagedLine(models.Model):
    """What a computation found owed, before it is compared with the run's lines.

    Always empty: each computation has a table of its own of this shape before it.
    """

    run_id = models.BigIntegerField()
    payroll_month = MonthField()
    person_id = models.BigIntegerField()
    # None of a sum given once.
    grant_id = models.BigIntegerField(null=True)
    span_id = models.BigIntegerField(null=True)
    benefit = models.CharField(max_length=40)
    for_person_id = models.BigIntegerField()
    regime = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    entitlement_month = MonthField()
    coefficient = models.DecimalField(max_digits=5, decimal_places=2)
    base_dong = DongField()
    deducted_dong = DongField()
    amount_dong = DongField()
    law = models.CharField(max_length=20)
    article = models.CharField(max_length=200)
    group_name = models.CharField(max_length=200)
    commune_code = models.CharField(max_length=5)
    pack_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.kind} {self.entitlement_month} {self.amount_dong}"
