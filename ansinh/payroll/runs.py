"""Getting hold of a run to change it: locked, in the actor's area, moved only along the table of states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.hands import must_not_have_signed, must_not_sign, prepared_among
from ansinh.payroll.models import Run
from ansinh.payroll.states import PREPARING_ACTS, PROGRAMMES, RUN, SIGNING_ACTS
from ansinh.payroll.together import must_not_have_prepared
from ansinh.places.queries import path_of
from ansinh.platform.audit import record
from ansinh.platform.keeping import kept_of


class NoSuchRun(Refusal):
    """Không có kỳ chi trả số {run_id}. Hãy mở lại danh sách các kỳ chi trả và chọn kỳ cần làm."""


class SomebodyWasFaster(Refusal):
    """Người khác vừa thay đổi kỳ chi trả này (hiện là "{state}"). Hãy tải lại trang rồi làm tiếp."""


class SamePersonTwice(Refusal):
    """{who} đã lập, tính, kiểm tra hoặc trình danh sách này nên không được tự phê duyệt hay trả lại.
    Danh sách phải do một người khác duyệt."""


def lock_run(run_id: int, *, by: Actor) -> Run:
    """The run, locked for this transaction; refuses (NoSuchRun) one that is not there or not in the actor's areas."""
    [run] = lock_runs([run_id], by=by)
    return run


def lock_runs(run_ids: Iterable[int], *, by: Actor) -> list[Run]:
    """The runs, locked in the order of their numbers; refuses (NoSuchRun) any not there or not in the actor's areas."""
    wanted = sorted(set(run_ids))
    runs = list(Run.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    found = {run.pk for run in runs if by.reaches(path_of(run.place_code, run.month.first_day))}
    for run_id in wanted:
        if run_id not in found:
            raise NoSuchRun(run_id=run_id)
    return runs


def move_run(run: Run, action: str, target: str = "", /, *, by: Actor, **changes: object) -> None:
    """Move a locked run one step of the table and save `changes` with it; four eyes where the step says so.

    `target`: where to, for a step that may end in several states.
    """
    move_runs([run], action, target, by=by, **changes)


def move_runs(runs: Sequence[Run], action: str, target: str = "", /, *, by: Actor, **changes: object) -> None:
    """The same of some runs, the same changes saved with each; one refused, all are."""
    steps = {run.state: RUN.step(action, run.state, target) for run in runs}
    ids = [run.pk for run in runs]
    if any(step.not_by for step in steps.values()):
        if prepared_among(ids, by.user_id):
            raise SamePersonTwice(who=by.name)
        must_not_have_prepared(runs, by.user_id, name=by.name)
    if action in SIGNING_ACTS:
        must_not_sign(ids, by)
    elif action in PREPARING_ACTS:
        must_not_have_signed(ids, by)
    for state, step in steps.items():
        standing = [run.pk for run in runs if run.state == state]
        moved = Run.objects.filter(pk__in=standing, state=state).update(state=step.target, **changes)
        if moved != len(standing):
            raise SomebodyWasFaster(state=RUN.state_names[state])
    for run in runs:
        for name, value in {"state": steps[run.state].target, **changes}.items():
            setattr(run, name, value)


def record_each(runs: Iterable[Run], done: Iterable[object], action: str, *, by: Actor, at: datetime) -> None:
    """Write into the trail what was done to each of many runs, as the act that does it to one run writes it."""
    for run, one in zip(runs, done, strict=True):
        kept = kept_of({"run_id": run.pk}, one)
        record(by=by, at=at, action=f"payroll.{action}", facts=kept.facts, place_code=run.place_code)


def regimes_of(run: Run) -> list[str]:
    """The regimes whose spans the run lists, those of its programme; none where it gives something once."""
    return [] if run.occasion_id is not None else list(PROGRAMMES[run.programme])


def stamped(at: datetime, by: Actor, verb: str) -> dict[str, object]:
    """The pair of columns that say who did a step and when."""
    return {f"{verb}_at": at, f"{verb}_by": by.user_id}
