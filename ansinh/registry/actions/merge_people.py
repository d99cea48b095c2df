"""Merge a double: two entries of the register that are one person."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import Held, hold_concerned, hold_person, look_again, write_change
from ansinh.registry.holding import move_holds_alone
from ansinh.registry.merging import pass_to
from ansinh.registry.models import Hold, Person
from ansinh.registry.rules import DEATH, MERGE
from ansinh.registry.types import ChangeRecorded, Paper


class SamePerson(Refusal):
    """Không gộp một hồ sơ với chính nó. Hãy chọn hai hồ sơ khác nhau."""


class DoubleIsDead(Refusal):
    """Hồ sơ trùng (người số {double_id}) đã được ghi chết ngày {day}, hồ sơ giữ lại (người số {person_id}) thì chưa.
    Là một người thì hãy ghi việc chết cho hồ sơ giữ lại trước, rồi gộp."""


@action(permission="registry.merge_people", name="Gộp hồ sơ")
def merge_people(
    *, person_id: int, double_id: int, from_month: Month, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """From the month on only `person_id` is paid: the double's own decisions pass over, those both hold end.

    What both were listed for in the same months was paid twice: the double's is recovered. Lists already made stay as
    they are. Refuses a person with themselves (SamePerson), who is merged already (PersonMerged), a death told of the
    double alone (DoubleIsDead) and a decision of theirs that waits to resume (DoubleSuspended).
    """
    if person_id == double_id:
        raise SamePerson()
    move_holds_alone()
    # Both at once, in the order of numbers, so that nobody who locks several of the same waits in a circle.
    hold_concerned(person_id, double_id)
    held = {one: hold_person(one, by=by) for one in sorted((person_id, double_id))}
    _refuse_death_of_one(held[person_id], held[double_id])
    moved = pass_to(person_id, double_id, from_month, at)
    told = write_change(
        held[person_id], MERGE, from_month.first_day,
        {"double": double_id, "from_month": str(from_month), "moved": moved}, paper=paper, by=by, at=at,
    )  # fmt: skip
    _holds_pass_over(person_id, double_id, at=at)
    Person.objects.filter(pk=double_id).update(merged_into_id=person_id)
    look_again(double_id)
    return told


def _refuse_death_of_one(kept: Held, double: Held) -> None:
    deaths = [one for one in double.counting if one.kind == DEATH]
    if deaths and not any(one.kind == DEATH for one in kept.counting):
        day = deaths[0].effective_on
        raise DoubleIsDead(double_id=double.person.pk, person_id=kept.person.pk, day=f"{day:%d/%m/%Y}")


def _holds_pass_over(person_id: int, double_id: int, *, at: datetime) -> None:
    """What was heard about the double was heard about the kept person: held as well, lifted each by itself.

    The merge taken back, both stay held until somebody lifts them: nobody knows which of the two was meant.
    """
    if Hold.objects.filter(person_id=person_id, order_id=None, lifted_at__isnull=True).exists():
        return
    for hold in Hold.objects.filter(person_id=double_id, order_id=None, lifted_at__isnull=True):
        hold.pk, hold.person_id, hold.recorded_at = None, person_id, at
        hold.save(force_insert=True)
