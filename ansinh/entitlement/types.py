"""Records entitlement hands out: turns, the months in which what somebody is owed becomes something else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import Asked, Happening


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed each month beside a turn: benefit, coefficient, what is deducted, by which article."""

    grant_id: int
    benefit: str
    regime: str
    coefficient: Decimal
    deducted: Dong
    article: str

    @property
    def worth(self) -> tuple[str, Decimal, Dong]:
        """All that makes the money: two sides of a turn differ in it."""
        return (self.benefit, self.coefficient, self.deducted)


@dataclass(frozen=True, slots=True)
class DecisionFound:
    """The decision already recorded for a turn. `kind`: the change's kind, or "grant" for the decision itself."""

    kind: str
    decision_no: str
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class Turn:
    """From `month` on somebody is owed something else than the month before, by the spans as known now.

    `before` None: nothing was owed by that decision; `after` None: nothing is any more. `happenings`: what makes the
    month differ, birthdays first. `decision` None: nobody has recorded a decision about it.
    """

    person_id: int
    full_name: str
    sort_key: str
    birth: BirthDate
    commune_code: str
    hamlet: str
    month: Month
    before: Owed | None
    after: Owed | None
    happenings: tuple[Happening, ...]
    decision: DecisionFound | None

    @property
    def asks(self) -> Asked:
        """The decision the turn asks for: start, adjust, switch (another benefit) or stop."""
        if self.before is None:
            return "start"
        if self.after is None:
            return "stop"
        return "adjust" if self.before.benefit == self.after.benefit else "switch"
