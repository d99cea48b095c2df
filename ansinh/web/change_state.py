"""What is known of a person when a change is to be recorded: what forms are filled in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.policy.types import Insurance, Spell
from ansinh.registry.queries import GrantStanding, KnownThen, get_person, get_person_as_known, list_grant_standings
from ansinh.registry.types import PersonCard


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A fact as it stands: the key forms use, the law's value (None: it does not hold), since which month."""

    key: str
    value: Any
    since: Month | None


@dataclass(frozen=True, slots=True)
class State:
    """The person, their decisions and facts, on a day, as the actor may see them."""

    card: PersonCard
    grants: tuple[GrantStanding, ...]
    known: KnownThen
    today: date
    by: Actor

    @property
    def person_id(self) -> int:
        """Whose it is."""
        return self.card.person_id

    @property
    def running(self) -> tuple[GrantStanding, ...]:
        """Decisions that grant something now or later and may be stopped."""
        month = Month.containing(self.today)
        return tuple(one for one in self.grants if one.runs_in(month) or one.suspended_since is not None)

    def value_of(self, fact: str) -> KnownValue | None:
        """A fact's latest value; None where it was never told."""
        spells: tuple[Spell[Any], ...] | None = getattr(self.known.facts, fact)
        if spells is None:
            return None
        told = [one for one in spells if one.value is not None]
        if not told or told[-1].ends is not None:
            return KnownValue("none", None, told[-1].ends if told else spells[0].ends if spells else None)
        last = told[-1]
        key = last.value.kind if isinstance(last.value, Insurance) else last.value
        return KnownValue(key if isinstance(key, str) else "yes", last.value, last.starts)


def state_of(person_id: int, *, by: Actor, at: datetime, today: date) -> State:
    """What is known now; refuses (NoSuchPerson) out of area."""
    return State(
        card=get_person(person_id, by=by),
        grants=list_grant_standings(person_id, by=by),
        known=get_person_as_known(person_id, known_by=at, by=by),
        today=today,
        by=by,
    )
