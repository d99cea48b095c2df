"""Merge a double: two entries of the register that are one person."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, look_again, write_change
from ansinh.registry.models import Collector, Grant, Person, SealedNumber
from ansinh.registry.queries.circles import grants_of
from ansinh.registry.rules import MERGE
from ansinh.registry.types import ChangeRecorded, Paper


class SamePerson(Refusal):
    """Không gộp một hồ sơ với chính nó. Hãy chọn hai hồ sơ khác nhau."""


@action(permission="registry.merge_people", name="Gộp hồ sơ")
def merge_people(
    *, person_id: int, double_id: int, from_month: Month, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """From the month on only `person_id` is paid: the double's own decisions pass over, those both hold end.

    What both were listed for in the same months was paid twice: the double's is recovered. Lists already made stay as
    they are. Refuses a person with themselves (SamePerson) and who is merged already (PersonMerged).
    """
    if person_id == double_id:
        raise SamePerson()
    # In the order of their numbers, so that two who merge the same pair never wait for each other.
    held = {one: hold_person(one, by=by) for one in sorted((person_id, double_id))}
    told = write_change(
        held[person_id], MERGE, from_month.first_day, {"double": double_id, "from_month": str(from_month)},
        paper=paper, by=by, at=at,
    )  # fmt: skip
    kept = {(grant.category, grant.for_person): grant.starts for grant in grants_of(person_id)}
    for grant in Grant.objects.select_for_update().filter(person_id=double_id):
        cared_for = None if grant.cared_for_id is None else str(grant.cared_for_id)
        if (grant.category, cared_for) in kept:
            _end_double(grant, kept[grant.category, cared_for], from_month)
        elif grant.ends is None or grant.ends > from_month:
            _pass_over(grant, person_id, from_month, at)
    _numbers_pass_over(person_id, double_id)
    Grant.objects.filter(cared_for_id=double_id).update(cared_for_id=person_id)
    Person.objects.filter(pk=double_id).update(merged_into_id=person_id)
    look_again(double_id)
    look_again(person_id)
    return told


def _end_double(grant: Grant, kept_from: Month | None, month: Month) -> None:
    """The same decision twice: the double's ends where the kept one begins, so that no month counts twice."""
    ends = month if kept_from is None else max(kept_from, grant.opening_month)
    grant.ends = max(ends, grant.starts + 1)
    grant.save(update_fields=["ends"])


def _pass_over(grant: Grant, person_id: int, month: Month, at: datetime) -> None:
    """The decision goes on under the kept person, first paid there in the month."""
    Grant.objects.create(
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


def _numbers_pass_over(person_id: int, double_id: int) -> None:
    """Identity, phone and account numbers the kept person lacks."""
    held = set(SealedNumber.objects.filter(person_id=person_id).values_list("kind", "blind_index"))
    for number in SealedNumber.objects.filter(person_id=double_id):
        if (number.kind, bytes(number.blind_index)) not in {(kind, bytes(index)) for kind, index in held}:
            number.person_id = person_id
            number.save(update_fields=["person"])
    if not Collector.objects.filter(person_id=person_id).exists():
        Collector.objects.filter(person_id=double_id).update(person_id=person_id)
