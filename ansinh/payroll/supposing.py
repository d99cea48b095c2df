"""Who would be in coming lists of a place, where they live from when, and the standard amounts there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.entitlement.queries import Law, SupposedSpan
from ansinh.kernel.month import Month
from ansinh.payroll.horizon import horizon_ahead
from ansinh.places.queries import list_paths, list_predecessors
from ansinh.places.types import Predecessor
from ansinh.platform import sql

# (first month by its index, commune code), in order; the first home counts from ever.
Homes = tuple[tuple[int, str], ...]
# Đồng by entitlement month's index, then by benefit and whom it is for.
Dues = dict[int, dict[tuple[str, int], int]]


@dataclass
class Bases:
    """Standard amounts in đồng by law, commune and month, each asked of the pack once."""

    laws: Sequence[Law]
    list_month: Month
    _paths: dict[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _known: dict[tuple[int, str, int, str], int | None] = field(default_factory=dict)

    def prepare(self, codes: Iterable[str], first: Month, last: Month) -> None:
        """Read the places of some communes month by month; a code not in force then means what it means in the list."""
        new = set(codes) - self._asked
        if not new:
            return
        now = list_paths(new, self.list_month.first_day)
        for month in first.until(last + 1):
            for code, path in {**now, **list_paths(new, month.first_day)}.items():
                self._paths[code, month.index] = path
        self._asked |= new

    def path_now(self, code: str) -> tuple[str, ...]:
        """The codes of a commune of the list and of all above it."""
        return self._paths.get((code, self.list_month.index), ())

    def base(self, number: int, code: str, month: int, regime: str) -> int | None:
        """The standard amount under the law of that number; None in a month it has none for."""
        key = (number, code, month, regime)
        if key not in self._known:
            self._known[key] = self._asked_of_pack(*key)
        return self._known[key]

    def _asked_of_pack(self, number: int, code: str, month: int, regime: str) -> int | None:
        law, path = self.laws[number], self._paths.get((code, month), ())
        found = law.pack.find_amount(regime, Month(month), path, law.levels_not_taken)
        return None if found is None else found.dong.value


@dataclass
class Roster:
    """Whom a coming list would find: their homes; by the commune the register has them in, the one they count in."""

    homes: dict[int, Homes] = field(default_factory=dict)
    counts_as: dict[str, str] = field(default_factory=dict)


def roster_of(communes: Sequence[str], month: Month) -> Roster:
    """Everybody the month's list of the communes would find, once people of ended places have followed."""
    ended = ended_whole(communes, month.first_day)
    asked = {"communes": [*communes, *ended], "month": month.first_day}
    rows: dict[int, list[Home]] = defaultdict(list)
    for row in sql.rows("payroll/list_homes_within", asked):
        rows[row["person_id"]].append(Home(row["commune_code"], row["starts"], row["ends"]))
    wanted, on = frozenset(communes), month.first_day
    found = Roster()
    for person_id, told in rows.items():
        own = [home for one in told for home in followed(one, ended)]
        if any(one.code in wanted and one.starts <= on and (one.ends is None or one.ends > on) for one in own):
            found.homes[person_id] = tuple((Month.containing(one.starts).index, one.code) for one in own)
            if own[-1].code in wanted:
                found.counts_as[told[-1].code] = own[-1].code
    return found


@dataclass(frozen=True, slots=True)
class Home:
    """A commune lived in from a day until another, None: still."""

    code: str
    starts: date
    ends: date | None


def ended_whole(communes: Iterable[str], on: date) -> dict[str, list[Predecessor]]:
    """By their codes the ended places that passed whole, of those whose land came to the communes of that day."""
    found: dict[str, list[Predecessor]] = defaultdict(list)
    for one in list_predecessors(communes, on):
        if one.part == "whole":
            found[one.code].append(one)
    return found


def followed(home: Home, ended: Mapping[str, Sequence[Predecessor]]) -> Iterator[Home]:
    """The home, and those in the places that took its place over whole (as registry.follow_successors moves people)."""
    for one in ended.get(home.code, ()):
        heir_from = one.heir_from.first_day
        if one.starts_on <= home.starts < one.ended_on and home.starts < heir_from < (home.ends or date.max):
            yield Home(home.code, home.starts, heir_from)
            yield from followed(Home(one.heir_code, heir_from, home.ends), ended)
            return
    yield home


def openings_of(person_ids: Sequence[int]) -> dict[int, int]:
    """By decision, the index of the first month this system pays by it."""
    rows = sql.rows("payroll/list_openings", {"person_ids": list(person_ids)})
    return {row["grant_id"]: Month.containing(row["opening_month"]).index for row in rows}


def listed_before(person_ids: Sequence[int], month: Month) -> dict[int, Dues]:
    """What approved lists before the month gave each person, for the months its list compares."""
    asked = {"person_ids": list(person_ids), "month": month.first_day, "horizon": horizon_ahead(month).first_day}
    found: dict[int, Dues] = {}
    for row in sql.rows("payroll/sum_listed_before", asked):
        of_month = found.setdefault(row["person_id"], {}).setdefault(
            Month.containing(row["entitlement_month"]).index, {}
        )
        of_month[row["benefit"], row["for_person_id"]] = row["amount_dong"]
    return found


def dues_of(
    spans: Iterable[SupposedSpan],
    openings: Mapping[int, int],
    homes: Homes,
    base: Callable[[str, int, str], int | None],
    *,
    first: Month,
    last: Month,
) -> Dues:
    """What spans owe for each month from `first` to `last`, in đồng; `base`: by commune, month and regime."""
    found: Dues = {}
    for span in spans:
        begins = max(span.starts, openings[span.grant_id], first.index)
        ends = last.index + 1 if span.ends is None else min(span.ends, last.index + 1)
        at = 0
        for month in range(begins, ends):
            while at + 1 < len(homes) and homes[at + 1][0] <= month:
                at += 1
            standard = base(homes[at][1], month, span.regime)
            if standard is not None:
                amount = int(span.coefficient * standard) - span.deducted_dong
                found.setdefault(month, {})[span.benefit, span.for_person_id] = amount
    return found
