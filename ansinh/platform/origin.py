"""Where an act comes from: set once at the door (web, command line), read by the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# What a door is called in the trail; "" is work no door announced: set-up, tests.
WEB, COMMAND, API = "web", "command", "api"
CHANNELS = ("", WEB, COMMAND, API)


@dataclass(frozen=True, slots=True)
class Origin:
    """From where somebody acts.

    `address`: of the machine, as the door may trust it. `session`: a short digest of the session's key, never the key.
    `agent`: the browser, or the operating system's user of the command line.
    """

    channel: str = ""
    address: str = ""
    session: str = ""
    agent: str = ""


_UNKNOWN = Origin()
_current: ContextVar[Origin] = ContextVar("ansinh_origin", default=_UNKNOWN)


def current_origin() -> Origin:
    """Where the work under way comes from."""
    return _current.get()


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Everything inside comes from there."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
