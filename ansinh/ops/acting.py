"""Who acts on the command line: --as USER, or the demonstration's two in a database without real users."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from ansinh.access.queries import get_actor, get_demonstration_actors
from ansinh.access.types import Actor
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


def as_option(command: F) -> F:
    """Give a command its --as; given twice, the first prepares and the second approves."""
    return click.option(
        "--as", "usernames", multiple=True, metavar="USER",
        help="Người làm; ghi hai lần thì người thứ nhất lập, người thứ hai duyệt. "
        "Bỏ trống: hai người minh họa, khi chưa có người dùng thật.",
    )(command)  # fmt: skip


def preparer(usernames: tuple[str, ...]) -> Actor:
    """Whoever prepares: the named user, else the demonstration's officer."""
    return get_actor(usernames[0]) if usernames else get_demonstration_actors()[0]


def approver(usernames: tuple[str, ...]) -> Actor:
    """Whoever approves: the last named user, else the demonstration's approver."""
    return get_actor(usernames[-1]) if usernames else get_demonstration_actors()[1]


def now() -> datetime:
    """The clock, read at the door and passed in."""
    return datetime.now(UTC)
