"""Bring what people are owed up to date between two months' lists: of a place, or of many by several processes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from ansinh.access.types import Actor
from ansinh.entitlement.actions import recompute_spans
from ansinh.entitlement.queries import Law, count_stale_by_commune
from ansinh.kernel.month import Month
from ansinh.payroll.laws import LawBook, law_at
from ansinh.places.queries import list_commune_codes, path_of
from ansinh.platform.action import action
from ansinh.platform.cancelling import Progress
from ansinh.platform.processes import run_in_processes

# People one process decides in one transaction: killed, so many are decided again.
_PART = 10_000
# Fewer are decided sooner here than processes are started.
_FEW = 4_000


@dataclass(frozen=True, slots=True)
class SpansRefreshed:
    """How many people's spans were decided anew."""

    people: int


@action(permission="payroll.refresh_spans", name="Xác định lại mức hưởng")
def refresh_spans(*, place_code: str, month: Month, by: Actor, at: datetime) -> SpansRefreshed:
    """Decide anew for everybody whose facts moved, by the levels the place lists by in that month, as opening would.

    With nothing moved it writes nothing. Refuses a place outside the actor's areas (OutOfArea).
    """
    path = path_of(place_code, month.first_day)
    by.must_reach(path)
    communes = list_commune_codes(place_code, month.first_day)
    done = recompute_spans(commune_codes=communes, month=month, law=law_at(path, month), by=by, at=at)
    return SpansRefreshed(done.people)


def refresh_spans_in(
    place_codes: Sequence[str],
    *,
    month: Month,
    by: Actor,
    at: datetime,
    workers: int,
    progress: Progress | None = None,
) -> SpansRefreshed:
    """As `refresh_spans` for each of many places, by several processes; what is decided stays when one is broken off.

    Each part is an act of its own (entitlement.recompute_spans) with its entry in the trail; the next call does the
    rest. With nothing moved it writes nothing, its entries neither. Refuses as these acts do.
    """
    parts = list(_parts(place_codes, month))
    few = sum(part.people for part in parts) <= _FEW
    done = run_in_processes(
        [part.places for part in parts],
        partial(_refreshed, month=month, by=by, at=at),
        processes=1 if few else workers,
        sizes=[part.people for part in parts],
        progress=progress,
    )
    return SpansRefreshed(sum(done))


def _refreshed(place_codes: tuple[str, ...], *, month: Month, by: Actor, at: datetime) -> int:
    """One part, in a process of its own: these places list by one law."""
    law = law_at(path_of(place_codes[0], month.first_day), month)
    communes = tuple(code for place in place_codes for code in list_commune_codes(place, month.first_day))
    return recompute_spans(commune_codes=communes, month=month, law=law, by=by, at=at).people


@dataclass(slots=True)
class _Part:
    """Places of one law with how many of their people are to be decided."""

    places: tuple[str, ...] = ()
    people: int = 0


def _parts(place_codes: Sequence[str], month: Month) -> Iterator[_Part]:
    """The places where somebody's facts or law moved, so many together as one transaction is to decide."""
    book = LawBook()
    alike: dict[Law, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for code in place_codes:
        law = book.law(path_of(code, month.first_day), month)
        alike[law][code] = list_commune_codes(code, month.first_day)
    for law, communes in alike.items():
        yield from _gathered(communes, count_stale_by_commune(_all_of(communes), month, law=law))


def _all_of(communes: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [code for own in communes.values() for code in own]


def _gathered(communes: Mapping[str, tuple[str, ...]], stale: Mapping[str, int]) -> Iterator[_Part]:
    part = _Part()
    for place, own in communes.items():
        people = sum(stale.get(code, 0) for code in own)
        if people:
            part.places, part.people = (*part.places, place), part.people + people
        if part.people >= _PART:
            yield part
            part = _Part()
    if part.people:
        yield part
