"""People of divided communes whom nobody has placed in one of the heirs yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ansinh.kernel.month import Month
from ansinh.places.queries import get_place, list_predecessors, successors
from ansinh.platform import sql
from ansinh.registry.types import UnplacedResident


def list_unplaced_residents(commune_codes: Sequence[str], *, month: Month) -> tuple[UnplacedResident, ...]:
    """Whoever is granted something in the month and lives in a divided place of which a commune got a part.

    For callers that have asked for the communes' reach themselves.
    """
    divided = {
        (one.code, one.ended_on): one
        for one in list_predecessors(commune_codes, month.first_day)
        if one.part == "split"
    }  # fmt: skip
    rows = sql.rows(
        "registry/list_unplaced_residents",
        {
            "codes": [one.code for one in divided.values()],
            "starts_on": [one.starts_on for one in divided.values()],
            "ended_on": [one.ended_on for one in divided.values()],
            "month": month.first_day,
        },
    )
    places = {}
    for code, ended_on in {(row["commune_code"], row["ended_on"]) for row in rows}:
        home = get_place(code, ended_on - timedelta(days=1))
        heirs = tuple(heir.place for heir in successors(home, month.first_day))
        places[code, ended_on] = home, heirs, divided[code, ended_on].heir_from
    return tuple(
        UnplacedResident(row["person_id"], row["full_name"], *places[row["commune_code"], row["ended_on"]])
        for row in rows
    )
