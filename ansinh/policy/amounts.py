"""Amounts of money in the law: standard amounts row by row, and the tables of merit allowances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy.types import StandardAmount

# Before an item's name, it makes the code of the category.
MERIT_PREFIX = "merit_"


@dataclass(frozen=True, slots=True)
class AmountRow:
    """A standard amount from a month (until a month, for provinces) and the area it is for (None: the nation)."""

    starts: Month
    dong: Dong
    law: str
    article: str
    confidence: str
    ends: Month | None = None
    area: str | None = None
    except_areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeritTable:
    """Merit allowances a month by item, in đồng, from the month the law's standard amount counts."""

    law: str
    article: str
    confidence: str
    starts: Month
    round_to: int
    amounts: Mapping[str, int]
    # Once a year for each martyr worshipped, in đồng; None: not known.
    worship_a_year: int | None = None


@dataclass(frozen=True, slots=True)
class Merit:
    """The tables in order, and the printed group of each item's category."""

    tables: tuple[MeritTable, ...]
    groups: Mapping[str, str]

    def last_amount(self, category: str, month: Month) -> int:
        """The latest đồng known for a category by that month, 0 before any: no later table is lower."""
        item = category.removeprefix(MERIT_PREFIX)
        known = [table.amounts[item] for table in self.tables if table.starts <= month and item in table.amounts]
        return known[-1] if known else 0

    def worship_a_year(self, month: Month, standards: Sequence[AmountRow]) -> StandardAmount | None:
        """What is given once a year for each martyr worshipped; None where the decree in force tells no level."""
        now = [row for row in standards if row.starts <= month]
        for table in self.tables if now else ():
            if table.law == now[-1].law and table.worship_a_year is not None:
                return StandardAmount(Dong(table.worship_a_year), table.law, table.article)
        return None

    def amount(
        self, category: str, month: Month, standards: Sequence[AmountRow], scaled: bool
    ) -> StandardAmount | None:
        """The amount of a category in a month under the merit standard amounts; None where no table tells it.

        `scaled`: of a standard amount without a table, the last one raised in proportion and rounded as it says.
        """
        item = category.removeprefix(MERIT_PREFIX)
        now = [row for row in standards if row.starts <= month]
        known = [table for table in self.tables if now and table.starts <= now[-1].starts]
        if not known or item not in known[-1].amounts:
            return None
        table, base = known[-1], now[-1]
        if table.law == base.law:
            return StandardAmount(Dong(table.amounts[item]), table.law, table.article)
        before = [row for row in standards if row.law == table.law]
        if not scaled or not before:
            return None
        # Half a unit is rounded up, in whole numbers.
        unit, old = table.round_to, before[-1].dong.value
        raised = (2 * table.amounts[item] * base.dong.value + unit * old) // (2 * unit * old) * unit
        return StandardAmount(Dong(raised), base.law, base.article)
