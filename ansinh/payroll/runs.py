"""Getting hold of a run to change it: locked, in the actor's area, moved only along the table of states."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.hands import has_prepared, must_not_have_signed, must_not_sign
from ansinh.payroll.models import Run
from ansinh.payroll.states import PREPARING_ACTS, PROGRAMMES, RUN, SIGNING_ACTS
from ansinh.payroll.together import must_not_have_prepared
from ansinh.places.queries import path_of


class NoSuchRun(Refusal):
    """Không có kỳ chi trả số {run_id}. Hãy mở lại danh sách các kỳ chi trả và chọn kỳ cần làm."""


class SomebodyWasFaster(Refusal):
    """Người khác vừa thay đổi kỳ chi trả này (hiện là "{state}"). Hãy tải lại trang rồi làm tiếp."""


class SamePersonTwice(Refusal):
    """{who} đã lập, tính, kiểm tra hoặc trình danh sách này nên không được tự phê duyệt hay trả lại.
    Danh sách phải do một người khác duyệt."""


def lock_run(run_id: int, *, by: Actor) -> Run:
    """The run, locked for this transaction; refuses (NoSuchRun) one that is not there or not in the actor's areas."""
    run = Run.objects.select_for_update().filter(pk=run_id).first()
    if run is None or not by.reaches(path_of(run.place_code, run.month.first_day)):
        raise NoSuchRun(run_id=run_id)
    return run


def move_run(run: Run, action: str, target: str = "", /, *, by: Actor, **changes: object) -> Run:
    """Move a locked run one step of the table and save `changes` with it; four eyes where the step says so.

    `target`: where to, for a step that may end in several states.
    """
    step = RUN.step(action, run.state, target)
    if step.not_by and has_prepared(run, by):
        raise SamePersonTwice(who=by.name)
    if step.not_by:
        must_not_have_prepared(run, by.user_id, name=by.name)
    if action in SIGNING_ACTS:
        must_not_sign(run, by)
    elif action in PREPARING_ACTS:
        must_not_have_signed(run, by)
    moved = Run.objects.filter(pk=run.pk, state=step.source).update(state=step.target, **changes)
    if moved != 1:
        raise SomebodyWasFaster(state=RUN.state_names[run.state])
    run.refresh_from_db()
    return run


def regimes_of(run: Run) -> list[str]:
    """The regimes whose spans the run lists, those of its programme; none where it gives something once."""
    return [] if run.occasion_id is not None else list(PROGRAMMES[run.programme])


def stamped(at: datetime, by: Actor, verb: str) -> dict[str, object]:
    """The pair of columns that say who did a step and when."""
    return {f"{verb}_at": at, f"{verb}_by": by.user_id}
