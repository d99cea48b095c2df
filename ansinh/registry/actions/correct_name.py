"""Correct how somebody's name is written."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, write_change
from ansinh.registry.correcting import set_name
from ansinh.registry.rules import NAME
from ansinh.registry.types import ChangeRecorded, Paper


class NameMissing(Refusal):
    """Chưa ghi họ tên đúng. Hãy ghi đủ họ, chữ đệm và tên."""


@action(permission="registry.correct_name", name="Đính chính họ tên")
def correct_name(*, person_id: int, full_name: str, paper: Paper, by: Actor, at: datetime) -> ChangeRecorded:
    """The name from now on; lists already made keep the name they were signed with. Refuses none (NameMissing)."""
    name = written(full_name)
    if not name:
        raise NameMissing()
    held = hold_person(person_id, by=by)
    facts = {"was": held.person.full_name, "is": name}
    told = write_change(held, NAME, held.person.born_on, facts, paper=paper, by=by, at=at)
    set_name(held, name)
    return told
