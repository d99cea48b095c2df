"""What a merge of two entries moves from the double to the person kept, and how undoing it puts all of it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansinh.kernel.month import Month
from ansinh.registry.changing import Held, look_again
from ansinh.registry.models import Collector, Grant, Person, SealedNumber
from ansinh.registry.queries.circles import grants_of
from ansinh.registry.rules import Changed


def pass_to(person_id: int, double_id: int, month: Month, at: datetime) -> dict[str, Any]:
    """Move the double's decisions, numbers and collectors to the person kept; what was moved, as a change tells it.

    `ended`: the double's decisions with the end each had (None: open); the rest are ids of the rows moved or made.
    """
    moved: dict[str, Any] = {"ended": {}, "passed": []}
    kept = {(grant.category, grant.for_person): grant.starts for grant in grants_of(person_id)}
    for grant in Grant.objects.select_for_update().filter(person_id=double_id).order_by("pk"):
        cared_for = None if grant.cared_for_id is None else str(grant.cared_for_id)
        is_double = (grant.category, cared_for) in kept
        if not is_double and grant.ends is not None and grant.ends <= month:
            continue
        moved["ended"][str(grant.pk)] = None if grant.ends is None else str(grant.ends)
        if is_double:
            _end_double(grant, kept[grant.category, cared_for], month)
        else:
            moved["passed"].append(_pass_over(grant, person_id, month, at))
    moved["numbers"] = _numbers_pass_over(person_id, double_id)
    moved["collectors"] = _collectors_pass_over(person_id, double_id)
    cared = Grant.objects.filter(cared_for_id=double_id)
    moved["cared_for"] = list(cared.order_by("pk").values_list("pk", flat=True))
    cared.update(cared_for_id=person_id)
    return moved


def put_back_merge(held: Held, found: Changed, at: datetime) -> None:
    """The double is an entry of its own again, with the decisions, numbers and collectors it had."""
    double_id, moved = found.facts["double"], found.facts["moved"]
    Grant.objects.filter(pk__in=moved["passed"]).update(undone_at=at)
    for grant_id, ends in moved["ended"].items():
        Grant.objects.filter(pk=int(grant_id)).update(ends=None if ends is None else Month.parse(ends))
    SealedNumber.objects.filter(pk__in=moved["numbers"]).update(person_id=double_id)
    Collector.objects.filter(pk__in=moved["collectors"]).update(person_id=double_id)
    Grant.objects.filter(pk__in=moved["cared_for"]).update(cared_for_id=double_id)
    Person.objects.filter(pk=double_id).update(merged_into_id=None)
    look_again(double_id)


def _end_double(grant: Grant, kept_from: Month | None, month: Month) -> None:
    """The same decision twice: the double's ends where the kept one begins, so that no month counts twice."""
    ends = month if kept_from is None else max(kept_from, grant.opening_month)
    grant.ends = max(ends, grant.starts + 1)
    grant.save(update_fields=["ends"])


def _pass_over(grant: Grant, person_id: int, month: Month, at: datetime) -> int:
    """The decision goes on under the kept person, first paid there in the month; the new one's id."""
    made = Grant.objects.create(
        person_id=person_id,
        category=grant.category,
        starts=max(grant.starts, month),
        ends=grant.ends,
        opening_month=max(grant.starts, month),
        decision_no=grant.decision_no,
        decided_on=grant.decided_on,
        book_no=grant.book_no,
        coefficient=grant.coefficient,
        children=grant.children,
        cared_for_id=grant.cared_for_id,
        cared_for_name=grant.cared_for_name,
        recorded_at=at,
    )
    grant.ends = max(month, grant.starts + 1)
    grant.save(update_fields=["ends"])
    return made.pk


def _numbers_pass_over(person_id: int, double_id: int) -> list[int]:
    """Identity, phone and account numbers the kept person lacks."""
    held = {(kind, bytes(index)) for kind, index in _numbers_of(person_id).values_list("kind", "blind_index")}
    moved = []
    for number in _numbers_of(double_id):
        if (number.kind, bytes(number.blind_index)) not in held:
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
