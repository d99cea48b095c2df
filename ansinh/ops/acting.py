"""Who acts on the command line: --as USER, or the demonstration's two in a database without real users."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from ansinh.access.queries import DEMONSTRATION_USERS, get_actor, get_demonstration_actor
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
    """Give a command its --as; given several times, each step is done by the first named who may."""
    return click.option(
        "--as", "usernames", multiple=True, metavar="USER",
        help="Người làm; ghi nhiều lần thì mỗi bước do người đầu tiên được giao bước đó làm. "
        "Bỏ trống: những người minh họa, khi chưa có người dùng thật.",
    )(command)  # fmt: skip


def doer(permission: str, usernames: tuple[str, ...]) -> Actor:
    """Whoever does a step: the first named who may, else the first named (to be refused by the action itself);
    nobody named, the demonstration's person who may.
    """
    if not usernames:
        people = (get_demonstration_actor(username) for username in DEMONSTRATION_USERS)
        return next(person for person in people if person.may(permission))
    named = [get_actor(username) for username in usernames]
    return next((person for person in named if person.may(permission)), named[0])


def preparer(usernames: tuple[str, ...]) -> Actor:
    """Whoever prepares lists."""
    return doer("payroll.open_run", usernames)


def approver(usernames: tuple[str, ...]) -> Actor:
    """Whoever approves lists."""
    return doer("payroll.approve_run", usernames)


def finance(usernames: tuple[str, ...]) -> Actor:
    """Whoever moves the money."""
    return doer("funds.request_transfer", usernames)


def payer(usernames: tuple[str, ...]) -> Actor:
    """Whoever reports for the paying organisation."""
    return doer("payout.record_results", usernames)


def now() -> datetime:
    """The clock, read at the door and passed in."""
    return datetime.now(UTC)
