"""The runs a place's month consists of: one for each deciding body."""

from __future__ import annotations

from collections.abc import Callable

import click
from django.db import transaction
from rich.progress import Progress

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH, as_option
from ansinh.payroll.actions import NobodyToPay, nobody_to_pay, open_run
from ansinh.payroll.queries import Run, find_run, list_runs
from ansinh.payroll.types import ASSISTANCE, PROGRAMMES
from ansinh.places.queries import deciding_bodies, get_place
from ansinh.platform.audit import gathered


class MonthNotOpen(Refusal):
    """Tháng {month} của địa bàn {place} chưa được mở. Hãy mở trước: ansinh month open {month_code} --place
    {place}{programme}."""


def place_options(function: Callable[..., None]) -> Callable[..., None]:
    """The month, the place and the options of what is done to all lists of a place's month together."""
    for decorate in (
        click.pass_obj,
        json_option,
        as_option,
        click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số."),
        click.argument("month", type=MONTH),
    ):
        function = decorate(function)
    return function


def month_options(function: Callable[..., None]) -> Callable[..., None]:
    """The options of a step of one programme's list."""
    programmes = click.Choice([code for code, regimes in PROGRAMMES.items() if regimes])
    told = "Chương trình: assistance là trợ giúp xã hội và hưu trí xã hội, merit là ưu đãi người có công."
    option = click.option("--programme", type=programmes, default=ASSISTANCE, show_default=True, help=told)
    return place_options(option(function))


def open_runs(
    place_code: str, month: Month, by: Actor, answer: Answer, programme: str = ASSISTANCE
) -> list[tuple[int, int]]:
    """A run for each deciding body of the place that day; of a place below them, for the place itself."""
    place = get_place(place_code, month.first_day)
    bodies = deciding_bodies(place, month.first_day)
    codes = [body.code for body in bodies if place.code in body.path] or [place_code]
    opened = []
    with Progress(console=answer.console, transient=True) as bar:
        task = bar.add_task("Xác định mức hưởng từng người", total=None)

        def step(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        # All open or none: a month half opened would look finished for some communes.
        with transaction.atomic(), gathered():
            for code in codes:
                try:
                    run = open_run(place_code=code, month=month, programme=programme, by=by, at=now(), progress=step)
                except NobodyToPay:
                    if len(codes) == 1:
                        raise
                    continue
                opened.append((run.run_id, run.people))
    if not opened:
        raise nobody_to_pay(place_code, month)
    return opened


def runs_of(place_code: str, month: Month, by: Actor, programme: str = ASSISTANCE) -> list[Run]:
    """The live runs of a place's month in a programme: its own, else those of the deciding bodies below it."""
    own = find_run(place_code, month, programme=programme, by=by)
    if own is not None:
        return [own]
    place = get_place(place_code, month.first_day)
    bodies = {body.code for body in deciding_bodies(place, month.first_day)}
    live = [run for run in list_runs(by=by, month=month, programme=programme) if run.state != "CANCELLED"]
    runs = [run for run in live if run.place_code in bodies]
    if not runs:
        other = "" if programme == ASSISTANCE else f" --programme {programme}"
        raise MonthNotOpen(month=month.vi, month_code=month, place=place_code, programme=other)
    return runs
