"""What a change would do to somebody's months and to the next list: recorded and decided, then taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ansinh.access.types import Actor
from ansinh.entitlement.queries import OwedTo, decide_people, spans_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.horizon import horizon_ahead
from ansinh.payroll.models import RosterEntry, Run
from ansinh.payroll.one_person import Key, Share, Standards, homes_on, listed, next_list, owed
from ansinh.platform.audit import gathered
from ansinh.registry.queries import get_person, list_concerned, list_grant_standings
from ansinh.registry.queries.people import NoSuchPerson
from ansinh.registry.types import ChangeRecorded


@dataclass(frozen=True, slots=True)
class MonthsMoved:
    """Months [starts, last] whose shares become others; `goes_on`: the later months too, as far as is known."""

    starts: Month
    last: Month
    goes_on: bool
    before: tuple[Share, ...]
    after: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class NextLines:
    """Lines of one kind in the next list: for which months, how many, how much in all (a recovery is negative)."""

    kind: str
    first: Month
    last: Month
    count: int
    total_dong: Dong


@dataclass(frozen=True, slots=True)
class OneOffSum:
    """A sum owed once, because of the change."""

    amount: Dong
    reason: str
    article: str


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """What becomes of one person. `in_hand`: the run already under way that has them, as it stands."""

    person_id: int
    full_name: str
    list_month: Month
    in_hand: Run | None
    moved: tuple[MonthsMoved, ...]
    lines: tuple[NextLines, ...]
    lines_without: tuple[NextLines, ...]
    because: tuple[str, ...]
    once: tuple[OneOffSum, ...]

    @property
    def total_dong(self) -> Dong:
        """The sum of their lines in the next list."""
        return Dong(sum(one.total_dong.value for one in self.lines))

    @property
    def total_without_dong(self) -> Dong:
        """The same if nothing were recorded."""
        return Dong(sum(one.total_dong.value for one in self.lines_without))

    @property
    def is_moved(self) -> bool:
        """Whether anything of theirs becomes another."""
        return bool(self.moved or self.once or self.lines != self.lines_without)


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """The person first, then whoever is paid for caring for them; those of other areas are counted only."""

    effective_month: Month
    people: tuple[PersonEffect, ...]
    others: int


@dataclass(frozen=True, slots=True)
class _Case:
    """One person at one state of the register."""

    full_name: str
    openings: Mapping[int, Month]
    standards: Standards
    owed_to: OwedTo


def preview_change(
    record: Callable[[], ChangeRecorded], *, person_ids: tuple[int, ...], by: Actor, at: datetime
) -> ChangePreview:
    """What `record` would do to these people and their carers; nothing of it remains.

    `record` runs whole, refusals and all, in a transaction that is rolled back; until then the people are locked.
    """
    before = _cases(person_ids, by, at)
    with transaction.atomic(), gathered():
        told = record()
        after = _cases(person_ids, by, at)
        transaction.set_rollback(True)
    month = Month.containing(told.effective_on)
    own = dict.fromkeys([*person_ids, *before[0], *after[0]])
    people = [_effect(one, before[0].get(one), after[0].get(one), month) for one in own]
    shown = tuple(one for one in people if one is not None and (one.person_id in person_ids or one.is_moved))
    return ChangePreview(month, shown, max(before[1], after[1]))


def _cases(person_ids: Iterable[int], by: Actor, at: datetime) -> tuple[dict[int, _Case], int]:
    """The people and their carers, with how many of them lie outside the actor's areas."""
    found: dict[int, _Case] = {}
    outside = 0
    for person_id in dict.fromkeys(one for asked in person_ids for one in list_concerned(asked)):
        try:
            found[person_id] = _case(person_id, by, at)
        except NoSuchPerson:
            outside += 1
    return found, outside


def _case(person_id: int, by: Actor, at: datetime) -> _Case:
    card = get_person(person_id, by=by)
    openings = {one.grant_id: one.opening_month for one in list_grant_standings(person_id, by=by)}
    month = next_list(card.residences, openings, at=at)
    standards = Standards(homes_on(card.residences, month.first_day), month)
    # Decided for the place that has theirs now, were it joined to another since.
    areas = {card.residences[-1].commune_code: standards.path_in(standards.homes[-1].code, month)}
    decided = decide_people([person_id], areas=areas, law=standards.law)
    return _Case(card.full_name, openings, standards, decided[person_id])


