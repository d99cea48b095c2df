"""Bring spans up to date for whoever's facts, or the law, moved since they were last computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansinh.access.types import Actor
from ansinh.entitlement.deciding import SPAN_COLUMNS, Law, decide_anew
from ansinh.kernel.month import Month
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.platform.copying import copy_rows, refresh_statistics
from ansinh.policy.types import Decision, Lost

# People decided at once: bounds memory whatever the place.
_CHUNK = 2_000

_LOST_COLUMNS = ("person_id", "grant_id", "benefit", "starts", "ends", "because", "reason", "recorded_at")


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
    progress: Callable[[int, int], None] | None = None,
) -> SpansRecomputed:
    """Decide anew for every resident whose facts or law moved; `month` says which place units are in force.

    `law`: by which the place lists; another one, such as one with a new level, moves everybody's law.
    Spans that come out the same are left alone, so computing with nothing changed writes nothing. Refuses a commune
    outside the actor's areas (OutOfArea).
    """
    areas = {code: path_of(code, month.first_day) for code in commune_codes}
    for path in areas.values():
        by.must_reach(path)
    asked = {"communes": list(commune_codes), "month": month.first_day, "pack_digest": law.digest}
    # Locked first, asked again after: whoever held the lock before may have done the work meanwhile.
    sql.rows("entitlement/lock_stale_people", asked)
    stale = sql.rows("entitlement/list_stale_people", asked)
    added = superseded = 0
    for start in range(0, len(stale), _CHUNK):
        chunk = stale[start : start + _CHUNK]
        more, fewer = _recompute([row["id"] for row in chunk], law, areas, at)
        added, superseded = added + more, superseded + fewer
        sql.run(
            "entitlement/record_span_states",
            {
                "person_ids": [row["id"] for row in chunk],
                "versions": [row["facts_version"] for row in chunk],
                "pack_digest": law.digest,
                "at": at,
            },
        )
        if progress is not None:
            progress(min(start + _CHUNK, len(stale)), len(stale))
    if added or superseded:
        refresh_statistics("entitlement_span", "entitlement_lostspan", "entitlement_spanstate")
    return SpansRecomputed(len(stale), added, superseded)


def _recompute(
    person_ids: Sequence[int], law: Law, areas: Mapping[str, tuple[str, ...]], at: datetime
) -> tuple[int, int]:
    decisions, fresh, gone = decide_anew(person_ids, law, areas)
    if gone:
        sql.run("entitlement/supersede_spans", {"ids": gone, "at": at})
    copy_rows("entitlement_span", SPAN_COLUMNS, (_row(key, law.digest, at) for key in fresh))
    sql.run("entitlement/supersede_lost_spans", {"person_ids": list(person_ids), "at": at})
    copy_rows("entitlement_lostspan", _LOST_COLUMNS, _lost_rows(decisions, at))
    return len(fresh), len(gone)


def _row(key: tuple[Any, ...], digest: str, at: datetime) -> tuple[Any, ...]:
    starts, ends = key[5], key[6]
    return (
        *key[:5],
        starts.first_day,
        None if ends is None else ends.first_day,
        *key[7:12],
        key[12].value,
        digest,
        at,
    )


def _lost_rows(decisions: Mapping[int, Decision], at: datetime) -> Iterator[tuple[Any, ...]]:
    for person_id, decision in decisions.items():
        for lost in decision.lost:
            if lost.person == str(person_id):
                yield _lost_row(person_id, lost, at)


def _lost_row(person_id: int, lost: Lost, at: datetime) -> tuple[Any, ...]:
    ends = None if lost.ends is None else lost.ends.first_day
    return (person_id, int(lost.grant), lost.benefit, lost.starts.first_day, ends, lost.because, lost.text, at)
