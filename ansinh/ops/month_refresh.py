"""`ansinh month refresh`: what people are owed brought up to date before lists are made of it."""

from __future__ import annotations

from time import monotonic

import click

from ansinh.kernel.grouped import grouped
from ansinh.kernel.month import Month
from ansinh.ops.acting import doer
from ansinh.ops.answer import Answer
from ansinh.ops.month_runs import reach_options, refresh_in
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.queries import list_bodies


@click.command("refresh")
@reach_options
def refresh(answer: Answer, *, month: Month, place_code: str, workers: int, usernames: tuple[str, ...]) -> None:
    """Xác định lại mức hưởng của những ai có thông tin hoặc quy định vừa đổi; chạy lại thì làm nốt phần còn lại."""
    prepared_database(answer.say)
    by = doer("payroll.refresh_spans", usernames)
    begun = monotonic()
    people = refresh_in(list_bodies(place_code, month, by=by), month, by, answer, workers=workers)
    seconds = monotonic() - begun
    answer.give(
        {"people": people, "seconds": round(seconds, 3)},
        f"Đã xác định lại mức hưởng của {grouped(people)} người trong {grouped(round(seconds))} giây.",
    )