def _effect(person_id: int, before: _Case | None, after: _Case | None, month: Month) -> PersonEffect | None:
    case = after or before
    if case is None:
        return None
    list_month = case.standards.list_month
    first, last = horizon_ahead(list_month), max(list_month, month + 1)
    shares = [_owed(one, first, last) for one in (before, after)]
    in_hand = _in_hand(person_id)
    given = _with_amounts(listed(person_id, first=first, in_hand=in_hand), case.standards)
    if in_hand is not None and in_hand.computed_at is None:
        # It will list by the spans that stand.
        due = owed(spans_of(person_id), case.openings, case.standards, first=first, last=in_hand.month)
        given = {key: share.amount for key, share in due.items()}
    return PersonEffect(
        person_id=person_id,
        full_name=case.full_name,
        list_month=list_month,
        in_hand=in_hand,
        moved=_moved(*shares, last=last),
        lines=_next_lines(shares[1], given, list_month),
        lines_without=_next_lines(shares[0], given, list_month),
        because=_because(before, after),
        once=_once(before, after),
    )


def _with_amounts(given: Mapping[Key, Dong], standards: Standards) -> dict[Key, Dong]:
    """What was listed, but for merit allowances of months without a published table: those stand as they are."""
    merit = {one.code for one in standards.law.pack.categories if one.kind == "merit"}
    return {
        key: dong
        for key, dong in given.items()
        if key.benefit not in merit or standards.amount(key.benefit, key.month) is not None
    }


def _owed(case: _Case | None, first: Month, last: Month) -> dict[Key, Share]:
    if case is None:
        return {}
    return owed(case.owed_to.spans, case.openings, case.standards, first=first, last=last)


def _in_hand(person_id: int) -> Run | None:
    """The run under way that froze the person: its list stays as it is unless it is given up and opened again."""
    rows = RosterEntry.objects.filter(person_id=person_id).exclude(run__state__in=("APPROVED", "CANCELLED"))
    entry = rows.select_related("run").order_by("-month").first()
    return None if entry is None else entry.run


def _moved(before: dict[Key, Share], after: dict[Key, Share], *, last: Month) -> tuple[MonthsMoved, ...]:
    """The months with other shares than before, joined while they are alike."""
    found: list[MonthsMoved] = []
    for month in sorted({key.month for key in (*before, *after)}):
        was, becomes = (
            tuple(share for key, share in sorted(shares.items()) if key.month == month) for shares in (before, after)
        )
        if was == becomes:
            continue
        goes_on = month == last
        joins = found and found[-1].last + 1 == month and (found[-1].before, found[-1].after) == (was, becomes)
        starts = found.pop().starts if joins else month
        found.append(MonthsMoved(starts, month, goes_on, was, becomes))
    return tuple(found)


def _next_lines(due: dict[Key, Share], given: Mapping[Key, Dong], month: Month) -> tuple[NextLines, ...]:
    """Due minus listed up to the list's month, by kind."""
    of_kind: dict[str, list[tuple[Month, Dong]]] = {}
    for key in sorted({*due, *given}):
        owed_now = due[key].amount if key in due else Dong(0)
        difference = owed_now - given.get(key, Dong(0))
        if difference and key.month <= month:
            kind = "recovery" if difference < Dong(0) else "regular" if key.month == month else "arrears"
            of_kind.setdefault(kind, []).append((key.month, difference))
    return tuple(
        NextLines(kind, lines[0][0], lines[-1][0], len(lines), Dong(sum(amount.value for _, amount in lines)))
        for kind in ("regular", "arrears", "recovery")
        if (lines := of_kind.get(kind))
    )


def _because(before: _Case | None, after: _Case | None) -> tuple[str, ...]:
    """The law's words for what is new: why something is owed at its coefficient, or no longer."""
    was, now = ({} if case is None else _grounds(case.owed_to) for case in (before, after))
    return tuple(dict.fromkeys(said for key, said in now.items() if key not in was))


def _grounds(found_to: OwedTo) -> dict[tuple[object, ...], str]:
    found: dict[tuple[object, ...], str] = {}
    for one in found_to.spans:
        key = one.benefit, one.coefficient, one.starts, one.for_person_id
        found[key] = f"{one.reason} ({one.article})"
    for gone in found_to.lost:
        found[gone.benefit, gone.because, gone.starts, gone.for_person] = gone.text
    return found


def _once(before: _Case | None, after: _Case | None) -> tuple[OneOffSum, ...]:
    """Sums owed once that were not owed before."""
    if after is None:
        return ()
    known = set(before.owed_to.one_off) if before is not None else set()
    found = []
    for one in after.owed_to.one_off:
        standard = after.standards.amount(one.regime, one.base_month)
        if one not in known and standard is not None:
            found.append(OneOffSum(standard.times(one.multiplier), one.reason, one.article))
    return tuple(found)
