"""Registers of any size by chance: births, decisions of every category, carers, and what was told of people since."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ansinh.kernel.month import Month
from ansinh.platform.copying import copy_rows, take_ids
from ansinh.policy import load_pack
from tests.seeding import AT

_PEOPLE = ("id", "full_name", "name_key", "sort_key", "born_on", "birth_precision", "sex", "facts_version",
           "recorded_at")  # fmt: skip
_HOMES = ("person_id", "commune_code", "hamlet", "starts", "recorded_at")
_GRANTS = ("id", "person_id", "category", "starts", "ends", "opening_month", "decision_no", "decided_on", "book_no",
           "coefficient", "children", "cared_for_id", "cared_for_name", "recorded_at", "undone_at")  # fmt: skip
_CHANGES = ("person_id", "kind", "effective_on", "facts", "decision_no", "evidence", "reason", "recorded_at",
            "recorded_by")  # fmt: skip
_FIRST = date(2014, 1, 1)
# Categories of most people with their shares; one of merit beside them.
_USUAL = (("disabled_severe", 30), ("elderly_80_no_pension", 30), ("disabled_exceptional", 12), ("social_pension", 8),
          ("carer_household_exceptional", 8), ("single_parent_poor", 5), ("child_no_care", 3))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shares:
    """Of a hundred people how many have a second decision, and of how many something was told since."""

    second: int
    told: int
    usual: bool


MIXED = Shares(second=30, told=50, usual=False)


@dataclass(slots=True)
class _Drawn:
    """Rows of a register under way."""

    chance: random.Random
    ids: range
    communes: Sequence[str]
    shares: Shares
    people: list[tuple[Any, ...]] = field(default_factory=list)
    homes: list[tuple[Any, ...]] = field(default_factory=list)
    grants: list[tuple[Any, ...]] = field(default_factory=list)
    changes: list[tuple[Any, ...]] = field(default_factory=list)


def fill_register(count: int, *, communes: Sequence[str], seed: int, shares: Shares = MIXED) -> range:
    """So many people with decisions in these communes; their ids."""
    ids = take_ids("registry_person_id_seq", count)
    grant_ids = iter(take_ids("registry_grant_id_seq", 2 * count))
    drawn = _Drawn(random.Random(seed), ids, communes, shares)  # noqa: S311 - a register of nobody
    for person_id in ids:
        _draw(drawn, person_id, grant_ids)
    copy_rows("registry_person", _PEOPLE, drawn.people)
    copy_rows("registry_residence", _HOMES, drawn.homes)
    copy_rows("registry_grant", _GRANTS, drawn.grants)
    copy_rows("registry_change", _CHANGES, drawn.changes)
    return ids


def _draw(drawn: _Drawn, person_id: int, grant_ids: Iterator[int]) -> None:
    chance, shares = drawn.chance, drawn.shares
    category = _category(chance, usual=shares.usual)
    name, born = f"Người {person_id}", _birth(chance, category)
    precision = chance.choices(("day", "month", "year"), (85, 3, 12))[0]
    sex = chance.choice(("", "male", "female"))
    drawn.people.append((person_id, name, name.lower(), name.lower(), born, precision, sex, 1, AT))
    drawn.homes.append((person_id, chance.choice(drawn.communes), "", Month.of(2014, 1).first_day, AT))
    grants = [(next(grant_ids), category)]
    if chance.randrange(100) < shares.second:
        grants.append((next(grant_ids), _category(chance, usual=False)))
    for grant_id, granted in grants:
        drawn.grants.append(_grant(chance, grant_id, person_id, granted, drawn.ids))
    if chance.randrange(100) < shares.told:
        for _ in range(chance.randint(1, 3)):
            drawn.changes.append(_change(chance, person_id, grants[0][0]))


_CODES = tuple(one.code for one in load_pack().categories if one.kind != "merit")
_MERIT = tuple(one.code for one in load_pack().categories if one.kind == "merit")[:6]


def _category(chance: random.Random, *, usual: bool) -> str:
    if usual:
        codes, weights = zip(*_USUAL, strict=True)
        return str(chance.choices((*codes, chance.choice(_MERIT)), (*weights, 4))[0])
    return chance.choice((*_CODES, *_CODES, chance.choice(_MERIT)))


def _birth(chance: random.Random, category: str) -> date:
    if category.startswith(("elderly", "social")):
        return date(1928, 1, 1) + timedelta(days=chance.randrange(365 * 20))
    if category.startswith("child"):
        return date(2004, 1, 1) + timedelta(days=chance.randrange(365 * 16))
    return date(1935, 1, 1) + timedelta(days=chance.randrange(365 * 80))


def _grant(chance: random.Random, grant_id: int, person_id: int, category: str, ids: range) -> tuple[Any, ...]:
    starts = Month.of(2010, 1) + chance.randrange(130)
    ends = starts + chance.randint(1, 150) if chance.randrange(10) == 0 else None
    another = category.startswith("carer_") and category != "carer_disabled_parent"
    # Two carers of one person now and then, and somebody cared for who cares for another.
    cared = chance.choice(ids) if another and chance.randrange(10) else None
    return (
        grant_id, person_id, category, starts.first_day, None if ends is None else ends.first_day, starts.first_day, "",
        starts.first_day, "", chance.choice((None, "1.0", "1.5", "2.0")), chance.choice((None, None, 1, 2)), cared, "",
        AT, AT if chance.randrange(40) == 0 else None,
    )  # fmt: skip


_TOLD: dict[str, tuple[dict[str, Any], ...]] = {
    "death": ({},),
    "missing": ({},),
    "children": ({"children": [{"born": "2012-03-04", "studying": True}, {"born": None}]}, {"children": []}),
    "poverty": ({"value": "poor"}, {"value": "near_poor"}, {"value": "none"}),
    "hiv": ({"value": "yes"}, {"value": "none"}),
    "disability": ({"value": "severe"}, {"value": "exceptional"}, {"value": "mild"}),
    "insurance_income": ({"value": "pension", "monthly_dong": 600000}, {"value": "none"}),
    "merit": ({"value": "yes", "monthly_dong": 2000000},),
    "imprisoned": ({"value": "yes"}, {"value": "none"}),
    "in_facility": ({"value": "yes"}, {"value": "none"}),
    "studying": ({"value": "school"}, {"value": "none"}),
    "taken_in": ({"value": "yes"},),
    "move_resident": ({"to": ""}, {"to": "02050"}, {"to": "02053"}),
    "stop_grant": ({},),
    "suspend_grant": ({},),
    "resume_grant": ({"pays_from": "2020-09"},),
    "correct_name": ({},),
    "adjust_grant": ({},),
}


def _change(chance: random.Random, person_id: int, grant_id: int) -> tuple[Any, ...]:
    kind = chance.choice(tuple(_TOLD))
    facts = dict(chance.choice(_TOLD[kind]))
    if kind.endswith("_grant"):
        facts["grant_id"] = grant_id
    day = _FIRST + timedelta(days=chance.randrange(365 * 13))
    return person_id, kind, day, json.dumps(facts), "", "", "", AT, 0
