"""Take back from which payroll a place lists by a law's levels, while no list rests on it."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.approve_level_start import lock_level_start
from ansinh.payroll.models import LevelStart, Run
from ansinh.payroll.states import LEVEL_START, MONTHLY
from ansinh.payroll.types import LevelStartMoved
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class LevelStartInUse(Refusal):
    """Kỳ chi trả số {run_id} tháng {month} đã lập theo tháng áp dụng này, nên không rút được nữa.
    Nếu kỳ đó chưa trình duyệt, hãy hủy kỳ rồi rút."""


@action(permission="payroll.withdraw_level_start", name="Rút tháng áp dụng mức")
def withdraw_level_start(*, level_start_id: int, by: Actor, at: datetime) -> LevelStartMoved:
    """Withdraw a first payroll; refuses once a run was opened under it (LevelStartInUse)."""
    start = lock_level_start(level_start_id, by=by)
    step = LEVEL_START.step("withdraw_level_start", start.state)
    used = _run_under(start)
    if used is not None:
        raise LevelStartInUse(run_id=used.pk, month=used.month.vi)
    start.state, start.withdrawn_at, start.withdrawn_by = step.target, at, by.user_id
    start.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    return LevelStartMoved(start.pk, start.place_code, start.law, start.first_payroll, start.state)


def _run_under(start: LevelStart) -> Run | None:
    """A live run of the place or below that left the law's levels out."""
    runs = Run.objects.filter(month__lt=start.first_payroll, programme__in=MONTHLY)
    for run in runs.exclude(state="CANCELLED").order_by("month"):
        if start.law in run.levels_not_taken.split(",") and start.place_code in path_of(
            run.place_code, run.month.first_day
        ):
            return run
    return None
