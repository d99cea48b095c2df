"""Above which sum a list needs a second approval, and who may give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from ansinh.access.types import EVERYWHERE, Actor, Role
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import Run, Threshold
from ansinh.payroll.states import COUNTERSIGNER_NAMES, PROVINCE_TOO
from ansinh.places.queries import path_of
from ansinh.platform import sql


class NoSuchThreshold(Refusal):
    """Không có ngưỡng duyệt hai lần số {threshold_id}. Hãy xem các ngưỡng bằng lệnh: ansinh month threshold list."""


@dataclass(frozen=True, slots=True)
class Above:
    """A threshold a list is above: whose it is, the fund, its sum and the list's."""

    threshold_id: int
    place_code: str
    fund: str
    amount_dong: Dong
    listed_dong: Dong


def list_above(run: Run, known_at: datetime | str = "infinity") -> tuple[Above, ...]:
    """The thresholds the run's lines are above, of those known at an instant; the first says who signs."""
    return list_above_each({run.pk: known_at}).get(run.pk, ())


def list_above_each(known_at: Mapping[int, datetime | str]) -> dict[int, tuple[Above, ...]]:
    """The same of some runs, each at an instant of its own, by their ids; runs above none are left out."""
    if not known_at:
        return {}
    found: dict[int, list[Above]] = {}
    # "infinity" stands among instants, so all go as PostgreSQL writes them.
    asked = {"run_ids": list(known_at), "known_at": [str(known) for known in known_at.values()]}
    for row in sql.rows("payroll/list_thresholds_above", asked):
        found.setdefault(row["run_id"], []).append(
            Above(
                row["threshold_id"], row["place_code"], row["fund"], Dong(row["amount_dong"]), Dong(row["listed_dong"])
            )
        )
    return {run_id: tuple(above) for run_id, above in found.items()}


def may_countersign(threshold: Threshold, run: Run, by: Actor) -> bool:
    """Whether the actor is appointed over the run's place as the threshold asks."""
    path = path_of(run.place_code, run.month.first_day)
    return any(
        (one.role is Role.PROVINCE_APPROVER or threshold.countersigner != PROVINCE_TOO)
        and (one.area == EVERYWHERE or one.area in path)
        for one in by.within("payroll.countersign_run").counted
    )


def stand_in_for_each_other(one: int, other: int, on: date) -> bool:
    """Whether one of two approves that day by nothing but standing in for the other."""
    return bool(sql.rows("payroll/find_stand_in", {"one": one, "other": other, "on": on}))


def countersigner_of(threshold: Threshold) -> str:
    """Who gives the second approval, in words."""
    return COUNTERSIGNER_NAMES[threshold.countersigner]


def hold_approvals() -> None:
    """One approval at a time: two lists that do not see each other could both list the same month, and a threshold
    could come in force between what is asked and what is signed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll.approve_run'))")


def lock_threshold(threshold_id: int, *, by: Actor) -> Threshold:
    """The row, locked for this transaction; refuses (NoSuchThreshold) one not there or not in the actor's areas."""
    found = Threshold.objects.select_for_update().filter(pk=threshold_id).first()
    if found is None or not by.reaches(path_of(found.place_code, found.starts.first_day)):
        raise NoSuchThreshold(threshold_id=threshold_id)
    return found
