"""Writing the people of a register file, in sets: ids taken first, then one COPY a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key
from ansinh.platform.copying import copy_rows, refresh_statistics, take_ids
from ansinh.platform.sealing import index_columns, seal
from ansinh.registry.matching import find_cared_for
from ansinh.registry.ports import COLUMNS
from ansinh.registry.workbook import RegisterRow


@dataclass(slots=True)
class NewGrant:
    """A grant about to be written for a known or new person, from a row."""

    grant_id: int
    person_id: int
    category: str
    row: RegisterRow
    cared_for_id: int | None = None


@dataclass(slots=True)
class Recording:
    """What one file brings: new people with the row that tells of each, and new grants."""

    month: Month
    at: datetime
    people: dict[int, RegisterRow] = field(default_factory=dict)
    grants: list[NewGrant] = field(default_factory=list)
    # (folded name, commune) → (person, category): whom a carer's row may name.
    named: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))

    def add_person(self, person_id: int, row: RegisterRow) -> None:
        self.people[person_id] = row

    def add_grant(self, grant: NewGrant) -> None:
        self.grants.append(grant)
        self.named[folded(grant.row.name), grant.row.commune_code or ""].append((grant.person_id, grant.category))

    def link_cared_for(self) -> None:
        """Join each carer's grant to the person it names, where exactly one fits."""
        for grant in self.grants:
            if grant.row.cared_for and grant.category.startswith("carer_"):
                found = find_cared_for(grant.row.cared_for, grant.row.commune_code or "", grant.category, self.named)
                grant.cared_for_id = None if found == grant.person_id else found

    def write(self) -> None:
        """Everything into the tables, inside the caller's transaction."""
        households = self._households()
        _copy("registry_person", self._person_rows(households))
        _copy("registry_residence", self._residence_rows())
        _copy("registry_sealednumber", self._number_rows())
        _copy("registry_grant", map(self._grant_row, self.grants))
        _copy("registry_collector", self._collector_rows())
        refresh_statistics("registry_person", "registry_residence", "registry_sealednumber", "registry_grant")

    def _households(self) -> Mapping[int, int]:
        """A household for each carer and whom they care for, when both are new here."""
        pairs = [
            (grant.person_id, grant.cared_for_id)
            for grant in self.grants
            if grant.cared_for_id in self.people and grant.person_id in self.people
        ]
        members = _joined(pairs)
        if not members:
            return {}
        ids = take_ids("registry_household_id_seq", len(set(members.values())))
        _copy("registry_household", ((one, self.at) for one in ids))
        house_of = dict(zip(sorted(set(members.values())), ids, strict=True))
        return {person: house_of[root] for person, root in members.items()}

    def _person_rows(self, households: Mapping[int, int]) -> Iterator[Sequence[Any]]:
        for person_id, row in self.people.items():
            assert row.birth is not None  # noqa: S101 - accepted rows have a birth; the reader sets others aside
            yield (person_id, row.name, folded(row.name), sort_key(row.name), row.birth.first_day,
                   row.birth.precision, row.sex or "", households.get(person_id), 1, self.at)  # fmt: skip

    def _residence_rows(self) -> Iterator[Sequence[Any]]:
        for person_id, row in self.people.items():
            # Where somebody lived before the register came here is not known; the law's months before are settled.
            yield person_id, row.commune_code, row.hamlet, self.month.first_day, None, self.at

    def _number_rows(self) -> Iterator[Sequence[Any]]:
        for person_id, row in self.people.items():
            for kind, number, bank in numbers_of(row):
                indexes = index_columns(number, kind=kind)
                yield person_id, kind, seal(number, kind=kind), *indexes.values(), bank, self.at

    def _grant_row(self, grant: NewGrant) -> Sequence[Any]:
        row = grant.row
        starts = row.from_month or (Month.containing(row.decided_on) if row.decided_on else self.month)
        ends = row.ends_month if row.ends_month is not None and row.ends_month > starts else None
        return (grant.grant_id, grant.person_id, grant.category, starts.first_day, ends and ends.first_day,
                self.month.first_day, row.decision_no, row.decided_on, "", row.coefficient, row.children,
                grant.cared_for_id, row.cared_for, self.at)  # fmt: skip

    def _collector_rows(self) -> Iterator[Sequence[Any]]:
        for person_id, row in self.people.items():
            if row.collector is not None and row.collector.name:
                one = row.collector
                yield person_id, one.name, one.relation, one.authorised_until, self.at


def numbers_of(row: RegisterRow) -> Iterator[tuple[str, str, str]]:
    """The row's sensitive numbers: (kind, digits, bank)."""
    if row.identity is not None:
        yield row.identity.kind, row.identity.number, ""
    if row.phone:
        yield "phone", row.phone, ""
    if row.payment.account_no:
        yield "account", row.payment.account_no, row.payment.bank_text


def _copy(table: str, rows: Iterable[Sequence[Any]]) -> None:
    copy_rows(table, COLUMNS[table], rows)


def _joined(pairs: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    """Each person of the pairs with the smallest person of their connected group."""
    root: dict[int, int] = {}

    def find(one: int) -> int:
        while root.setdefault(one, one) != one:
            one = root[one]
        return one

    for one, other in pairs:
        if other is not None:
            low, high = sorted((find(one), find(other)))
            root[high] = low
    return {one: find(one) for one in root}
