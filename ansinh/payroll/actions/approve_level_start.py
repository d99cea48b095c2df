"""Approve from which payroll a place lists by a law's levels."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import LevelStart
from ansinh.payroll.states import LEVEL_START
from ansinh.payroll.types import LevelStartMoved
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class NoSuchLevelStart(Refusal):
    """Không có bản ghi tháng áp dụng mức số {level_start_id}. Hãy xem các bản ghi bằng lệnh: ansinh policy schedule."""


class ProposerApproves(Refusal):
    """{who} đã đề nghị tháng áp dụng này nên không được tự duyệt. Việc này phải do một người khác duyệt."""


@action(permission="payroll.approve_level_start", name="Duyệt tháng áp dụng mức")
def approve_level_start(*, level_start_id: int, by: Actor, at: datetime) -> LevelStartMoved:
    """Put a proposed first payroll in force; refuses its proposer (ProposerApproves)."""
    start = lock_level_start(level_start_id, by=by)
    step = LEVEL_START.step("approve_level_start", start.state)
    if by.user_id == start.proposed_by:
        raise ProposerApproves(who=by.name)
    start.state, start.approved_at, start.approved_by = step.target, at, by.user_id
    start.save(update_fields=["state", "approved_at", "approved_by"])
    return LevelStartMoved(start.pk, start.place_code, start.law, start.first_payroll, start.state)


def lock_level_start(level_start_id: int, *, by: Actor) -> LevelStart:
    """The record, locked for this transaction; refuses (NoSuchLevelStart) one not there or not in the actor's areas."""
    start = LevelStart.objects.select_for_update().filter(pk=level_start_id).first()
    if start is None or not by.reaches(path_of(start.place_code, start.first_payroll.first_day)):
        raise NoSuchLevelStart(level_start_id=level_start_id)
    return start
