"""What one person is owed month by month, and what lists gave them: due minus listed, one person at a time.

Runs work it out for sets by sql/stage_difference.sql; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.db.models import Q, Sum

from ansinh.entitlement.queries import Law
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_at
from ansinh.payroll.models import Line, Run
from ansinh.payroll.states import ASSISTANCE, ONCE
from ansinh.payroll.supposing import Home, ended_whole, followed
from ansinh.places.queries import find_last_place, list_meanings, list_paths, successors
from ansinh.registry.types import ResidenceCard


class Owing(Protocol):
    """A span, stored or decided just now."""

    @property
    def grant_id(self) -> int: ...
    @property
    def benefit(self) -> str: ...
    @property
    def regime(self) -> str: ...
    @property
    def coefficient(self) -> Decimal: ...
    @property
    def starts(self) -> Month: ...
    @property
    def ends(self) -> Month | None: ...
    @property
    def for_person_id(self) -> int: ...
    @property
    def deducted_dong(self) -> Dong: ...


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a line is listed for."""

    month: Month
    benefit: str
    for_person_id: int


@dataclass(frozen=True, slots=True)
class Share:
    """One benefit of a month."""

    benefit: str
    coefficient: Decimal
    amount: Dong


@dataclass
class Standards:
    """The standard amounts of one person's months: where they lived then, by the levels their place lists by."""

    homes: tuple[Home, ...]
    list_month: Month
    _paths: dict[tuple[str, Month], tuple[str, ...]] = field(default_factory=dict)
    _law: Law | None = None

    def home_in(self, month: Month) -> str:
        """The commune lived in: each home until the next begins, the first from ever."""
        begun = [home for home in self.homes if home.starts <= month.first_day]
        return (begun[-1] if begun else self.homes[0]).code

    def path_in(self, code: str, month: Month) -> tuple[str, ...]:
        """The codes of a commune and of all above it; of one not in force then, those of the list's month."""
        if (code, month) not in self._paths:
            found = list_paths([code], month.first_day) or list_paths([code], self.list_month.first_day)
            self._paths[code, month] = found.get(code, ())
        return self._paths[code, month]

    @property
    def law(self) -> Law:
        """The law the next list goes by."""
        if self._law is None:
            path = self.path_in(self.home_in(self.list_month), self.list_month)
            self._law = law_at(path, self.list_month)
        return self._law

    def amount(self, key: str, month: Month) -> Dong | None:
        """The standard amount of a regime, or a merit item's own; None in a month the law has none for."""
        path = self.path_in(self.home_in(month), month)
        found = self.law.pack.find_amount(key, month, path, self.law.levels_not_taken)
        return None if found is None else found.dong


def owed(
    spans: Iterable[Owing], openings: Mapping[int, Month], standards: Standards, *, first: Month, last: Month
) -> dict[Key, Share]:
    """What spans owe for each month from `first` to `last`; `openings`: by grant, the first month paid here."""
    found: dict[Key, Share] = {}
    for span in spans:
        begins = max(span.starts, openings[span.grant_id], first)
        ends = last + 1 if span.ends is None else min(span.ends, last + 1)
        for month in begins.until(ends):
            standard = standards.amount(standards.law.pack.category(span.benefit).amount_key, month)
            if standard is not None:
                amount = standard.times(span.coefficient) - span.deducted_dong
                found[Key(month, span.benefit, span.for_person_id)] = Share(span.benefit, span.coefficient, amount)
    return found


def listed(person_id: int, *, first: Month, in_hand: Run | None = None) -> dict[Key, Dong]:
    """What approved lists, and the one in hand, gave the person for each month since `first`; no sums given once."""
    lines = Line.objects.exclude(kind=ONCE)
    counted = Q(run__state="APPROVED") if in_hand is None else Q(run__state="APPROVED") | Q(run_id=in_hand.pk)
    lines = lines.filter(counted, person_id=person_id, payroll_month__gte=first, entitlement_month__gte=first)
    sums = lines.values_list("entitlement_month", "benefit", "for_person_id").annotate(dong=Sum("amount_dong"))
    return {Key(month, benefit, for_id): Dong(int(dong)) for month, benefit, for_id, dong in sums.order_by()}


def homes_on(residences: Iterable[ResidenceCard], on: date) -> tuple[Home, ...]:
    """Where somebody lived, as a list of that day finds it: in what took their commune over too, had it ended whole."""
    return tuple(home for one in residences for home in _followed_to(one, on))


def _followed_to(residence: ResidenceCard, on: date) -> tuple[Home, ...]:
    """The commune as written in the register, then those that took it over whole by that day."""
    ends = None if residence.ends is None else residence.ends.first_day
    home = Home(residence.commune_code, residence.starts.first_day, ends)
    # What the code meant when they came to live there, whatever it means today.
    place = find_last_place(home.code, home.starts)
    heirs = [] if place is None else [heir.place.code for heir in successors(place, on)]
    return tuple(followed(home, ended_whole([home.code, *heirs], on)))


def next_list(residences: Iterable[ResidenceCard], openings: Mapping[int, Month], *, at: datetime) -> Month:
    """The month whose list is the next to freeze the person: after the last run of where they live now."""
    for residence in reversed(tuple(residences)):
        homes = _followed_to(residence, at.date())
        for number, home in reversed(tuple(enumerate(homes))):
            # A place that took theirs over listed others until then; after then theirs was listed no more.
            since = home.starts if number else None
            last = last_month(home.code, since=since, until=home.ends if number + 1 < len(homes) else None)
            if last is not None:
                return last + 1
    return min(openings.values(), default=Month.containing(at.date()))


def last_month(commune_code: str, *, since: date | None = None, until: date | None = None) -> Month | None:
    """The latest month of social assistance opened for a commune or a place above it, as each month had them.

    A code may mean another place by now, under another body: a town's became a commune's on 1/7/2025.
    """
    covering = Q(pk__in=())
    for place in list_meanings(commune_code):
        covering |= _from_until(place.starts_on, place.ends_on) & Q(place_code__in=place.path)
    runs = Run.objects.filter(covering & _from_until(since, until), programme=ASSISTANCE).exclude(state="CANCELLED")
    return runs.order_by("-month").values_list("month", flat=True).first()


def _from_until(first: date | None, end: date | None) -> Q:
    """Runs of months whose first day lies in [first, end)."""
    begun = Q() if first is None else Q(month__gte=first)
    return begun if end is None else begun & Q(month__lt=end)
