"""Getting hold of somebody to record a change: in the actor's area, locked, once; and writing the change down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from ansinh.access.types import Actor
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.registry.models import Change, Grant, Person, Residence, changed
from ansinh.registry.reaching import reached_person
from ansinh.registry.rules import Changed, standing
from ansinh.registry.types import ChangeRecorded, Paper


class DayInFuture(Refusal):
    """Ngày {day} chưa tới (hôm nay là {today}), nên chưa ghi được. Hãy xem lại ngày."""


class DayBeforeBirth(Refusal):
    """Ngày {day} trước ngày sinh của {who} ({born}). Hãy xem lại ngày, hoặc đính chính ngày sinh trước."""


class ChangeAlreadyRecorded(Refusal):
    """Biến động này của {who} đã được ghi (số {change_id}). Không cần ghi lại; nếu ghi sai, hãy hoàn tác rồi ghi
    mới."""


class PersonMerged(Refusal):
    """{who} (số {person_id}) đã được gộp vào người số {into}. Hãy ghi biến động cho người đó."""


class PaperMissing(Refusal):
    """Biến động này phải có số và ngày quyết định. Hãy ghi cả hai."""


@dataclass(frozen=True, slots=True)
class Held:
    """A person locked for a change, and what was told of them before."""

    person: Person
    changes: tuple[Changed, ...]

    @property
    def counting(self) -> tuple[Changed, ...]:
        """The changes not undone."""
        return standing(self.changes)


def hold_person(person_id: int, *, by: Actor) -> Held:
    """The person, locked; refuses (NoSuchPerson) whoever was never of the actor's areas, and doubles (PersonMerged)."""
    hold_concerned(person_id)
    person = reached_person(person_id, by=by)
    if person.merged_into_id is not None:
        raise PersonMerged(who=person.full_name, person_id=person_id, into=person.merged_into_id)
    return Held(person, tuple(changed(row) for row in Change.objects.filter(person_id=person_id)))


def hold_grant(held: Held, grant_id: int) -> Grant:
    """A grant of the person; refuses (NoSuchGrant)."""
    grant = Grant.objects.filter(pk=grant_id, person=held.person).first()
    if grant is None:
        raise NoSuchGrant(grant_id=grant_id, who=held.person.full_name)
    return grant


class NoSuchGrant(Refusal):
    """{who} không có quyết định hưởng số {grant_id} trong sổ. Hãy mở lại trang của người này và chọn quyết định."""


def write_change(
    held: Held,
    kind: str,
    effective_on: date,
    facts: Mapping[str, Any],
    *,
    paper: Paper,
    by: Actor,
    at: datetime,
    undoes: int | None = None,
) -> ChangeRecorded:
    """Write the change down; the spans of the person, and of whoever cares for them, are looked at again.

    Refuses one that already stands (ChangeAlreadyRecorded) and a day before the birth (DayBeforeBirth).
    """
    person = held.person
    if effective_on < person.born_on:
        raise DayBeforeBirth(day=f"{effective_on:%d/%m/%Y}", who=person.full_name, born=f"{person.born_on:%d/%m/%Y}")
    for one in held.counting:
        if undoes is None and (one.kind, one.effective_on, dict(one.facts)) == (kind, effective_on, dict(facts)):
            raise ChangeAlreadyRecorded(who=person.full_name, change_id=one.id)
    change = Change.objects.create(
        person=person,
        kind=kind,
        effective_on=effective_on,
        facts=dict(facts),
        decision_no=paper.decision_no.strip(),
        decided_on=paper.decided_on,
        evidence=paper.evidence.strip(),
        reason=paper.reason.strip(),
        undoes_id=undoes,
        recorded_at=at,
        recorded_by=by.user_id,
    )
    look_again(person.pk)
    return ChangeRecorded(change.pk, person.pk, kind, effective_on)


def look_again(person_id: int) -> None:
    """Spans of the person, of whoever is paid for caring for them, and of who cares for the same people as they."""
    Person.objects.filter(pk__in=_concerned([person_id])).update(facts_version=F("facts_version") + 1)


def hold_concerned(*person_ids: int) -> None:
    """Lock these people and all whose spans are looked at again with theirs, in the order of their ids.

    Everybody who locks several people does it in that order, a month being opened too: nobody then waits in a circle.
    """
    # Not their keys: lists may go on pointing to them, so that no list waits for an officer.
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=_concerned(person_ids)).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _concerned(person_ids: Sequence[int]) -> set[int]:
    cared_for = Grant.objects.filter(person_id__in=person_ids, cared_for__isnull=False).values("cared_for_id")
    concerned = Q(pk__in=person_ids) | Q(grants__cared_for_id__in=person_ids) | Q(grants__cared_for_id__in=cared_for)
    return set(Person.objects.filter(concerned).values_list("pk", flat=True))


def must_be_past(day: date, at: datetime) -> None:
    """Refuses (DayInFuture) a day that has not come."""
    today = at.astimezone(LEGAL_DAYS).date()
    if day > today:
        raise DayInFuture(day=f"{day:%d/%m/%Y}", today=f"{today:%d/%m/%Y}")


def must_have_paper(paper: Paper) -> None:
    """Refuses (PaperMissing) a decision without its number and day."""
    if not paper.decision_no.strip() or paper.decided_on is None:
        raise PaperMissing()


def home_in(person_id: int, month: Month) -> Residence | None:
    """Where the person belongs in the month, locked."""
    covering = Q(ends__isnull=True) | Q(ends__gt=month)
    return Residence.objects.select_for_update().filter(covering, person_id=person_id, starts__lte=month).first()
