"""Record that a court declared somebody missing."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, must_be_past, must_have_paper, write_change
from ansinh.registry.rules import DEATH, MISSING
from ansinh.registry.types import ChangeRecorded, Paper


class AlreadyGone(Refusal):
    """{who} đã được ghi {what} ngày {day} (biến động số {change_id}). Nếu ghi sai, hãy hoàn tác rồi ghi lại."""


@action(permission="registry.record_missing", name="Ghi người bị tuyên bố mất tích")
def record_missing(*, person_id: int, missing_on: date, paper: Paper, by: Actor, at: datetime) -> ChangeRecorded:
    """The month the declaration took effect is paid whole, nothing after it; the paper is the court's decision.

    Điểm a khoản 1 Điều 2 Thông tư 02/2021/TT-BLĐTBXH. Whoever comes back has the change undone if it never held, or is
    granted anew. Refuses a day to come (DayInFuture), a declaration without its paper (PaperMissing), and somebody
    recorded dead or missing already (AlreadyGone).
    """
    must_be_past(missing_on, at)
    must_have_paper(paper)
    held = hold_person(person_id, by=by)
    for one in held.counting:
        if one.kind in (DEATH, MISSING):
            what = "chết" if one.kind == DEATH else "mất tích"
            day = f"{one.effective_on:%d/%m/%Y}"
            raise AlreadyGone(who=held.person.full_name, what=what, day=day, change_id=one.id)
    return write_change(held, MISSING, missing_on, {}, paper=paper, by=by, at=at)
