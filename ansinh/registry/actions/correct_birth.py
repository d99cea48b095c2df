"""Correct somebody's date of birth."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, must_be_past, write_change
from ansinh.registry.correcting import set_birth
from ansinh.registry.rules import BIRTH
from ansinh.registry.types import ChangeRecorded, Paper


@action(permission="registry.correct_birth", name="Đính chính ngày sinh")
def correct_birth(*, person_id: int, birth: BirthDate, paper: Paper, by: Actor, at: datetime) -> ChangeRecorded:
    """The birth as if it had always been known: what lists gave by the wrong one is made good by the next list.

    Refuses a birth to come (DayInFuture).
    """
    must_be_past(birth.first_day, at)
    held = hold_person(person_id, by=by)
    facts = {
        "was_born_on": held.person.born_on.isoformat(),
        "was_precision": held.person.birth_precision,
        "born_on": birth.first_day.isoformat(),
        "precision": birth.precision,
    }
    told = write_change(held, BIRTH, max(birth.first_day, held.person.born_on), facts, paper=paper, by=by, at=at)
    set_birth(held, birth.first_day, birth.precision)
    return told
