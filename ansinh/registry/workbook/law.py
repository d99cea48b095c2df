"""The law's own answers in the shape the checks ask for them. No number of the law stands here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.policy import Pack, expected_coefficient, possible_coefficients, why_not
from ansinh.policy.types import PersonFacts

# Ages tried to find a category's bounds; no bound of the law lies higher.
_AGES = range(121)


class PackLaw:
    """The LawView of a pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._by_code = {category.code: category for category in pack.categories}
        self.coefficients = lru_cache(maxsize=512)(self._coefficients)
        self.coefficients_for = lru_cache(maxsize=65_536)(self._coefficients_for)
        self.age_span = lru_cache(maxsize=512)(self._age_span)

    def regime(self, category: str) -> str | None:
        """The regime whose base pays this category (of a merit allowance its own code), None for an unknown code."""
        known = self._by_code.get(category)
        return known.amount_key if known else None

    def _coefficients(self, category: str, month: Month) -> frozenset[Decimal]:
        known = self._by_code.get(category)
        if known is None or (known.until is not None and month >= known.until):
            return frozenset()
        return possible_coefficients(category, month, pack=self._pack)

    def _coefficients_for(
        self, category: str, month: Month, *, born: BirthDate, children: int | None
    ) -> frozenset[Decimal]:
        possible = self.coefficients(category, month)
        # A carer's coefficient hangs on who is cared for, a parent's on the children: neither is in the parent's age.
        if len(possible) < 2 or self._by_code[category].is_carer:
            return possible
        expected = expected_coefficient(category, born.first_day, month, children, pack=self._pack)
        return possible if expected is None else frozenset((expected,))

    def all_coefficients(self, month: Month) -> frozenset[Decimal]:
        """Every coefficient of any category in this month."""
        return frozenset[Decimal]().union(*(self.coefficients(code, month) for code in self._by_code))

    def _age_span(self, category: str, month: Month) -> tuple[int | None, int | None]:
        """Found by asking the law about people of every age of whom nothing else is known."""
        if self._by_code[category].is_carer:
            # The ages of the law are those of the cared-for person, who stands in another row.
            return None, None
        before = month.first_day.replace(day=1)
        birthday = (before.month - 2) % 12 + 1
        year = before.year - (before.month == 1)
        taken = [
            age
            for age in _AGES
            if why_not(category, PersonFacts(born=date(year - age, birthday, 1)), month, pack=self._pack) is None
        ]
        if not taken:
            return None, None
        return taken[0] or None, taken[-1] + 1 if taken[-1] < _AGES[-1] else None

    def may_hold_both(self, one: str, other: str) -> bool:
        """A carer beside anything, and a single parent beside what the law lets stand beside it."""
        first, second = self._by_code.get(one), self._by_code.get(other)
        if first is None or second is None:
            return False
        if "merit" in (first.kind, second.kind):
            # What the law of assistance makes of a merit allowance is for the month's list to decide.
            return first is not second
        if first.is_carer or second.is_carer:
            return first is not second or first.code != "carer_disabled_parent"
        codes = {one, other}
        return "single_parent_poor" in codes and any(c.beside_single_parent for c in (first, second))
