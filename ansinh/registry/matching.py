"""Whom a register row speaks of: one person in several rows, a person already known, the cared-for of a carer.

Pure. Only what is certain is joined: the same identity number under the same name, or the same name, full birth date
and commune without two different identity numbers. Likeness is a finding elsewhere, never a merge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.names import folded
from ansinh.registry.workbook import RegisterRow

IdentityKey = tuple[str, str]
NameKey = tuple[str, date, str]


@dataclass(frozen=True, slots=True)
class KnownGrant:
    """A grant of the register with what identifies its person."""

    grant_id: int
    person_id: int
    category: str
    name_key: str
    born_on: date
    birth_precision: str
    commune_code: str
    decision_no: str


def identity_key(row: RegisterRow) -> IdentityKey | None:
    """The row's identity number when it is a readable one."""
    if row.identity is None or row.identity.kind not in ("cccd", "cmnd"):
        return None
    return row.identity.kind, row.identity.number


def name_key(row: RegisterRow) -> NameKey | None:
    """Name, birth and commune, when the birth date is known to the day."""
    if row.birth is None or row.birth.precision != "day" or row.commune_code is None:
        return None
    return folded(row.name), row.birth.first_day, row.commune_code


def group_rows(rows: Sequence[RegisterRow]) -> list[list[int]]:
    """Indexes of rows that are one person, in order of first appearance."""
    groups: list[list[int]] = []
    by_identity: dict[tuple[IdentityKey, str], int] = {}
    by_name: dict[NameKey, int] = {}
    identity_of: dict[int, IdentityKey] = {}
    for index, row in enumerate(rows):
        identity, named = identity_key(row), name_key(row)
        group = by_identity.get((identity, folded(row.name))) if identity else None
        if group is None and named is not None and named in by_name:
            candidate = by_name[named]
            # Two different numbers under one name and birthday: a doubt for an officer, not one person.
            if identity is None or identity_of.get(candidate, identity) == identity:
                group = candidate
        if group is None:
            group = len(groups)
            groups.append([])
        groups[group].append(index)
        if identity:
            by_identity.setdefault((identity, folded(row.name)), group)
            identity_of.setdefault(group, identity)
        if named:
            by_name.setdefault(named, group)
    return groups


class KnownPeople:
    """The register's grants in a place, to be asked which one a row speaks of."""

    def __init__(self, grants: Iterable[KnownGrant], people_by_identity: Mapping[IdentityKey, frozenset[int]]) -> None:
        self.grants: dict[int, KnownGrant] = {}
        self._by_identity = people_by_identity
        self._by_person: dict[int, list[KnownGrant]] = defaultdict(list)
        self._by_name: dict[tuple[str, date, str], set[int]] = defaultdict(set)
        self._by_decision: dict[tuple[str, str, str], list[KnownGrant]] = defaultdict(list)
        for grant in grants:
            self.grants[grant.grant_id] = grant
            self._by_person[grant.person_id].append(grant)
            self._by_name[grant.name_key, grant.born_on, grant.commune_code].add(grant.person_id)
            if grant.decision_no:
                self._by_decision[grant.decision_no, grant.category, grant.commune_code].append(grant)

    def find_person(self, row: RegisterRow) -> int | None:
        """The known person the row speaks of: by identity number and name or birth, else by name, birth, commune,
        else by decision number with the same name or birth (a corrected cell)."""
        key = folded(row.name)
        identity = identity_key(row)
        if identity is not None:
            for person_id in sorted(self._by_identity.get(identity, ())):
                if any(g.name_key == key or self._same_birth(g, row) for g in self._by_person[person_id]):
                    return person_id
        if row.birth is None or row.commune_code is None:
            return None
        named = self._by_name.get((key, row.birth.first_day, row.commune_code), set())
        if len(named) == 1:
            return next(iter(named))
        by_decision = {
            grant.person_id
            for category in row.categories
            for grant in self._by_decision.get((row.decision_no, category, row.commune_code), ())
            if grant.name_key == key or self._same_birth(grant, row)
        }
        return by_decision.pop() if len(by_decision) == 1 else None

    def grants_of(self, person_id: int) -> list[KnownGrant]:
        return self._by_person[person_id]

    @staticmethod
    def _same_birth(grant: KnownGrant, row: RegisterRow) -> bool:
        return (
            row.birth is not None
            and row.birth.precision == "day" == grant.birth_precision
            and row.birth.first_day == grant.born_on
        )


def find_cared_for(
    wanted: str, commune: str, category: str, candidates: Mapping[tuple[str, str], Sequence[tuple[int, str]]]
) -> int | None:
    """The person a carer's row names: the one of that name in the commune, preferring whom the support is for.

    `candidates`: (folded name, commune) → (person, category) pairs. None when nobody, or more than one, fits.
    """
    found = candidates.get((folded(wanted), commune), ())
    fitting = {person for person, held in found if held in _CARED_CATEGORIES.get(category, frozenset())}
    people = fitting or {person for person, held in found if not held.startswith("carer_")}
    return people.pop() if len(people) == 1 else None


# Whom each carer support is for.
_CARED_CATEGORIES: dict[str, frozenset[str]] = {
    "carer_household_exceptional": frozenset({"disabled_exceptional"}),
    "carer_takein_exceptional": frozenset({"disabled_exceptional"}),
    "carer_child_no_care": frozenset({"child_no_care", "youth_16_plus_study"}),
    "carer_elderly_community": frozenset({"elderly_community_care"}),
}
