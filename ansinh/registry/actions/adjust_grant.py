"""Record the decision that puts an allowance on the level the law gives by now."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_grant, hold_person, must_have_paper, write_change
from ansinh.registry.rules import ADJUST
from ansinh.registry.types import ChangeRecorded, Paper


class AdjustBeforeStart(Refusal):
    """Quyết định hưởng từ tháng {starts}, nên không có mức nào để điều chỉnh từ tháng {month}. Hãy xem lại tháng."""


@action(permission="registry.adjust_grant", name="Ghi quyết định điều chỉnh")
def adjust_grant(
    *, person_id: int, grant_id: int, from_month: Month, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """The office's paper for a level or category the law changed by itself: no amount moves, none is typed.

    Refuses without a decision (PaperMissing), a month before the grant began (AdjustBeforeStart), and what stands
    already (ChangeAlreadyRecorded).
    """
    must_have_paper(paper)
    held = hold_person(person_id, by=by)
    grant = hold_grant(held, grant_id)
    if from_month < grant.starts:
        raise AdjustBeforeStart(starts=grant.starts.vi, month=from_month.vi)
    return write_change(held, ADJUST, from_month.first_day, {"grant_id": grant_id}, paper=paper, by=by, at=at)
