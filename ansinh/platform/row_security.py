"""The second net under `by`: what a connection of the web may see, said to PostgreSQL itself (row-level security).

The web works as the role `ansinh_web` with the settings below; with none of them set its policies show nothing. Work
that must see everything to be right runs in `whole_view()`. The policies are written by `platform.policies`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import Error, connection, transaction

WEB, WORKER = "ansinh_web", "ansinh_worker"
# Codes whose people and lists are seen; codes whose money is seen (districts that ended, too); who looks.
PLACES, HOLDERS, USER, EVERYWHERE = "ansinh.places", "ansinh.holders", "ansinh.user", "ansinh.everywhere"


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see at all: all of the country, or what lies in places named by their codes."""

    user_id: int = 0
    everywhere: bool = False
    places: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


NOTHING = Sight()

_in_force: ContextVar[Sight | None] = ContextVar("sight", default=None)
_whole: ContextVar[bool] = ContextVar("whole_view", default=False)

_BEGIN = f"""SELECT set_config('role', '{WEB}', FALSE), set_config('{EVERYWHERE}', %s, FALSE),
set_config('{PLACES}', %s, FALSE), set_config('{HOLDERS}', %s, FALSE), set_config('{USER}', %s, FALSE)"""
_END = f"""RESET ROLE; SELECT set_config('{EVERYWHERE}', '', FALSE), set_config('{PLACES}', '', FALSE),
set_config('{HOLDERS}', '', FALSE), set_config('{USER}', '', FALSE)"""


@contextmanager
def seeing(sight: Sight) -> Iterator[None]:
    """Everything inside is read as the web reads it, by that sight; afterwards the connection sees what it saw before.

    Inside another sight the inner one holds until its end.
    """
    outer = _in_force.get()
    _say(sight)
    token = _in_force.set(sight)
    try:
        yield
    finally:
        _in_force.reset(token)
        _unsay(outer)


@contextmanager
def whole_view() -> Iterator[None]:
    """A transaction that sees every row, for work whose answer would be wrong with a part: it has checked `by` itself.

    Outside a sight (the command line, which signs in as the owner) it is a transaction and nothing more. Who may use
    it is a list: tests/architecture/test_row_security.py.
    """
    if _in_force.get() is None or _whole.get():
        with transaction.atomic():
            yield
        return
    within = connection.in_atomic_block
    token = _whole.set(True)
    try:
        # Rolled back, the transaction or savepoint takes the role back itself.
        with transaction.atomic():
            _be(WORKER)
            yield
            # What is deferred to the commit is then still the work's own.
            if within and not connection.needs_rollback:
                _be(WEB)
    finally:
        _whole.reset(token)


@dataclass(frozen=True, slots=True)
class View:
    """What the work under way sees: a sight (None: it signed in as the owner), and whether it is in a whole view."""

    sight: Sight | None
    whole: bool


def view_here() -> View:
    """What the work under way sees, to be told to another process of it."""
    return View(_in_force.get(), _whole.get())


@contextmanager
def standing_in(view: View) -> Iterator[None]:
    """What is inside is part of work that sees this: for processes; their transactions are `seen_again`."""
    sight, whole = _in_force.set(view.sight), _whole.set(view.whole)
    try:
        yield
    finally:
        _in_force.reset(sight)
        _whole.reset(whole)


@contextmanager
def seen_again() -> Iterator[None]:
    """A transaction on another connection of the same work, which sees what its caller sees: sight and whole view are
    said to that connection too. For threads that began with their caller's context."""
    sight, whole = _in_force.get(), _whole.get()
    if sight is None:
        with transaction.atomic():
            yield
        return
    token = _whole.set(False)
    try:
        with seeing(sight), whole_view() if whole else transaction.atomic():
            yield
    finally:
        _whole.reset(token)


def _be(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


def _say(sight: Sight) -> None:
    everywhere = "on" if sight.everywhere else ""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [everywhere, ",".join(sight.places), ",".join(sight.holders), str(sight.user_id or "")])


def _unsay(outer: Sight | None) -> None:
    """Back to the outer sight, or to what the connection signed in as; a connection that cannot is given up."""
    if connection.connection is None or connection.needs_rollback:
        return  # gone, or about to be rolled back to where nothing had been said
    try:
        if outer is not None:
            _say(outer)
        else:
            with connection.cursor() as cursor:
                cursor.execute(_END)
    except Error:
        if not connection.in_atomic_block:
            connection.close()
