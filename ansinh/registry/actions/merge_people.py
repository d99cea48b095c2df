"""Merge a double: two entries of the register that are one person."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, look_again, write_change
from ansinh.registry.merging import pass_to
from ansinh.registry.models import Person
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
    moved = pass_to(person_id, double_id, from_month, at)
    told = write_change(
        held[person_id], MERGE, from_month.first_day,
        {"double": double_id, "from_month": str(from_month), "moved": moved}, paper=paper, by=by, at=at,
    )  # fmt: skip
    Person.objects.filter(pk=double_id).update(merged_into_id=person_id)
    look_again(double_id)
    return told
