"""The register's own people of some communes, read for matching with a file's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.platform.sealing import unseal
from ansinh.registry.matching import KnownGrant, KnownPeople


def read_known_people(communes: Sequence[str], month: Month) -> KnownPeople:
    """Grants still open of people living in the communes in the month, and who carries which identity number."""
    rows = sql.rows("registry/list_known_grants", {"communes": list(communes), "month": month.first_day})
    grants = [
        KnownGrant(
            grant_id=row["grant_id"],
            person_id=row["person_id"],
            category=row["category"],
            name_key=row["name_key"],
            born_on=row["born_on"],
            birth_precision=row["birth_precision"],
            commune_code=row["commune_code"],
            decision_no=row["decision_no"],
        )
        for row in rows
    ]
    people: dict[tuple[str, str], set[int]] = defaultdict(set)
    person_ids = sorted({grant.person_id for grant in grants})
    for row in sql.rows("registry/list_identities", {"person_ids": person_ids}):
        people[row["kind"], unseal(row["sealed"], kind=row["kind"]).decode()].add(row["person_id"])
    return KnownPeople(grants, {key: frozenset(ids) for key, ids in people.items()})
