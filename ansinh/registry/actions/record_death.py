"""Record that somebody has died."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, must_be_past, write_change
from ansinh.registry.rules import DEATH
from ansinh.registry.types import ChangeRecorded, Paper


class AlreadyDead(Refusal):
    """{who} đã được ghi chết ngày {day} (biến động số {change_id}). Nếu ngày sai, hãy hoàn tác rồi ghi lại."""


@action(permission="registry.record_death", name="Ghi người chết")
def record_death(*, person_id: int, died_on: date, paper: Paper, by: Actor, at: datetime) -> ChangeRecorded:
    """The month of death is paid whole; what was listed after it becomes a recovery of the next list.

    Refuses a day to come (DayInFuture), one before the birth, and a second death (AlreadyDead).
    """
    must_be_past(died_on, at)
    held = hold_person(person_id, by=by)
    for one in held.counting:
        if one.kind == DEATH:
            raise AlreadyDead(who=held.person.full_name, day=f"{one.effective_on:%d/%m/%Y}", change_id=one.id)
    return write_change(held, DEATH, died_on, {}, paper=paper, by=by, at=at)
