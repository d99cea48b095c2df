"""What a merge of two entries moves from the double to the person kept, and how undoing it puts all of it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.types import Grant as Decided
from ansinh.registry.changing import Held, look_again
from ansinh.registry.models import Collector, Grant, Person, SealedNumber
from ansinh.registry.numbers import are_equal
from ansinh.registry.queries.circles import changes_of, grants_of
from ansinh.registry.rules import Changed, first_month_without, paid_stretches, suspended_since


class DoubleSuspended(Refusal):
    """Quyết định số {grant_id} của hồ sơ trùng (người số {person_id}) đang tạm dừng từ tháng {since}. Hãy ghi hưởng lại
    hoặc thôi hưởng quyết định đó trước, rồi gộp."""


def pass_to(person_id: int, double_id: int, month: Month, at: datetime) -> dict[str, Any]:
    """Move the double's decisions, numbers and collectors to the person kept; what was moved, as a change tells it.

    `ended`: the double's decisions with the end each had (None: open); `withdrawn`: those left without any month; the
    rest are ids of the rows moved or made. What was stopped stays so; refuses (DoubleSuspended) what waits to resume.
    """
    moved: dict[str, Any] = {"ended": {}, "withdrawn": [], "passed": []}
    kept = _running_last(grants_of(person_id))
    rows = Grant.objects.select_for_update().filter(person_id=double_id).in_bulk()
    changes = changes_of([double_id])[double_id]
    for told in grants_of(double_id):
        row, twin = rows[int(told.key)], kept.get((told.category, told.for_person))
        cut = month if twin is None or twin.starts is None else min(max(twin.starts, row.opening_month), month)
        until = first_month_without(told)
        if until is not None and until <= cut:
            continue
        since = suspended_since(row.pk, changes)
        if twin is None and since is not None:
            raise DoubleSuspended(grant_id=row.pk, person_id=double_id, since=since.vi)
        moved["passed"] += [
            _pass_over(row, person_id, starts, ends, at)
            for part in paid_stretches(told)
            for starts, ends in _shared(part, _left_to_double(twin, cut, month))
        ]
        _end_double(row, cut, moved, at)
    moved["numbers"] = _numbers_pass_over(person_id, double_id)
    moved["collectors"] = _collectors_pass_over(person_id, double_id)
    cared = Grant.objects.filter(cared_for_id=double_id)
    moved["cared_for"] = list(cared.order_by("pk").values_list("pk", flat=True))
    cared.update(cared_for_id=person_id)
    return moved


def _running_last(grants: Iterable[Decided]) -> dict[tuple[str, str | None], Decided]:
    """The person's decision of each category and cared-for person; of several the one that pays longest."""
    far = Month.of(9999, 1)
    ordered = sorted(grants, key=lambda told: first_month_without(told) or far)
    return {(told.category, told.for_person): told for told in ordered}


def _left_to_double(twin: Decided | None, cut: Month, month: Month) -> list[tuple[Month, Month | None]]:
    """The months of the double's decision that the person kept is to have by it: those no decision of theirs pays."""
    if twin is None or twin.starts is None:
        return [(month, None)]
    left: list[tuple[Month, Month | None]] = [(month, twin.starts)] if month < twin.starts else []
    ends = first_month_without(twin)
    return left if ends is None else [*left, (max(ends, cut), None)]


def _shared(part: Decided, windows: Iterable[tuple[Month, Month | None]]) -> Iterator[tuple[Month, Month | None]]:
    for since, until in windows:
        starts = since if part.starts is None else max(part.starts, since)
        ends = min((month for month in (part.ends, until) if month is not None), default=None)
        if ends is None or starts < ends:
            yield starts, ends


def put_back_merge(held: Held, found: Changed, at: datetime) -> None:
    """The double is an entry of its own again, with the decisions, numbers and collectors it had."""
    double_id, moved = found.facts["double"], found.facts["moved"]
    Grant.objects.filter(pk__in=moved["passed"]).update(undone_at=at)
    Grant.objects.filter(pk__in=moved.get("withdrawn", [])).update(undone_at=None)
    for grant_id, ends in moved["ended"].items():
        Grant.objects.filter(pk=int(grant_id)).update(ends=None if ends is None else Month.parse(ends))
    SealedNumber.objects.filter(pk__in=moved["numbers"]).update(person_id=double_id)
    Collector.objects.filter(pk__in=moved["collectors"]).update(person_id=double_id)
    Grant.objects.filter(pk__in=moved["cared_for"]).update(cared_for_id=double_id)
    Person.objects.filter(pk=double_id).update(merged_into_id=None)
    look_again(double_id)


def _end_double(grant: Grant, cut: Month, moved: dict[str, Any], at: datetime) -> None:
    """The double's decision ends where the person kept is paid instead, so that no month counts twice."""
    if cut <= grant.starts:
        moved["withdrawn"].append(grant.pk)
        grant.undone_at = at
    else:
        moved["ended"][str(grant.pk)] = None if grant.ends is None else str(grant.ends)
        grant.ends = cut if grant.ends is None else min(cut, grant.ends)
    grant.save(update_fields=["undone_at", "ends"])


def _pass_over(grant: Grant, person_id: int, starts: Month, ends: Month | None, at: datetime) -> int:
    """The decision goes on under the kept person, first paid there in that month; the new one's id."""
    return Grant.objects.create(
        person_id=person_id,
        category=grant.category,
        starts=starts,
        ends=ends,
        opening_month=max(starts, grant.opening_month),
        decision_no=grant.decision_no,
        decided_on=grant.decided_on,
        book_no=grant.book_no,
        coefficient=grant.coefficient,
        children=grant.children,
        cared_for_id=grant.cared_for_id,
        cared_for_name=grant.cared_for_name,
        recorded_at=at,
    ).pk


def _numbers_pass_over(person_id: int, double_id: int) -> list[int]:
    """Identity, phone and account numbers the kept person lacks."""
    held = list(_numbers_of(person_id))
    moved = []
    for number in _numbers_of(double_id):
        if not any(are_equal(number, one) for one in held):
            number.person_id = person_id
            number.save(update_fields=["person"])
            moved.append(number.pk)
    return moved


def _numbers_of(person_id: int) -> Any:
    return SealedNumber.objects.filter(person_id=person_id).order_by("pk")


def _collectors_pass_over(person_id: int, double_id: int) -> list[int]:
    """Who collects for the double, where the kept person has nobody."""
    if Collector.objects.filter(person_id=person_id).exists():
        return []
    theirs = Collector.objects.filter(person_id=double_id)
    moved = list(theirs.order_by("pk").values_list("pk", flat=True))
    theirs.update(person_id=person_id)
    return moved
