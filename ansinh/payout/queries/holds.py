"""Money kept back: who is held, and what of a list waits for it."""

from __future__ import annotations

from typing import Any

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.payout.types import HeldMoney, ShownHold
from ansinh.payout.ways import communes_of
from ansinh.payroll.queries import get_run
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.registry.types import birth_of


def list_holds(
    *, by: Actor, place_code: str = "", person_id: int = 0, order_id: int = 0, everything: bool = False
) -> list[ShownHold]:
    """The holds that stand in the actor's areas, by commune and name; `everything`: lifted ones after them.

    `place_code` is any place: holds of it and of all below it.
    """
    asked = {"everything": everything, "person_id": person_id, "order_id": order_id}
    reaches = reach_of(by)
    return [
        _shown(row)
        for row in sql.rows("payout/list_holds", asked)
        if row["commune_code"] is not None
        and reaches(row["commune_code"], row["known_in"])
        and (not place_code or place_code in path_of(row["commune_code"], row["known_in"]))
    ]


def list_held_of_run(run_id: int, *, by: Actor) -> list[HeldMoney]:
    """What is kept back of a run's list, and of earlier lists in its communes, by commune and name.

    Refuses (NoSuchRun) a run outside the actor's areas.
    """
    run = get_run(run_id, by=by)
    communes = communes_of(run.place_code, run.month)
    rows = sql.rows(
        "payout/list_held_of_run", {"run_id": run.pk, "month": run.month.first_day, "communes": list(communes)}
    )
    return [
        HeldMoney(
            person_id=row["person_id"],
            full_name=row["full_name"],
            commune_code=row["commune_code"],
            amount_dong=Dong(row["amount_dong"]),
            kind=row["kind"],
            is_earlier=row["is_earlier"],
        )
        for row in rows
    ]


def _shown(row: dict[str, Any]) -> ShownHold:
    return ShownHold(
        hold_id=row["hold_id"],
        person_id=row["person_id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        commune_code=row["commune_code"],
        known_on=row["known_in"],
        order_id=row["order_id"],
        order_code=row["order_code"],
        kind=row["kind"],
        note=row["note"],
        evidence=row["evidence"],
        since_on=row["since_on"],
        recorded_at=row["recorded_at"],
        recorded_by=row["recorded_by"],
        lifted_at=row["lifted_at"],
        lifted_by=row["lifted_by"],
        lifted_why=row["lifted_why"],
        orders=row["orders"],
        held_dong=Dong(row["held_dong"]),
        paying_dong=Dong(row["paying_dong"]),
    )
