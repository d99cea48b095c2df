"""What was told of a person, and what was known of them on an earlier day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from ansinh.access.queries import list_user_names
from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.refusal import Refusal
from ansinh.policy.types import Grant as DecidedGrant
from ansinh.policy.types import PersonFacts
from ansinh.registry.models import Change, Grant, changed
from ansinh.registry.queries.people import NoSuchPerson, get_person, must_reach_person
from ansinh.registry.queries.standings import decided
from ansinh.registry.rules import BIRTH, NAME, UNDO, Changed, facts_after, grants_after, paid_stretches, standing
from ansinh.registry.types import birth_of


class NoSuchChange(Refusal):
    """Không có biến động số {change_id} trong địa bàn của bạn, hoặc biến động đó đã được hoàn tác."""


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One change as told, with who told it and when, and whether it was taken back."""

    change_id: int
    kind: str
    effective_on: date
    facts: dict[str, Any]
    decision_no: str
    decided_on: date | None
    evidence: str
    reason: str
    recorded_at: datetime
    recorded_by: str
    undone: bool
    # The change this one takes back.
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class KnownThen:
    """A person as the register knew them at a moment: name, birth, facts, and decisions by the stretches they pay."""

    full_name: str
    birth: BirthDate
    facts: PersonFacts
    grants: tuple[DecidedGrant, ...]


def list_changes(person_id: int, *, by: Actor) -> tuple[ChangeCard, ...]:
    """Every change of a person in the order it was told, newest first; refuses (NoSuchPerson) out of area."""
    must_reach_person(person_id, by=by)
    return changes_told(person_id)[0]


def changes_told(person_id: int) -> tuple[tuple[ChangeCard, ...], tuple[Changed, ...]]:
    """The same of somebody whose card was opened with the actor's own reach, beside it as the rules read it."""
    rows = list(Change.objects.filter(person_id=person_id).order_by("-recorded_at", "-pk"))
    undone = {row.undoes_id for row in rows}
    names = list_user_names(row.recorded_by for row in rows) if rows else {}
    cards = tuple(
        ChangeCard(
            change_id=row.pk,
            kind=row.kind,
            effective_on=row.effective_on,
            facts=row.facts,
            decision_no=row.decision_no,
            decided_on=row.decided_on,
            evidence=row.evidence,
            reason=row.reason,
            recorded_at=row.recorded_at,
            recorded_by=names.get(row.recorded_by, ""),
            undone=row.pk in undone,
            undoes=row.undoes_id,
        )
        for row in rows
        if row.kind != UNDO or row.undoes_id is not None
    )
    return cards, tuple(changed(row) for row in rows)


def get_person_of_change(change_id: int, *, by: Actor) -> int:
    """The id of whom a change tells; refuses (NoSuchChange) one not there or out of area, in the same words."""
    person_id = Change.objects.filter(pk=change_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NoSuchChange(change_id=change_id)
    try:
        must_reach_person(person_id, by=by)
    except NoSuchPerson as elsewhere:
        raise NoSuchChange(change_id=change_id) from elsewhere
    return person_id


def get_person_as_known(person_id: int, *, known_by: datetime, by: Actor) -> KnownThen:
    """What the register said of a person at that moment, whatever was learnt since."""
    card = get_person(person_id, by=by)
    every = [changed(row) for row in Change.objects.filter(person_id=person_id).order_by("pk")]
    name, birth = card.full_name, card.birth
    for one in reversed(standing(every)):
        if one.recorded_at > known_by and one.kind == NAME:
            name = one.facts["was"]
        elif one.recorded_at > known_by and one.kind == BIRTH:
            birth = birth_of(date.fromisoformat(one.facts["was_born_on"]), one.facts["was_precision"])
    then = standing(every, known_by=known_by)
    standing_then = Q(undone_at__isnull=True) | Q(undone_at__gt=known_by)
    rows = Grant.objects.filter(standing_then, person_id=person_id, recorded_at__lte=known_by)
    facts = facts_after(PersonFacts(born=birth.first_day, born_precision=birth.precision), then)
    paid = tuple(part for told in grants_after([decided(row) for row in rows], then) for part in paid_stretches(told))
    return KnownThen(name, birth, facts, paid)
