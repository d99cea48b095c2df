"""People as the law is asked about them: facts and decisions, in bulk, without names."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, cast

from ansinh.kernel.month import Month
from ansinh.places.queries import list_paths
from ansinh.platform import sql
from ansinh.policy.types import Circle, Grant, PersonFacts, Precision, Sex
from ansinh.registry.models import Residence
from ansinh.registry.rules import Changed, facts_after, grants_after, standing

# From which month somebody lived in which areas, in order.
Homes: TypeAlias = tuple[tuple[Month, tuple[str, ...]], ...]


def list_circles(person_ids: Sequence[int], *, areas: Mapping[str, tuple[str, ...]]) -> dict[int, Circle]:
    """The circle of each person: themselves, whom they care for, who else cares for these, and the grants of all.

    `areas` gives, by commune code, the codes of the commune and of all above it. Keys inside a circle are the
    persons' and grants' ids as text.
    """
    rows = sql.rows("registry/list_circle_people", {"person_ids": list(person_ids)})
    people = {row["id"]: row for row in rows}
    changes = changes_of(list(people))
    grants: dict[int, list[Grant]] = defaultdict(list)
    for row in sql.rows("registry/list_grants", {"person_ids": list(people)}):
        grants[row["person_id"]].append(_grant(row))
    known = {
        person_id: _Known(
            facts_after(_facts(row), changes[person_id]), grants_after(grants[person_id], changes[person_id])
        )
        for person_id, row in people.items()
    }
    carers: dict[str, list[int]] = defaultdict(list)
    for person_id, found in known.items():
        for granted in found.grants:
            if granted.for_person is not None:
                carers[granted.for_person].append(person_id)
    homes = _homes_of(person_ids, areas) if areas else defaultdict(tuple)
    return {
        person_id: _circle(
            person_id, known, carers, areas.get(people[person_id]["commune_code"] or "", ()), homes[person_id]
        )
        for person_id in person_ids
        if person_id in people
    }


def changes_of(person_ids: Sequence[int]) -> Mapping[int, tuple[Changed, ...]]:
    """The changes of each person that count now, in the order they became true."""
    told: dict[int, list[Changed]] = defaultdict(list)
    for row in sql.rows("registry/list_changes", {"person_ids": list(person_ids)}):
        told[row["person_id"]].append(Changed(**{**row, "facts": json.loads(row["facts"])}))
    return defaultdict(tuple, {person_id: standing(found) for person_id, found in told.items()})


def grants_of(person_id: int) -> tuple[Grant, ...]:
    """A person's decisions as the law is asked about them: stopped, suspended and resumed as told since."""
    rows = sql.rows("registry/list_grants", {"person_ids": [person_id]})
    return grants_after([_grant(row) for row in rows], changes_of([person_id])[person_id])


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one person once all changes are told."""

    facts: PersonFacts
    grants: tuple[Grant, ...]


def _circle(
    person_id: int, known: Mapping[int, _Known], carers: Mapping[str, list[int]], areas: tuple[str, ...], homes: Homes
) -> Circle:
    """Decisions in the order they were written down, whoever is asked about: of two alike the same one always wins."""
    cared_for = [granted.for_person for granted in known[person_id].grants if granted.for_person is not None]
    others = [int(one) for one in cared_for] + [carer for one in cared_for for carer in carers[one]]
    members = {str(member): known[member] for member in dict.fromkeys([person_id, *others])}
    grants = [granted for member in members.values() for granted in member.grants]
    bearing = [one for one in grants if one.for_person is None or one.for_person in members]
    return Circle(
        people={member: found.facts for member, found in members.items()},
        grants=tuple(sorted(bearing, key=lambda one: int(one.key))),
        areas=areas,
        homes=homes,
    )


def _homes_of(person_ids: Sequence[int], areas: Mapping[str, tuple[str, ...]]) -> Mapping[int, Homes]:
    """Of those who lived in more than one place: from which month in which areas; the present one's as given."""
    lived: dict[int, list[tuple[Month, str]]] = defaultdict(list)
    rows = Residence.objects.filter(person_id__in=person_ids).order_by("person_id", "starts")
    for person_id, starts, code in rows.values_list("person_id", "starts", "commune_code"):
        lived[person_id].append((starts, code))
    moved = {person_id: found for person_id, found in lived.items() if len(found) > 1}
    left: dict[Month, set[str]] = defaultdict(set)
    for found in moved.values():
        for starts, code in found[:-1]:
            left[starts].add(code)
    paths = {starts: list_paths(codes, starts.first_day) for starts, codes in left.items()}
    return defaultdict(
        tuple,
        {
            person_id: (
                *((starts, paths[starts].get(code, ())) for starts, code in found[:-1]),
                (found[-1][0], areas.get(found[-1][1], ())),
            )
            for person_id, found in moved.items()
        },
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
