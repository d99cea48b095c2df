"""What a job of a place's month refuses before anything waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.places.queries import get_place, path_of


def must_reach_place(arguments: Mapping[str, Any], by: Actor) -> None:
    """Refuses a month that is none, a place that is not there that month, and one outside the actor's areas."""
    month = Month.parse(arguments["month"])
    place = get_place(arguments["place_code"], month.first_day)
    by.must_reach(path_of(place.code, month.first_day))
