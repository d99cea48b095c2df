"""A step of the month over the lists of a place: each list a transaction of its own, done whole or not at all.

Killed, the lists that are done stay; the others are done when it is begun again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ansinh.access.types import Actor
from ansinh.jobs.kinds.reaching import must_reach_place
from ansinh.jobs.types import Kind, Task
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    NobodyToPay,
    approve_run,
    approve_runs,
    check_run,
    compute_many,
    compute_run,
    open_run,
    submit_run,
)
from ansinh.payroll.queries import Run, get_run, list_bodies, list_live_runs
from ansinh.payroll.types import ASSISTANCE, PREPARED_STATES, UNSIGNED_STATES
from ansinh.platform.action import NotPermitted
from ansinh.platform.cancelling import Cancelled
from ansinh.platform.sessions import try_in_sessions

# Lists done side by side; the worker does other jobs beside this one.
_SESSIONS = 2
# From so many lists on a month is computed in sets; fewer are soon done one by one, and can be left off between two.
_MANY = 20
# Refused lists told one by one in the answer.
_MOST_TOLD = 50


class NoListsThere(Refusal):
    """Chưa có danh sách nào của tháng {month} ở nơi đã chọn để làm bước này. Hãy mở tháng trước."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A step of a list: the states it is taken from, and where the run keeps when it was last taken."""

    act: Callable[..., Any]
    before: Sequence[str]
    stamp: str
    # The same of several at once, all or none of them.
    act_many: Callable[..., Any] | None = None

    def is_past(self, run: Run, task: Task) -> bool:
        """Whether it was taken since the job was asked for: by this very job before it was broken off, or by hand."""
        taken_at = getattr(run, self.stamp)
        return taken_at is not None and taken_at >= task.asked_at


def _check(arguments: Mapping[str, Any], by: Actor) -> None:
    must_reach_place(arguments, by)
    if "run_id" in arguments:
        get_run(arguments["run_id"], by=by)


def _runs(task: Task) -> list[Run]:
    """The one list the job names, else the live ones of its place, month and programme."""
    if "run_id" in task.arguments:
        return [get_run(task.arguments["run_id"], by=task.by)]
    month, place_code = Month.parse(task.arguments["month"]), task.arguments["place_code"]
    programme = task.arguments.get("programme", ASSISTANCE)
    runs = list_live_runs(place_code, month, programme=programme, by=task.by)
    if not runs:
        raise NoListsThere(month=month.vi)
    return runs


def _take(step: _Step, task: Task) -> dict[str, Any]:
    runs = _runs(task)
    if len(runs) == 1:
        if step.is_past(runs[0], task):
            return _told(0, 1, [], run_id=runs[0].pk)
        task.progress(0, 1)
        step.act(run_id=runs[0].pk, by=task.by, at=task.clock())
        return _told(1, 0, [], run_id=runs[0].pk)
    waiting = [run for run in runs if run.state in step.before and not step.is_past(run, task)]

    def taken(run: Run) -> int:
        step.act(run_id=run.pk, by=task.by, at=task.clock())
        return int(run.pk)

    done, refused = _each(waiting, taken, lambda run: run.place_code, task, _together(step.act_many, task))
    return _told(len(done), len(runs) - len(waiting), refused)


def _together(act_many: Callable[..., Any] | None, task: Task) -> Callable[[Sequence[Run]], list[int]] | None:
    if act_many is None:
        return None

    def taken(runs: Sequence[Run]) -> list[int]:
        run_ids = [run.pk for run in runs]
        act_many(run_ids=run_ids, by=task.by, at=task.clock())
        return run_ids

    return taken


def _compute(task: Task) -> dict[str, Any]:
    """Many lists as sets; where one of them is refused, each of the rest by itself, so that it holds up no other."""
    step = _Step(compute_run, PREPARED_STATES, "computed_at")
    runs = _runs(task)
    waiting = [run.pk for run in runs if run.state in step.before and not step.is_past(run, task)]
    if len(waiting) < _MANY:
        return _take(step, task)
    task.progress(0, len(waiting))
    try:
        done = compute_many(waiting, by=task.by, at=task.clock(), sessions=_SESSIONS, progress=task.progress)
    except (Cancelled, NotPermitted):
        raise
    except Refusal:
        return _take(step, task)
    return _told(len(done.runs), len(runs) - len(waiting), [])


def _open(task: Task) -> dict[str, Any]:
    month, place_code = Month.parse(task.arguments["month"]), task.arguments["place_code"]
    asked = {"month": month, "programme": task.arguments.get("programme", ASSISTANCE), "by": task.by}
    codes = list_bodies(place_code, month, by=task.by)
    standing = {run.place_code: run for run in list_live_runs(place_code, **asked)}
    if len(codes) == 1:
        run = standing.get(codes[0])
        if run is not None and run.opened_at >= task.asked_at:
            return _told(0, 1, [], run_id=run.pk)
        opened = open_run(place_code=codes[0], at=task.clock(), progress=task.progress, **asked)
        return _told(1, 0, [], run_id=opened.run_id, people=opened.people)
    waiting = [code for code in codes if code not in standing]

    def opened_in(code: str) -> int:
        try:
            return open_run(place_code=code, at=task.clock(), **asked).people
        except NobodyToPay:
            return 0

    done, refused = _each(waiting, opened_in, str, task)
    people = [one for one in done if one]
    return _told(len(people), len(codes) - len(waiting), refused, people=sum(people))


def _each(
    parts: Sequence[Any],
    work: Callable[[Any], int],
    place_of: Callable[[Any], str],
    task: Task,
    together: Callable[[Sequence[Any]], Sequence[int]] | None = None,
) -> tuple[list[int], list[dict[str, str]]]:
    """The work on each list, several side by side: what came of it, and which were refused why."""
    task.progress(0, len(parts))
    done, refused = try_in_sessions(parts, work, sessions=_SESSIONS, progress=task.progress, together=together)
    return done, [
        {"place": place_of(one.part), "code": one.refusal.code, "message": one.refusal.message} for one in refused
    ]


def _told(done: int, passed_over: int, refused: Sequence[dict[str, str]], **more: int) -> dict[str, Any]:
    told = list(refused[:_MOST_TOLD])
    return {"done": done, "passed_over": passed_over, "refused": len(refused), "refusals": told, **more}


_RESUMES = "Mỗi danh sách được làm trọn hoặc không làm; làm lại thì bỏ qua danh sách đã xong."


def _kind(code: str, name_vi: str, permission: str, perform: Callable[[Task], dict[str, Any]]) -> Kind:
    return Kind(
        code=code,
        name_vi=name_vi,
        permission=permission,
        sight="payroll.see_runs",
        check=_check,
        perform=perform,
        resumes_vi=_RESUMES,
    )


MONTH_STEPS: tuple[Kind, ...] = (
    _kind("month_open", "Mở kỳ chi trả", "payroll.open_run", _open),
    _kind("month_compute", "Tính tiền", "payroll.compute_run", _compute),
    _kind(
        "month_check", "Kiểm tra danh sách", "payroll.check_run",
        partial(_take, _Step(check_run, PREPARED_STATES, "checked_at")),
    ),
    _kind(
        "month_submit", "Trình duyệt", "payroll.submit_run",
        partial(_take, _Step(submit_run, PREPARED_STATES, "submitted_at")),
    ),
    _kind(
        "month_approve", "Phê duyệt", "payroll.approve_run",
        partial(_take, _Step(approve_run, UNSIGNED_STATES, "approved_at", approve_runs)),
    ),
)  # fmt: skip
