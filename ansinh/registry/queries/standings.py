"""Decisions as they stand once all changes are told, and whose months a change of somebody can move."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.policy.types import Grant as DecidedGrant
from ansinh.registry.models import Change, Grant, Person, changed
from ansinh.registry.queries.people import must_reach_person
from ansinh.registry.rules import STOP, Changed, first_month_without, grants_after, standing, suspended_since


@dataclass(frozen=True, slots=True)
class GrantStanding:
    """One decision as it stands: `ends` is the first month no longer granted, by the decision or by what was told."""

    grant_id: int
    category: str
    decision_no: str
    decided_on: date | None
    starts: Month
    ends: Month | None
    opening_month: Month
    book_no: str
    coefficient: Decimal | None
    children: int | None
    cared_for_id: int | None
    cared_for_name: str
    suspended_since: Month | None
    is_stopped: bool
    is_undone: bool

    def runs_in(self, month: Month) -> bool:
        """Whether it grants anything in the month or later."""
        return not self.is_undone and (self.ends is None or self.ends > month)


def list_grant_standings(person_id: int, *, by: Actor) -> tuple[GrantStanding, ...]:
    """Every decision of a person, the newest first; refuses (NoSuchPerson) out of area."""
    must_reach_person(person_id, by=by)
    return standings_of(person_id)


def standings_of(person_id: int, *, told: Iterable[Changed] | None = None) -> tuple[GrantStanding, ...]:
    """The same of somebody whose card was opened with the actor's own reach; `told` where it was read already."""
    every = [changed(row) for row in Change.objects.filter(person_id=person_id)] if told is None else told
    counting = standing(every)
    rows = Grant.objects.filter(person_id=person_id).select_related("cared_for").order_by("-starts", "-pk")
    valid = [decided(row) for row in sorted(rows, key=lambda row: row.pk) if row.undone_at is None]
    lasts = {one.key: first_month_without(one) for one in grants_after(valid, counting)}
    stopped = {one.facts["grant_id"] for one in counting if one.kind == STOP}
    return tuple(
        GrantStanding(
            grant_id=row.pk,
            category=row.category,
            decision_no=row.decision_no,
            decided_on=row.decided_on,
            starts=row.starts,
            # One that is told to give nothing at all ends where it would have begun.
            ends=lasts.get(str(row.pk), row.starts),
            opening_month=row.opening_month,
            book_no=row.book_no,
            coefficient=row.coefficient,
            children=row.children,
            cared_for_id=row.cared_for_id,
            cared_for_name=row.cared_for.full_name if row.cared_for else row.cared_for_name,
            suspended_since=suspended_since(row.pk, counting),
            is_stopped=row.pk in stopped,
            is_undone=row.undone_at is not None,
        )
        for row in rows
    )


def decided(row: Grant) -> DecidedGrant:
    """A decision as the law is asked about it, before what was told since."""
    return DecidedGrant(
        key=str(row.pk),
        person=str(row.person_id),
        category=row.category,
        for_person=None if row.cared_for_id is None else str(row.cared_for_id),
        signed_on=row.decided_on,
        starts=row.starts,
        ends=row.ends,
        children=row.children,
        coefficient=row.coefficient,
    )


def list_concerned(person_id: int) -> dict[int, str]:
    """Whose months a change of the person can move, by id with their names: theirs first, then their carers' and of who
    cares for the same people as they.

    For callers that have asked for the person's reach themselves.
    """
    person = Person.objects.get(pk=person_id)
    caring = Grant.objects.filter(undone_at__isnull=True, cared_for__isnull=False)
    shared = caring.filter(person_id=person_id).values("cared_for_id")
    carers = caring.filter(Q(cared_for_id=person_id) | Q(cared_for_id__in=shared)).values("person_id")
    others = Person.objects.filter(pk__in=carers).exclude(pk=person_id)
    named = others.order_by("sort_key", "pk").values_list("pk", "full_name")
    return {person.pk: person.full_name, **dict(named)}
