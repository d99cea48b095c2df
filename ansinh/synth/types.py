"""Records of inventing people: what is asked for, and one commune's share of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ansinh.kernel.month import Month

# Since when there are today's communes (Luật 72/2025/QH15).
COMMUNES_BEGAN = Month.of(2025, 7)
# Days before the opening month by which every decision in force then was signed.
_DECIDED_BEFORE = 40
_MONTHS_OF_HISTORY = 12


@dataclass(frozen=True, slots=True)
class Setting:
    """What every invented person follows from, beside their number."""

    seed: int
    # The first month paid here.
    month: Month
    at: datetime
    # People invented in all: second decisions take ids above it.
    people: int

    @property
    def last_decision(self) -> date:
        return self.month.first_day - timedelta(days=_DECIDED_BEFORE)

    @property
    def first_month(self) -> Month:
        """From which month homes are known: a year before, but not before today's communes began."""
        return max(self.month + -_MONTHS_OF_HISTORY, COMMUNES_BEGAN)


@dataclass(frozen=True, slots=True)
class CommuneShare:
    """One commune: how many people, the id of the first, where the others of its province and of the country move."""

    code: str
    province: str
    is_ward: bool
    people: int
    first_id: int
    # The place of the first among the province's people: what keeps citizen numbers apart.
    first_in_province: int
    near: tuple[str, ...]
    far: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleInvented:
    """What was made."""

    people: int
    rows: int
    communes: int
