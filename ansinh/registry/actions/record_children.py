"""Record the children somebody raises."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, write_change
from ansinh.registry.rules import CHILDREN
from ansinh.registry.types import ChangeRecorded, ChildRaised, Paper


@action(permission="registry.record_children", name="Ghi con đang nuôi")
def record_children(
    *, person_id: int, children: tuple[ChildRaised, ...], known_on: date, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """All children raised, in place of what was told before; births and ends date what each changes."""
    told = [
        {
            "born": None if child.born is None else child.born.isoformat(),
            "studying": child.studying,
            "until": None if child.until is None else str(child.until),
        }
        for child in children
    ]
    held = hold_person(person_id, by=by)
    return write_change(held, CHILDREN, known_on, {"children": told}, paper=paper, by=by, at=at)
