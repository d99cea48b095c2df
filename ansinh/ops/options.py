"""Arguments and options many commands share; nothing here needs Django."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from ansinh.kernel.month import Month, NotAMonth

F = TypeVar("F", bound=Callable[..., Any])


class MonthType(click.ParamType[Month]):
    """A month written 2020-08."""

    name = "NĂM-THÁNG"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except NotAMonth as fault:
            self.fail(fault.message, param, ctx)


MONTH = MonthType()
DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


def as_option(command: F) -> F:
    """Give a command its --as; given several times, each step is done by the first named who may."""
    return click.option(
        "--as", "usernames", multiple=True, metavar="USER",
        help="Người làm; ghi nhiều lần thì mỗi bước do người đầu tiên được giao bước đó làm. "
        "Bỏ trống: những người minh họa, khi chưa có người dùng thật.",
    )(command)  # fmt: skip


# Sessions at work side by side unless told otherwise: what two cores carry.
USUAL_WORKERS = 2


def with_reach(command: F) -> F:
    """Give a command --place or --country, of which it gets `place_code` (empty: the whole country), and --workers."""

    @functools.wraps(command)
    def reached(*args: Any, place_code: str | None, country: bool, **others: Any) -> Any:
        if bool(place_code) == country:
            raise click.UsageError("Hãy ghi một trong hai: --place MÃ (một địa bàn) hoặc --country (cả nước).")
        return command(*args, place_code=place_code or "", **others)

    for decorate in (
        click.option(
            "--workers", type=click.IntRange(1, 32), default=USUAL_WORKERS, show_default=True,
            help="Bao nhiêu phiên cùng làm một lúc khi có nhiều kỳ chi trả.",
        ),
        click.option("--country", is_flag=True, help="Cả nước: mọi tỉnh của ngày đó, trong phạm vi người làm."),
        click.option("--place", "place_code", help="Mã địa bàn: 2, 3 hoặc 5 chữ số."),
    ):  # fmt: skip
        reached = decorate(reached)
    return cast(F, reached)


def told_reach(place_code: str) -> str:
    """The option a command was given, as it is to be typed again."""
    return f"--place {place_code}" if place_code else "--country"
