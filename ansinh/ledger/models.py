"""Books, accounts, entries, postings. Entries and postings are only ever added (migration 0002)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ansinh.platform.fields import DongField, MonthField


class Book(models.Model):
    """One chain of entries, of one deciding body. Its row is locked while an entry is added."""

    code = models.CharField(max_length=5, primary_key=True)
    entries = models.IntegerField(default=0)
    # The hash of the last entry.
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(entries__gte=0), name="book_entries"),
            models.CheckConstraint(
                condition=(Q(entries=0) & Q(head="")) | (Q(entries__gt=0) & ~Q(head="")), name="book_head"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Account(models.Model):
    """Where money stands, by its dimensions. A balance is the sum of postings and is never stored."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    fund = models.CharField(max_length=20, blank=True)
    year = models.SmallIntegerField(default=0)
    payer = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "fund", "year", "payer", "place"], name="account_once"),
            models.CheckConstraint(condition=~Q(kind=""), name="account_has_kind"),
        ]
        indexes = [models.Index(fields=["place", "kind"], name="account_place_kind")]

    def __str__(self) -> str:
        return "|".join((self.kind, self.fund, str(self.year), self.payer, self.place))


class Entry(models.Model):
    """One balanced booking; `hash` covers it, its postings and the entry before it in the book."""

    id = models.BigAutoField(primary_key=True)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    recipe = models.CharField(max_length=30)
    document = models.CharField(max_length=80)
    key = models.CharField(max_length=160, unique=True)
    month = MonthField()
    place = models.CharField(max_length=5)
    posted_at = models.DateTimeField()
    posted_by = models.BigIntegerField()
    # How many postings it has, and the sum of its debits: nothing can be added to it later.
    postings = models.SmallIntegerField()
    debit_dong = DongField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="entry_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="entry_number"),
            models.CheckConstraint(condition=Q(postings__gte=2), name="entry_has_two_sides"),
            models.CheckConstraint(condition=Q(debit_dong__gt=0), name="entry_moves_money"),
        ]
        indexes = [
            models.Index(fields=["document"], name="entry_document"),
            models.Index(fields=["place", "month"], name="entry_place_month"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}/{self.number} {self.recipe} {self.document}"


class Posting(models.Model):
    """One side of an entry: above zero a debit, below zero a credit."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    dong = DongField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="posting_account_once"),
            models.CheckConstraint(condition=~Q(dong=0), name="posting_moves_money"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.dong}"
