"""People, households, where they live, what was granted to them, their sealed numbers."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from ansinh.platform.fields import MonthField


class Household(models.Model):
    """People who live together as far as the law asks: a change of one marks all."""

    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Hộ {self.pk}"


class Person(models.Model):
    """Somebody the register knows. Facts are what was established; ages and coefficients are never stored here."""

    id = models.BigAutoField(primary_key=True)
    full_name = models.CharField(max_length=200)
    # Accent-free key for search, and the stored key for Vietnamese alphabetical order.
    name_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=400)
    # First day the birth can mean; law reads it, screens show only what is known.
    born_on = models.DateField()
    birth_precision = models.CharField(max_length=5)
    sex = models.CharField(max_length=6, blank=True)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="members")
    # The person this one turned out to be: a double, whose decisions passed over. Lists already made stay as they are.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="doubles")
    # Raised with every change that can move a span; entitlement recomputes whoever it has not seen at this version.
    facts_version = models.IntegerField(default=1)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_key"], name="person_name_key", opclasses=["text_pattern_ops"]),
            # Any part of a name, by threes of letters.
            GinIndex(fields=["name_key"], name="person_name_parts", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["household"], name="person_household"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(birth_precision__in=["day", "month", "year"]), name="person_birth_precision"
            ),
            models.CheckConstraint(condition=Q(sex__in=["", "male", "female"]), name="person_sex"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Residence(models.Model):
    """Which commune somebody belongs to, month by month; the database refuses two at once (EXCLUDE, migration)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    commune_code = models.CharField(max_length=5)
    hamlet = models.CharField(max_length=200, blank=True)
    starts = MonthField()
    ends = MonthField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["commune_code", "person"], name="residence_commune")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="residence_span"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_code} từ {self.starts}"


class SealedNumber(models.Model):
    """A number that could hurt a person: identity, phone, account. Sealed; found by blind index only."""

    CCCD, CMND, UNREADABLE, PHONE, ACCOUNT = "cccd", "cmnd", "unreadable", "phone", "account"
    KINDS = (CCCD, CMND, UNREADABLE, PHONE, ACCOUNT)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="numbers")
    kind = models.CharField(max_length=10)
    sealed = models.BinaryField()
    # The index under a key of odd number, and under one of even number: while values move from one key to the next a
    # number has both, so that two rows of one number always meet in one of them.
    blind_index = models.BinaryField(null=True)
    blind_index_even = models.BinaryField(null=True)
    # Of an account: the bank as written. Empty otherwise.
    bank = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["blind_index"], name="number_blind_index"),
            models.Index(
                fields=["blind_index_even"],
                name="number_blind_index_even",
                condition=Q(blind_index_even__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["cccd", "cmnd", "unreadable", "phone", "account"]), name="number_kind"
            ),
            models.UniqueConstraint(fields=["person", "kind", "blind_index"], name="number_once"),
            models.UniqueConstraint(fields=["person", "kind", "blind_index_even"], name="number_once_even"),
            models.CheckConstraint(
                condition=Q(blind_index__isnull=False) | Q(blind_index_even__isnull=False), name="number_has_index"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} của {self.person_id}"


class Grant(models.Model):
    """The authority's decision: category, from month, what it established. The law decides what it pays."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    category = models.CharField(max_length=40)
    # Months the decision names; `ends` is the first month no longer granted.
    starts = MonthField()
    ends = MonthField(null=True)
    # First month paid by this system; what was owed before counts as settled elsewhere (opening balance).
    opening_month = MonthField()
    decision_no = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    book_no = models.CharField(max_length=40, blank=True)
    # What the decision established where no fact is known: its coefficient as written, children by number.
    coefficient = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    children = models.SmallIntegerField(null=True)
    # Carer support: for whom. The name as written stays when no person of the register could be linked.
    cared_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="carer_grants")
    cared_for_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    # When its recording was taken back: it grants nothing, and what was listed by it is made good.
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "category"], name="grant_person_category")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="grant_span"),
            models.CheckConstraint(condition=Q(children__isnull=True) | Q(children__gte=0), name="grant_children"),
        ]

    def __str__(self) -> str:
        return f"{self.category} từ {self.starts}"


class Collector(models.Model):
    """Somebody who collects for a person, as the register names them; the authorisation has an end."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="collectors")
    full_name = models.CharField(max_length=200)
    relation = models.CharField(max_length=60, blank=True)
    authorised_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.full_name
