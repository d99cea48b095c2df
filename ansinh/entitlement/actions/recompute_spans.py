"""Bring spans up to date for whoever's facts, or the law, moved since they were last computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.entitlement.deciding import Law
from ansinh.entitlement.rewriting import rewrite_spans
from ansinh.kernel.month import Month
from ansinh.places.queries import list_paths, path_of
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.platform.cancelling import Progress
from ansinh.platform.copying import refresh_grown

# People decided at once: bounds memory whatever the place.
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class SpansRecomputed:
    """How many people were looked at, and how many spans were added and superseded."""

    people: int
    added: int
    superseded: int


@action(permission="entitlement.recompute_spans", name="Xác định mức hưởng")
def recompute_spans(
    *,
    commune_codes: tuple[str, ...],
    month: Month,
    law: Law,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> SpansRecomputed:
    """Decide anew for every resident whose facts or law moved; `month` says which place units are in force.

    `law`: by which the place lists; another one, such as one with a new level, moves everybody's law. A standard amount
    alone moves only those for whom sums are compared.
    Spans that come out the same are left alone, so computing with nothing changed writes nothing. Refuses a commune
    outside the actor's areas (OutOfArea).
    """
    areas = list_paths(commune_codes, month.first_day)
    for code in commune_codes:
        # A code of no commune that day is refused by name.
        by.must_reach(areas[code] if code in areas else path_of(code, month.first_day))
    asked = {"communes": list(commune_codes), "month": month.first_day, "digests": law.digests}
    locked = [person_id for (person_id,) in sql.tuples("entitlement/lock_stale_people", asked)]
    people = added = superseded = 0
    for start in range(0, len(locked), _CHUNK):
        chunk = locked[start : start + _CHUNK]
        # Locked first, asked again after: whoever held the lock before may have done the work meanwhile.
        still = {"person_ids": chunk, "digests": law.digests}
        stale = [person_id for (person_id,) in sql.tuples("entitlement/list_stale_among", still)]
        more, fewer = rewrite_spans(stale, law, areas, at) if stale else (0, 0)
        people, added, superseded = people + len(stale), added + more, superseded + fewer
        if progress is not None:
            progress(start + len(chunk), len(locked))
    if added or superseded:
        refresh_grown("entitlement_span", "entitlement_lostspan", "entitlement_spanstate")
    return SpansRecomputed(people, added, superseded)
