"""Who acts on the command line: --as USER, or the demonstration's two in a database without real users."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from ansinh.access.queries import DEMONSTRATION_USERS, get_actor, get_demonstration_actor
from ansinh.access.types import SIGHTS, Actor
from ansinh.platform.action import NotPermitted

F = TypeVar("F", bound=Callable[..., Any])


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


def countersigner(usernames: tuple[str, ...], first: int | None) -> Actor:
    """Whoever approves a second time: the first named who may and is not the first approver, else that one, refused."""
    names = usernames or DEMONSTRATION_USERS
    get = get_actor if usernames else get_demonstration_actor
    able = [person for person in map(get, names) if person.may("payroll.countersign_run")]
    others = [person for person in able if person.user_id != first]
    return next(iter([*others, *able]), approver(usernames))


def finance(usernames: tuple[str, ...]) -> Actor:
    """Whoever moves the money."""
    return doer("funds.request_transfer", usernames)


def payer(usernames: tuple[str, ...]) -> Actor:
    """Whoever reports for the paying organisation."""
    return doer("payout.record_results", usernames)


def sees(sight: str, by: Actor) -> Actor:
    """The same person where they may look at this; refuses (NotPermitted) whoever may not."""
    if not by.may(sight):
        raise NotPermitted(who=by.name, what=SIGHTS[sight], permission=sight)
    return by.within(sight)


def looker(sight: str, usernames: tuple[str, ...]) -> Actor:
    """Whoever looks: the first named who may, where they may; refuses (NotPermitted) when none of them may."""
    return sees(sight, doer(sight, usernames))


def now() -> datetime:
    """The clock, read at the door and passed in."""
    return datetime.now(UTC)
