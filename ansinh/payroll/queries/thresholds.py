"""Thresholds as the office keeps them, and what a list above one waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.payroll.models import Run, Threshold
from ansinh.payroll.thresholds import Above, NoSuchThreshold, countersigner_of, list_above_each
from ansinh.places.queries import list_paths, path_of

__all__ = [
    "Above",
    "SecondApproval",
    "Threshold",
    "get_threshold",
    "list_thresholds",
    "second_approval_of",
    "second_approvals_of",
]


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
    return second_approvals_of([run])[run.pk]


def second_approvals_of(runs: Iterable[Run]) -> dict[int, SecondApproval | None]:
    """The same of some runs, by their ids, in two questions however many they are."""
    asked = list(runs)
    instants: dict[int, datetime | str] = {
        run.pk: "infinity" for run in asked if run.state in ("SUBMITTED", "CHECKED", "COMPUTED")
    }
    instants |= {
        run.pk: run.approved_at
        for run in asked
        if run.pk not in instants and run.threshold_id is not None and run.approved_at is not None
    }
    above = list_above_each(instants)
    wanted = {run.pk: run.threshold_id or above[run.pk][0].threshold_id for run in asked if above.get(run.pk)}
    thresholds = Threshold.objects.in_bulk(set(wanted.values())) if wanted else {}
    return {
        run.pk: _second(run, above[run.pk], thresholds[wanted[run.pk]]) if run.pk in wanted else None for run in asked
    }


def _second(run: Run, above: tuple[Above, ...], threshold: Threshold) -> SecondApproval:
    return SecondApproval(above, threshold, countersigner_of(threshold), run.countersigned_by is not None)
