"""Bring what the people of a place are owed up to date between two months' lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.entitlement.actions import recompute_spans
from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_at
from ansinh.places.queries import list_commune_codes, path_of
from ansinh.platform.action import action


@dataclass(frozen=True, slots=True)
class SpansRefreshed:
    """How many people's spans were decided anew."""

    people: int


@action(permission="payroll.refresh_spans", name="Xác định lại mức hưởng")
def refresh_spans(*, place_code: str, month: Month, by: Actor, at: datetime) -> SpansRefreshed:
    """Decide anew for everybody whose facts moved, by the levels the place lists by in that month, as opening would.

    With nothing moved it writes nothing. Refuses a place outside the actor's areas (OutOfArea).
    """
    path = path_of(place_code, month.first_day)
    by.must_reach(path)
    communes = list_commune_codes(place_code, month.first_day)
    done = recompute_spans(commune_codes=communes, month=month, law=law_at(path, month), by=by, at=at)
    return SpansRefreshed(done.people)
