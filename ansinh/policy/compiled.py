"""The pack under one choice of settings, prepared for the engine: clauses and levels by category, months of change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import ansinh.policy.conditions  # noqa: F401 - importing it fills the register of clauses
from ansinh.kernel.month import Month
from ansinh.policy.clauses import MERIT, REGISTER, Condition
from ansinh.policy.pack_model import Category, Clause, Level, Pack

FIRST_MONTH = Month.of(2015, 1).index
# Ages of children that change what a parent is owed: 36 months, 16 years, the students' cap.
CHILD_AGES = (36, 192, 264, 276)


@dataclass(frozen=True, slots=True)
class ActiveClause:
    """A clause for entitlement months [since, until)."""

    since: int
    until: int | None
    condition: Condition
    clause: Clause


@dataclass(frozen=True, slots=True)
class Band:
    """A coefficient with its bounds in months of age and in children."""

    level: Level
    low: int
    high: int | None
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class LevelSet:
    """The bands of one category from one month on."""

    starts: int
    bands: tuple[Band, ...]
    by_age: bool
    by_count: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A category with those a grant of it can pass into; the ages (months since birth) and the months of the law where
    anything changes for it."""

    members: tuple[Category, ...]
    age_changes: tuple[int, ...]
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All the engine needs of one pack; made once per pack and set of levels not taken."""

    pack: Pack
    clauses: Mapping[str, tuple[ActiveClause, ...]]
    levels: Mapping[str, tuple[LevelSet, ...]]
    families: Mapping[str, Family]
    amount_months: tuple[int, ...]
    new_law_month: int
    levels_not_taken: frozenset[str]
    standards: dict[tuple[str, int, tuple[str, ...]], int]

    def standard(self, regime: str, month: int, areas: tuple[str, ...]) -> int:
        """The standard amount in đồng, remembered."""
        key = (regime, month, areas)
        found = self.standards.get(key)
        if found is None:
            found = self.pack.standard_amount(regime, Month(month), areas, self.levels_not_taken).dong.value
            self.standards[key] = found
        return found

    def merit_amount(self, category: str, month: int) -> int:
        """The đồng of a merit category, while its new table is missing those of the last one: no later one is lower."""
        found = self.pack.find_amount(category, Month(month), (), self.levels_not_taken)
        return self.pack.merit.last_amount(category, Month(month)) if found is None else found.dong.value

    def clause_at(self, category: str, month: int) -> ActiveClause | None:
        for active in self.clauses[category]:
            if active.since <= month and (active.until is None or month < active.until):
                return active
        return None

    def levels_at(self, category: str, month: int) -> LevelSet | None:
        found = None
        for levels in self.levels[category]:
            if levels.starts > month:
                break
            found = levels
        return found


@lru_cache(maxsize=64)
def rules_of(pack: Pack, levels_not_taken: frozenset[str] = frozenset()) -> Rules:
    """The pack prepared for the engine, remembered."""
    down_later = 1 if pack.settings.downward_band_month == "month_after" else 0
    clauses: dict[str, list[ActiveClause]] = {code: [] for code in pack.categories_by_code}
    ages: dict[str, set[int]] = {code: set() for code in pack.categories_by_code}
    honoured = [code for code, category in pack.categories_by_code.items() if category.kind == MERIT]
    for entry in REGISTER:
        for code in honoured if entry.category == MERIT else [entry.category]:
            clause = pack.category(code).clauses[entry.law]
            clauses[code].append(ActiveClause(entry.since, entry.until, entry.condition, clause))
            ages[code] |= {12 * age for age in entry.from_ages} | {12 * age + 1 for age in entry.to_ages}
    levels = {
        code: _level_sets(category, levels_not_taken, down_later) for code, category in pack.categories_by_code.items()
    }
    for code, sets in levels.items():
        ages[code] |= {edge for found in sets for band in found.bands for edge in (band.low, band.high) if edge}
    months = {
        code: {month for active in clauses[code] for month in (active.since, active.until) if month}
        | {found.starts for found in levels[code]}
        for code in clauses
    }
    amounts = {row.starts.index for rows in pack.amounts.values() for row in rows}
    amounts |= {m.index for rows in pack.provincial.values() for row in rows for m in (row.starts, row.ends) if m}
    return Rules(
        pack=pack,
        clauses={code: tuple(sorted(found, key=lambda active: active.since)) for code, found in clauses.items()},
        levels=levels,
        families={c: _family(pack, category, ages, months) for c, category in pack.categories_by_code.items()},
        amount_months=tuple(sorted(amounts)),
        new_law_month=Month.containing(pack.laws["nd335"].in_force).index,
        levels_not_taken=levels_not_taken,
        standards={},
    )


def _family(pack: Pack, category: Category, ages: Mapping[str, set[int]], months: Mapping[str, set[int]]) -> Family:
    members = (category, *(pack.category(successor.category) for successor in category.successors))
    changes = {edge for member in members for edge in ages[member.code]}
    fixed = {month for member in members for month in months[member.code]}
    return Family(members, tuple(sorted(changes)), tuple(sorted(fixed)))


def _level_sets(category: Category, levels_not_taken: frozenset[str], down_later: int) -> tuple[LevelSet, ...]:
    rows = [row for row in category.levels if row.law not in levels_not_taken]
    sets = []
    for starts in sorted({row.starts for row in rows}):
        bands = sorted((row for row in rows if row.starts == starts), key=lambda row: row.from_age or 0)
        shift = [
            down_later if index and bands[index].value < bands[index - 1].value else 0 for index in range(len(bands))
        ]
        shift.append(0)
        found = tuple(
            Band(
                level=row,
                low=12 * row.from_age + shift[index] if row.from_age else 0,
                high=None if row.under_age is None else 12 * row.under_age + shift[index + 1],
                least=row.from_count or 0,
                most=row.under_count,
            )
            for index, row in enumerate(bands)
        )
        by_age = any(row.from_age or row.under_age for row in bands)
        sets.append(LevelSet(starts, found, by_age, any(row.from_count for row in bands)))
    return tuple(sets)


def coefficient_of(band: Band, count: int) -> Decimal:
    """The band's coefficient, per child where the law counts each."""
    return band.level.value * count if band.level.each else band.level.value


def band_for(levels: LevelSet, age_months: int | None, count: int, decided: Decimal | None) -> Band:
    """The band of an age (months from the month of birth) and a count of children.

    With the age unknown: the band whose coefficient the decision named, else the lowest.
    """
    if age_months is None and levels.by_age:
        for band in levels.bands:
            if decided is not None and band.level.value == decided:
                return band
        return min(levels.bands, key=lambda band: band.level.value)
    for band in levels.bands:
        if levels.by_age and age_months is not None:
            if band.low <= age_months and (band.high is None or age_months < band.high):
                return band
        elif band.least <= count and (band.most is None or count < band.most):
            return band
    return levels.bands[0]
