"""Turns: the months in which what somebody is owed becomes something else, by the spans that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ansinh.entitlement.deciding import Law
from ansinh.entitlement.types import DecisionFound, Owed, Turn
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.policy import happenings
from ansinh.registry.queries import list_circles
from ansinh.registry.types import KINDS_NEVER_ABOUT_MONEY, birth_of

# Circles opened at once.
_CHUNK = 2_000


def list_turns(
    commune_codes: Sequence[str],
    *,
    home_month: Month,
    first: Month,
    last: Month,
    law: Law,
    only_undecided: bool = False,
) -> list[Turn]:
    """Every month from `first` to `last` in which a resident of the communes is owed something else, in order.

    By the spans as they stand: who is stale is counted by `count_stale`. `home_month`: when they live there.
    `only_undecided`: what goes on or ceases and nobody recorded a decision about.
    """
    rows = sql.rows(
        "entitlement/list_turns",
        {
            "communes": list(commune_codes),
            "home_month": home_month.first_day,
            "first": first.first_day,
            "last": last.first_day,
            "never_about_money": list(KINDS_NEVER_ABOUT_MONEY),
            "only_undecided": only_undecided,
        },
    )
    turns = _paired([_turn(row) for row in rows])
    found: list[Turn] = []
    for start in range(0, len(turns), _CHUNK):
        chunk = turns[start : start + _CHUNK]
        circles = list_circles(list({one.person_id for one in chunk}), areas={})
        for one in chunk:
            circle, person = circles[one.person_id], str(one.person_id)
            made_by = happenings(circle, person, one.month, law.pack, levels_not_taken=law.levels_not_taken)
            found.append(replace(one, happenings=made_by))
    return found


def count_stale(commune_codes: Sequence[str], month: Month, *, law: Law) -> int:
    """How many residents have facts, or a law, that moved since their spans were computed."""
    asked = {
        "communes": list(commune_codes),
        "month": month.first_day,
        "digests": law.digests,
    }
    return int(sql.rows("entitlement/count_stale_people", asked)[0]["people"])


def count_stale_by_commune(commune_codes: Sequence[str], month: Month, *, law: Law) -> dict[str, int]:
    """The same of each commune that has any; who is about to move is told of both."""
    asked = {"communes": list(commune_codes), "month": month.first_day, "digests": law.digests}
    return {row["commune_code"]: row["people"] for row in sql.rows("entitlement/list_stale_counts", asked)}


def _paired(turns: Sequence[Turn]) -> list[Turn]:
    """A decision that ceases and another that begins for one person in one month told as one turn, if it is one."""
    alike: dict[tuple[int, Month], list[Turn]] = defaultdict(list)
    for one in turns:
        alike[one.person_id, one.month].append(one)
    told: list[Turn] = []
    for one in turns:
        own = alike[one.person_id, one.month]
        gone = [other for other in own if other.after is None]
        come = [other for other in own if other.before is None]
        if len(gone) != 1 or len(come) != 1 or one not in (gone[0], come[0]):
            told.append(one)
        elif one is gone[0]:
            joined = replace(come[0], before=gone[0].before)
            if joined.before and joined.after and joined.before.worth != joined.after.worth:
                told.append(joined)
    return told


def _turn(row: dict[str, Any]) -> Turn:
    return Turn(
        person_id=row["person_id"],
        full_name=row["full_name"],
        sort_key=row["sort_key"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        commune_code=row["commune_code"],
        hamlet=row["hamlet"],
        month=Month.containing(row["turn_month"]),
        before=_owed(row, "before"),
        after=_owed(row, "after"),
        happenings=(),
        decision=next(_decisions(row), None),
    )


def _owed(row: dict[str, Any], side: str) -> Owed | None:
    if row[f"{side}_benefit"] is None:
        return None
    return Owed(
        grant_id=row[f"{side}_grant_id"],
        benefit=row[f"{side}_benefit"],
        regime=row[f"{side}_regime"],
        coefficient=row[f"{side}_coefficient"],
        deducted=Dong(row[f"{side}_deducted"]),
        article=row[f"{side}_article"],
    )


def _decisions(row: dict[str, Any]) -> Iterator[DecisionFound]:
    """What was recorded about the turn, the nearest to it first."""
    if row["change_kind"] is not None:
        yield DecisionFound(row["change_kind"], row["change_no"], row["change_decided_on"])
    if row["other_id"] is not None:
        yield DecisionFound("grant", row["other_no"], row["other_decided_on"])
    if row["ends_by_itself"] or row["before_benefit"] is None:
        yield DecisionFound("grant", row["own_no"], row["own_decided_on"])
