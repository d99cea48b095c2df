"""People as the law is asked about them: facts and decisions, in bulk, without names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.policy.types import Circle, Grant, PersonFacts, Precision, Sex


def list_circles(person_ids: Sequence[int], *, areas: Mapping[str, tuple[str, ...]]) -> dict[int, Circle]:
    """The circle of each person: themselves, whom they care for, and the grants of all of these.

    `areas` gives, by commune code, the codes of the commune and of all above it. Keys inside a circle are the
    persons' and grants' ids as text.
    """
    rows = sql.rows("registry/list_circle_people", {"person_ids": list(person_ids)})
    people = {row["id"]: row for row in rows}
    grants: dict[int, list[Grant]] = defaultdict(list)
    for row in sql.rows("registry/list_grants", {"person_ids": list(people)}):
        grants[row["person_id"]].append(_grant(row))
    return {person_id: _circle(person_id, people, grants, areas) for person_id in person_ids if person_id in people}


def _circle(
    person_id: int,
    people: Mapping[int, dict[str, Any]],
    grants: Mapping[int, list[Grant]],
    areas: Mapping[str, tuple[str, ...]],
) -> Circle:
    members = [person_id]
    for granted in grants.get(person_id, ()):
        if granted.for_person is not None and int(granted.for_person) not in members:
            members.append(int(granted.for_person))
    return Circle(
        people={str(member): _facts(people[member]) for member in members},
        grants=tuple(granted for member in members for granted in grants.get(member, ())),
        areas=areas.get(people[person_id]["commune_code"] or "", ()),
    )


def _facts(row: dict[str, Any]) -> PersonFacts:
    return PersonFacts(
        born=row["born_on"],
        born_precision=cast(Precision, row["birth_precision"]),
        sex=cast(Sex, row["sex"]) if row["sex"] else None,
    )


def _grant(row: dict[str, Any]) -> Grant:
    return Grant(
        key=str(row["id"]),
        person=str(row["person_id"]),
        category=row["category"],
        for_person=None if row["cared_for_id"] is None else str(row["cared_for_id"]),
        signed_on=row["decided_on"],
        starts=_month(row["starts"]),
        ends=_month(row["ends"]),
        children=row["children"],
        coefficient=row["coefficient"],
    )


def _month(day: date | None) -> Month | None:
    return None if day is None else Month.containing(day)
