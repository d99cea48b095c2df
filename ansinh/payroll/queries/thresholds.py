"""Thresholds as the office keeps them, and what a list above one waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.payroll.models import Run, Threshold
from ansinh.payroll.thresholds import Above, NoSuchThreshold, countersigner_of, list_above
from ansinh.places.queries import list_paths, path_of

__all__ = ["Above", "SecondApproval", "Threshold", "get_threshold", "list_thresholds", "second_approval_of"]


@dataclass(frozen=True, slots=True)
class SecondApproval:
    """Why a list needs two approvals: the thresholds it is above, the one that counts first; who gives the second."""

    above: tuple[Above, ...]
    threshold: Threshold
    countersigner: str
    is_given: bool


def list_thresholds(*, by: Actor, place_code: str = "") -> list[Threshold]:
    """Thresholds of places the actor works in and of those above, withdrawn ones too, by place and fund, newest first.

    `place_code` keeps those of that place only.
    """
    reaches = reach_of(by)
    found = Threshold.objects.order_by("place_code", "fund", "-starts", "-pk")
    if place_code:
        found = found.filter(place_code=place_code)
    return [
        one
        for one in found
        if reaches(one.place_code, one.starts.first_day)
        or any(one.place_code in _path(area, one.starts.first_day) for area in by.areas)
    ]


def _path(area: str, on: date) -> tuple[str, ...]:
    return list_paths([area], on).get(area, ())


def get_threshold(threshold_id: int, *, by: Actor) -> Threshold:
    """One of them; refuses (NoSuchThreshold) one not there or not in the actor's areas."""
    found = Threshold.objects.filter(pk=threshold_id).first()
    if found is None or not by.reaches(path_of(found.place_code, found.starts.first_day)):
        raise NoSuchThreshold(threshold_id=threshold_id)
    return found


def second_approval_of(run: Run) -> SecondApproval | None:
    """Why the run needs or has a second approval; none where one is enough. Before the first approval: as it would be
    asked for now."""
    if run.state in ("SUBMITTED", "CHECKED", "COMPUTED"):
        above = list_above(run)
    elif run.threshold_id is not None and run.approved_at is not None:
        above = list_above(run, run.approved_at)
    else:
        return None
    if not above:
        return None
    threshold = Threshold.objects.get(pk=run.threshold_id or above[0].threshold_id)
    return SecondApproval(above, threshold, countersigner_of(threshold), run.countersigned_by is not None)
