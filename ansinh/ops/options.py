"""Arguments and options many commands share; nothing here needs Django."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

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
