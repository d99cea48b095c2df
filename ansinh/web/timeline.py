"""A person's story in one line of time: what was told, what was decided, what was listed and paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.entitlement.queries import Span, list_spans_known
from ansinh.payout.queries import list_orders
from ansinh.payout.types import OrderFilter, ShownOrder
from ansinh.payroll.queries import PersonMonth, list_person_months
from ansinh.registry.queries import (
    ChangeCard,
    GrantStanding,
    KnownThen,
    changes_told,
    get_person_as_known,
    listed_kind,
    must_reach_person,
    standings_of,
)
from ansinh.web.change_words import category_name, changed_name, told_of
from ansinh.web.templatetags.office import said


@dataclass(frozen=True, slots=True)
class Entry:
    """One point of the story. `look`: change, undone, grant, month. What only deciders may read is empty for others."""

    on: date
    look: str
    title: str
    told: str = ""
    change: ChangeCard | None = None
    undone_by: ChangeCard | None = None
    grant: GrantStanding | None = None
    month: PersonMonth | None = None
    orders: tuple[ShownOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryKnown:
    """What the register said at a moment: the person, the spans that stood then, what had been told."""

    then: KnownThen
    spans: tuple[tuple[Span, str], ...]
    entries: tuple[Entry, ...]


def story_of(person_id: int, *, by: Actor) -> list[Entry]:
    """Everything, the latest first; refuses (NoSuchPerson) out of area."""
    must_reach_person(person_id, by=by)
    cards, told = changes_told(person_id)
    grants = standings_of(person_id, told=told)
    by_change = {card.facts["grant_id"] for card in cards if card.kind == "record_grant"}
    entries = changes_of(cards, grants, by)
    entries += [_granted(one, by) for one in grants if one.grant_id not in by_change]
    entries += _months(person_id, by)
    return sorted(entries, key=lambda entry: entry.on, reverse=True)


def story_known_on(person_id: int, known_by: datetime, *, by: Actor) -> StoryKnown:
    """What was known at that moment, whatever was learnt since; refuses (NoSuchPerson) out of area."""
    must_reach_person(person_id, by=by)
    cards, told = changes_told(person_id)
    known = [card for card in cards if card.recorded_at <= known_by]
    entries = changes_of(known, standings_of(person_id, told=told), by)
    return StoryKnown(
        then=get_person_as_known(person_id, known_by=known_by, by=by),
        spans=tuple((span, category_name(span.benefit)) for span in list_spans_known(person_id, known_by=known_by)),
        entries=tuple(sorted(entries, key=lambda entry: entry.on, reverse=True)),
    )


def changes_of(cards: Sequence[ChangeCard], grants: Iterable[GrantStanding], by: Actor) -> list[Entry]:
    """What was told of somebody, the last told first."""
    names: Mapping[int, str] = {one.grant_id: category_name(one.category) for one in grants}
    undoing = {card.undoes: card for card in cards if card.undoes is not None}
    sees = by.sees_categories
    return [
        Entry(
            on=card.effective_on,
            look="undone" if card.change_id in undoing else "change",
            title=changed_name(card.kind) if sees else said(listed_kind(card.kind), "listed"),
            told=told_of(card, names) if sees else "",
            change=card,
            undone_by=undoing.get(card.change_id),
        )
        for card in cards
        if card.undoes is None
    ]


def _granted(grant: GrantStanding, by: Actor) -> Entry:
    title = changed_name("record_grant")
    told = category_name(grant.category) if by.sees_categories else ""
    return Entry(on=grant.decided_on or grant.starts.first_day, look="grant", title=title, told=told, grant=grant)


def _months(person_id: int, by: Actor) -> list[Entry]:
    orders: dict[int, list[ShownOrder]] = defaultdict(list)
    for order in list_orders(by=by, wanted=OrderFilter(person_id=person_id)).orders:
        orders[order.run_id].append(order)
    return [
        Entry(on=one.month.first_day, look="month", title="", month=one, orders=tuple(orders[one.run_id]))
        for one in list_person_months(person_id, by=by)
    ]
