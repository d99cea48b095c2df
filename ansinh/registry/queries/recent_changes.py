"""What was told of the people of a place: who, what, when, by whom, undone or not. A list: no name beside a status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ansinh.access.queries import list_user_names
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.names import folded
from ansinh.places.queries import list_codes_ever_within
from ansinh.platform import sql
from ansinh.registry.rules import CHANGE_NAMES, CHILDREN, FACT_KINDS
from ansinh.registry.types import birth_of

# Facts stand under one name on lists, whatever they say: told apart, one of them would tell a status.
FACTS = "facts"
LISTED_NAMES = {FACTS: "Thông tin xét hưởng", **{kind: name for kind, name in CHANGE_NAMES.items() if kind != CHILDREN}}


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes to show; empty fields ask for all. `kind` is a key of LISTED_NAMES, `place` any place's code.

    Days are those on which they were told, both included. `undone`: only those taken back, or only the others.
    """

    place: str = ""
    kind: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None
    undone: bool | None = None


@dataclass(frozen=True, slots=True)
class RecentChange:
    """One change as a list shows it; `kind` is a key of LISTED_NAMES."""

    change_id: int
    person_id: int
    full_name: str
    birth: BirthDate
    commune_code: str
    hamlet: str
    kind: str
    effective_on: date
    decision_no: str
    decided_on: date | None
    recorded_at: datetime
    recorded_by: str
    is_undone: bool


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some changes, and how many the filter found in all."""

    changes: tuple[RecentChange, ...]
    found: int


def listed_kind(kind: str) -> str:
    """What a list calls a kind of change."""
    return FACTS if kind == CHILDREN or kind in FACT_KINDS else kind


def list_recent_changes(*, by: Actor, wanted: ChangeFilter, limit: int, offset: int = 0) -> ChangePage:
    """What the filter asks for among people of the actor's areas, the last told first."""
    rows = sql.rows(
        "registry/list_recent_changes",
        {
            "communes": _communes(by, wanted.place),
            "kinds": _kinds(wanted.kind),
            "name": folded(wanted.name).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
            "since": wanted.since,
            "until": wanted.until,
            "undone": wanted.undone,
            "limit": limit,
            "offset": offset,
        },
    )
    names = list_user_names(row["recorded_by"] for row in rows)
    return ChangePage(tuple(_recent(row, names) for row in rows), rows[0]["found"] if rows else 0)


def _kinds(listed: str) -> list[str] | None:
    if not listed:
        return None
    return [CHILDREN, *FACT_KINDS] if listed == FACTS else [listed]


def _communes(by: Actor, place: str) -> list[str] | None:
    """The codes wanted that the actor reaches, those of ended communes too; None for all."""
    own = None if EVERYWHERE in by.areas else _ever_within(by.areas)
    if not place:
        return None if own is None else sorted(own)
    asked = _ever_within([place])
    return sorted(asked if own is None else asked & own)


def _ever_within(codes: Iterable[str]) -> set[str]:
    return {found for code in codes for found in list_codes_ever_within(code)}


def _recent(row: dict[str, Any], names: dict[int, str]) -> RecentChange:
    return RecentChange(
        change_id=row["id"],
        person_id=row["person_id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        commune_code=row["commune_code"],
        hamlet=row["hamlet"],
        kind=listed_kind(row["kind"]),
        effective_on=row["effective_on"],
        decision_no=row["decision_no"],
        decided_on=row["decided_on"],
        recorded_at=row["recorded_at"],
        recorded_by=names.get(row["recorded_by"], ""),
        is_undone=row["is_undone"],
    )
