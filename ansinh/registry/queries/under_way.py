"""What is being imported this very moment, told by the locks imports hold: true also when a browser has gone away."""

from __future__ import annotations

from datetime import date

from ansinh.access.types import Actor
from ansinh.places.queries import find_last_place
from ansinh.platform import sql
from ansinh.registry.types import ImportUnderWay

# With the province's code the two numbers of the lock an import holds until it is done or undone.
IMPORT_LOCK = 72_011


def list_imports_under_way(*, by: Actor, on: date) -> list[ImportUnderWay]:
    """Imports into the provinces the actor works in. One that ended, was refused or died is no longer here."""
    found = []
    for row in sql.rows("registry/list_imports_under_way", {"lock": IMPORT_LOCK}):
        province = find_last_place(f"{row['province']:02d}", on)
        if province is not None and _works_in(by, province.code, on):
            found.append(ImportUnderWay(province, row["since"], row["waiting"]))
    return found


def _works_in(by: Actor, province: str, on: date) -> bool:
    if by.reaches((province,)):
        return True
    places = (find_last_place(area, on) for area in by.areas)
    return any(place is not None and place.path[0] == province for place in places)
