"""The runs a place's month consists of: one for each deciding body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.month_many import Stepped, step_over
from ansinh.ops.options import MONTH, USUAL_WORKERS, as_option, told_reach, with_reach
from ansinh.ops.progress import progress_bar
from ansinh.payroll.actions import (
    NobodyToPay,
    compute_many,
    compute_run,
    nobody_to_pay,
    open_run,
    refresh_spans_in,
)
from ansinh.payroll.queries import Run, list_bodies, list_live_runs
from ansinh.payroll.types import ASSISTANCE, PREPARED_STATES, PROGRAMMES, RunComputed, RunOpened
from ansinh.platform.action import NotPermitted

D = TypeVar("D")


class MonthNotOpen(Refusal):
    """Tháng {month} chưa được mở ở nơi đã chọn. Hãy mở trước: ansinh month open {month_code} {reach}{programme}."""


def place_options(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """The month, the place and the options of what is done to all lists of a place's month together."""
    place = click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
    return _month_first(place(as_option(function)))


def month_options(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """The options of a step of one programme's list."""
    return place_options(_programme(function))


def reach_options(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """The month, the place or the country, and how many sessions do it."""
    return _month_first(with_reach(as_option(function)))


def step_options(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """The options of a step of one programme's lists, wherever they are."""
    return reach_options(_programme(function))


def _programme(function: Callable[..., int | None]) -> Callable[..., int | None]:
    programmes = click.Choice([code for code, regimes in PROGRAMMES.items() if regimes])
    told = "Chương trình: assistance là trợ giúp xã hội và hưu trí xã hội, merit là ưu đãi người có công."
    return click.option("--programme", type=programmes, default=ASSISTANCE, show_default=True, help=told)(function)


def _month_first(function: Callable[..., int | None]) -> Callable[..., int | None]:
    return click.argument("month", type=MONTH)(json_option(click.pass_obj(function)))


def open_runs(
    place_code: str, month: Month, by: Actor, answer: Answer, programme: str = ASSISTANCE
) -> list[tuple[int, int]]:
    """A run for each deciding body of the place that day, its number and its people; the first refusal is raised."""
    opened = open_many(place_code, month, by, answer, programme, workers=USUAL_WORKERS)
    if opened.refused:
        _place, refusal = opened.refused[0]
        raise refusal
    return [(run.run_id, run.people) for run in opened.done]


def refresh_in(codes: Sequence[str], month: Month, by: Actor, answer: Answer, *, workers: int) -> int:
    """Spans of these places brought up to date by several processes, with progress; of how many people."""
    with progress_bar(answer, f"Xác định mức hưởng tháng {month.vi}") as tell:
        return refresh_spans_in(codes, month=month, by=by, at=now(), workers=workers, progress=tell).people


def open_many(
    place_code: str, month: Month, by: Actor, answer: Answer, programme: str = ASSISTANCE, *, workers: int
) -> Stepped[RunOpened]:
    """A run for each deciding body of the place or the country that day; of a place below them, for the place itself.

    Spans of several are brought up to date first, by processes; bodies whose month is open are then passed over.
    Refuses (NobodyToPay) where nobody is owed.
    """
    codes = list_bodies(place_code, month, by=by)
    if len(codes) > 1:
        # What people are owed is worked out by Python, on all cores; opening then finds little left to decide.
        refresh_in(codes, month, by, answer, workers=workers)
    live = {run.place_code for run in list_live_runs(place_code, month, programme=programme, by=by)}
    # Several go on without one that has nobody to list.
    empty = (NobodyToPay,) if len(codes) > 1 else ()

    def opened_in(code: str) -> RunOpened | None:
        try:
            return open_run(place_code=code, month=month, programme=programme, by=by, at=now())
        except empty:
            return None

    stepped = step_over(
        codes, opened_in, place_of=str, is_past=live.__contains__, workers=workers, answer=answer,
        told=f"Mở tháng {month.vi}",
    )  # fmt: skip
    opened = Stepped([run for run in stepped.done if run], stepped.passed_over, stepped.refused)
    if not (opened.done or opened.passed_over or opened.refused):
        raise nobody_to_pay(place_code or codes[0], month)
    return opened


def runs_of(place_code: str, month: Month, by: Actor, programme: str = ASSISTANCE) -> list[Run]:
    """The live runs of a place's month, or without a place of the country's; refuses (MonthNotOpen) where there are
    none."""
    runs = list_live_runs(place_code, month, programme=programme, by=by)
    if not runs:
        other = "" if programme == ASSISTANCE else f" --programme {programme}"
        reach = told_reach(place_code)
        raise MonthNotOpen(month=month.vi, month_code=month, place=place_code, reach=reach, programme=other)
    return runs


def step_runs(
    runs: Sequence[Run],
    work: Callable[[Run], D],
    *,
    before: Sequence[str],
    workers: int,
    answer: Answer,
    told: str,
    together: Callable[[Sequence[Run]], Sequence[D]] | None = None,
) -> Stepped[D]:
    """The step to each run in a state of `before`; of several, the others have it behind them. `together`: the step to
    some of them at once."""
    return step_over(
        runs, work, place_of=lambda run: run.place_code, is_past=lambda run: run.state not in before,
        workers=workers, answer=answer, told=told, together=together,
    )  # fmt: skip


def compute_all(runs: Sequence[Run], by: Actor, answer: Answer, *, workers: int) -> Stepped[RunComputed]:
    """The money of each run: several at once as sets, and where one of them is refused each by itself."""
    waiting = [run.pk for run in runs if run.state in PREPARED_STATES]
    if len(waiting) > 1:
        try:
            with progress_bar(answer, "Tính tiền") as tell:
                done = compute_many(waiting, by=by, at=now(), sessions=workers, progress=tell)
            return Stepped(list(done.runs), passed_over=len(runs) - len(waiting))
        except NotPermitted:
            raise
        except Refusal as refusal:
            answer.say(f"{refusal.message} Tính từng kỳ một.")
    return step_runs(
        runs, lambda run: compute_run(run_id=run.pk, by=by, at=now()),
        before=PREPARED_STATES, workers=workers, answer=answer, told="Tính tiền",
    )  # fmt: skip
