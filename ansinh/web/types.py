"""Shapes the pages read: what they make of a run; and what every middleware stands around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse

from ansinh.kernel.money import Dong

NOTHING = Dong(0)

# What answers a request: the view, with whatever middleware stands nearer to it.
Answering: TypeAlias = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, slots=True)
class RunSums:
    """What a run holds, counted: lines, people, đồng, and findings nobody has settled yet."""

    lines: int = 0
    people: int = 0
    total_dong: Dong = NOTHING
    open_blocking: int = 0
    open_warnings: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """One of the five steps of a run as the page draws it. `look`: done, here (to be done next), ahead, off."""

    title: str
    look: str
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Something done to a run: when, by whom, in words, and what was said."""

    at: datetime
    by: str
    verb: str
    said: str
