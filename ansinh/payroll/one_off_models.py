"""What is given once: occasions, who is on their lists, the martyrs worship money is for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.payroll.states import OCCASION_KIND_NAMES
from ansinh.platform.fields import DongField, MonthField


class Occasion(models.Model):
    """What a sum is given once for, by which decision, to whom: one run of its own gives it.

    A gift's sum is the decision's, for a person or a household; an emergency's too, never below the law's; a
    funeral's is the law's for each death; worship money's the law's for each martyr and year, or the decision's above
    it; a merit grant's the decision's, by the article it names.
    """

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    place_code = models.CharField(max_length=5)
    month = MonthField()
    decision_no = models.CharField(max_length=60)
    decided_on = models.DateField()
    # đồng for a person or household; none of a funeral.
    amount_dong = DongField(null=True)
    per_household = models.BooleanField(default=False)
    # Whom a gift is for, as `one_off_types.Criteria` writes it; empty: the people listed by name.
    criteria = models.JSONField(default=dict)
    # Of an emergency: its kind in the law, and when it happened.
    item = models.CharField(max_length=40, blank=True)
    happened_on = models.DateField(null=True)
    # Of merit: the law (of a decision's own sum none) and article it is given by.
    law = models.CharField(max_length=20, blank=True, default="", db_default="")
    article = models.CharField(max_length=100, blank=True, default="", db_default="")
    # Of worship money: the year it is for.
    for_year = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=tuple(OCCASION_KIND_NAMES)), name="occasion_kind"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(decision_no=""), name="occasion_is_decided"),
            models.CheckConstraint(
                condition=Q(kind="funeral", amount_dong__isnull=True) | (~Q(kind="funeral") & Q(amount_dong__gt=0)),
                name="occasion_amount",
            ),
            models.CheckConstraint(
                condition=~Q(kind="emergency") | (~Q(item="") & Q(happened_on__isnull=False)),
                name="occasion_emergency_happened",
            ),
            models.CheckConstraint(
                condition=(Q(kind="merit_yearly") & Q(for_year__isnull=False))
                | (~Q(kind="merit_yearly") & Q(for_year__isnull=True)),
                name="occasion_worship_has_year",
            ),
            models.CheckConstraint(condition=~Q(kind="merit_once") | ~Q(article=""), name="occasion_merit_has_article"),
        ]

    def __str__(self) -> str:
        return self.title


class OneOffPayee(models.Model):
    """Who gets what on an occasion, and why: listed by name or by the gift's criteria, frozen with the list."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="payees")
    kind = models.CharField(max_length=20)
    person_id = models.BigIntegerField()
    # The household the sum is for, its payee the person; none: the person alone.
    household_id = models.BigIntegerField(null=True)
    commune_code = models.CharField(max_length=5)
    coefficient = models.DecimalField(max_digits=5, decimal_places=2)
    base_dong = DongField()
    amount_dong = DongField()
    law = models.CharField(max_length=20, blank=True)
    article = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    # Of a funeral: who arranged it and collects.
    collector_name = models.CharField(max_length=200, blank=True)
    collector_relation = models.CharField(max_length=60, blank=True)
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occasion", "person_id"], name="one_off_person_once"),
            models.UniqueConstraint(
                fields=["occasion", "household_id"],
                condition=Q(household_id__isnull=False),
                name="one_off_household_once",
            ),
            # A death is paid for once, whatever occasion it is listed on.
            models.UniqueConstraint(fields=["person_id"], condition=Q(kind="funeral"), name="one_off_funeral_once"),
            models.CheckConstraint(
                condition=~Q(kind="funeral") | (~Q(collector_name="") & ~Q(collector_relation="")),
                name="one_off_funeral_has_collector",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id} {self.amount_dong}"


class WorshippedMartyr(models.Model):
    """A martyr somebody on an occasion of worship money worships: once a year, whoever does, by the database.

    `martyr_no`: of the certificate (Bằng Tổ quốc ghi công) or dossier, capitals without spaces.
    """

    payee = models.ForeignKey(OneOffPayee, on_delete=models.CASCADE, related_name="martyrs")
    for_year = models.PositiveSmallIntegerField()
    martyr_no = models.CharField(max_length=60)
    full_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["for_year", "martyr_no"], name="martyr_worshipped_once_a_year"),
            models.CheckConstraint(condition=~Q(martyr_no="") & ~Q(full_name=""), name="martyr_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.martyr_no})"
