"""Grants of people of whom the register knows nothing but births and decisions: most people, read at once and lean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import NamedTuple

from ansinh.platform import sql
from ansinh.policy import load_pack
from ansinh.registry.rules import CHILDREN, DEATH, FACT_KINDS, MISSING, MOVE, RESUME, STOP, SUSPEND

# Changes that `facts_after` and `grants_after` read: told of somebody, or of whom they care for, more than births and
# decisions is known. Of moves they read the one out of the register first.
_TELLING = (*FACT_KINDS, DEATH, MISSING, CHILDREN, STOP, SUSPEND, RESUME, MOVE)


class PlainGrant(NamedTuple):
    """A decision with all that is known about it beside; a tuple, for there are millions."""

    person_id: int
    grant_id: int
    category: str
    cared_for_id: int | None
    starts: date
    ends: date | None
    children: int | None
    coefficient: Decimal | None
    born_on: date
    birth_precision: str
    cared_born_on: date | None
    cared_birth_precision: str | None


@dataclass(frozen=True, slots=True)
class PlainGrants:
    """Decisions of which each bears on no other, and the ids of those people of whom more must be read."""

    grants: list[PlainGrant]
    others: list[int]


def list_plain_grants(person_ids: Sequence[int]) -> PlainGrants:
    """Of some people those decisions that nothing told since can move and that bear on no other: one benefit a person,
    one carer's support for a cared-for person. Whoever has any other is among `others`, with none here.

    Who was granted nothing is in neither.
    """
    rows = sql.tuples("registry/list_bearing_grants", {"person_ids": list(person_ids)})
    cared = list({row[3] for row in rows if row[3] is not None})
    told = {"person_ids": [*person_ids, *cared], "kinds": list(_TELLING), "move": MOVE}
    known = {row[0] for row in sql.tuples("registry/list_people_with_changes", told)}
    shared: set[int] = set()
    if cared:
        asked = {"person_ids": cared}
        shared = {row[0] for row in sql.tuples("registry/list_people_cared_for_twice", asked)}
    found = PlainGrants([], [])
    for person_id, own in _of_each(rows):
        if person_id in known or not _apart(own) or any(row[3] in known or row[3] in shared for row in own if row[3]):
            found.others.append(person_id)
        else:
            found.grants.extend(own)
    return found


def _of_each(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[int, list[PlainGrant]]]:
    for person_id, own in groupby(map(PlainGrant._make, rows), key=lambda row: row.person_id):
        yield person_id, list(own)


def _apart(own: Sequence[PlainGrant]) -> bool:
    """Whether none of one person's decisions bears on another of theirs."""
    if len(own) == 1:
        return own[0].cared_for_id is None or own[0].category in _carers()
    cared = [row for row in own if row.category in _carers()]
    rest = [row for row in own if row.category not in _carers()]
    return len(rest) < 2 and all(row.cared_for_id is None for row in rest) and _each_of_another(cared)


def _each_of_another(cared: Sequence[PlainGrant]) -> bool:
    """Whether a carer's decisions are about different people, none of them about nobody known."""
    about = {row.cared_for_id for row in cared}
    return len(about) == len(cared) and (None not in about or len(cared) < 2)


@cache
def _carers() -> frozenset[str]:
    """Categories of carers, but not that of a disabled parent, who is paid for themselves."""
    return frozenset(one.code for one in load_pack().categories if one.cares_for_another)
