"""The shape in which very many people come at once: each table's rows as COPY text, made in any process.

No database here: whoever brings people writes them into a `PeopleBlock`, numbers sealed on the way, and
`actions.load_people` takes blocks as they come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key
from ansinh.platform.copying import NONE, as_copied
from ansinh.platform.sealing import INDEX_COLUMNS, Sealer

# Tables in the order rows may point to each other, with the columns a block fills; the others have no value yet.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "registry_household": ("id", "recorded_at"),
    "registry_person": (
        "id", "full_name", "name_key", "sort_key", "born_on", "birth_precision", "sex", "household_id",
        "facts_version", "recorded_at",
    ),
    "registry_residence": ("person_id", "commune_code", "hamlet", "starts", "ends", "recorded_at"),
    "registry_sealednumber": ("person_id", "kind", "sealed", *INDEX_COLUMNS, "bank", "recorded_at"),
    "registry_grant": (
        "id", "person_id", "category", "starts", "ends", "opening_month", "decision_no", "decided_on", "book_no",
        "coefficient", "children", "cared_for_id", "cared_for_name", "recorded_at",
    ),
    "registry_collector": ("person_id", "full_name", "relation", "authorised_until", "recorded_at"),
    "registry_change": (
        "person_id", "kind", "effective_on", "facts", "decision_no", "decided_on", "evidence", "reason",
        "recorded_at", "recorded_by",
    ),
}  # fmt: skip


class PeopleBlock:
    """Rows of some people, all recorded at one moment. Ids of people, households and grants are the bringer's."""

    __slots__ = ("_at", "_lines", "_sealer", "people")

    def __init__(self, at: datetime) -> None:
        self.people = 0
        self._at = str(at)
        self._sealer = Sealer()
        self._lines: dict[str, list[str]] = {table: [] for table in COLUMNS}

    def add_household(self, household_id: int) -> None:
        self._lines["registry_household"].append(f"{household_id}\t{self._at}\n")

    def add_person(
        self, person_id: int, name: str, *, born_on: date, precision: str, sex: str, household_id: int | None
    ) -> None:
        """Somebody; the keys of search and order are made here."""
        self.people += 1
        keys = [_keys(word) for word in name.split()]
        name_key = " ".join([search for search, _ in keys])
        order = " ".join([keys[-1][1], *[sorting for _, sorting in keys[:-1]]])
        self._lines["registry_person"].append(
            f"{person_id}\t{as_copied(name)}\t{as_copied(name_key)}\t{order}\t{born_on}\t{precision}\t{sex}"
            f"\t{_number(household_id)}\t1\t{self._at}\n"
        )

    def add_residence(self, person_id: int, commune_code: str, hamlet: str, starts: Month, ends: Month | None) -> None:
        self._lines["registry_residence"].append(
            f"{person_id}\t{commune_code}\t{as_copied(hamlet)}\t{_day(starts)}\t{_day(ends)}\t{self._at}\n"
        )

    def add_number(self, person_id: int, kind: str, number: str, bank: str = "") -> None:
        """An identity, phone or account number, sealed under the key at hand."""
        sealed, indexes = self._sealer.sealed(number, kind=kind)
        told = "\t".join([_bytes(sealed), *map(_bytes, indexes)])
        self._lines["registry_sealednumber"].append(f"{person_id}\t{kind}\t{told}\t{as_copied(bank)}\t{self._at}\n")

    def add_grant(
        self,
        grant_id: int,
        person_id: int,
        category: str,
        *,
        starts: Month,
        opening: Month,
        decision_no: str,
        decided_on: date,
        ends: Month | None = None,
        book_no: str = "",
        coefficient: Decimal | None = None,
        children: int | None = None,
        cared_for: tuple[int, str] | None = None,
    ) -> None:
        """A decision; `cared_for`: the person a carer is paid for, and their name as the decision writes it."""
        cared_for_id, cared_for_name = cared_for or (None, "")
        self._lines["registry_grant"].append(
            f"{grant_id}\t{person_id}\t{category}\t{_day(starts)}\t{_day(ends)}\t{_day(opening)}"
            f"\t{as_copied(decision_no)}\t{decided_on}\t{as_copied(book_no)}\t{_number(coefficient)}"
            f"\t{_number(children)}\t{_number(cared_for_id)}\t{as_copied(cared_for_name)}\t{self._at}\n"
        )

    def add_collector(self, person_id: int, name: str, relation: str, authorised_until: date | None) -> None:
        self._lines["registry_collector"].append(
            f"{person_id}\t{as_copied(name)}\t{as_copied(relation)}\t{authorised_until or NONE}\t{self._at}\n"
        )

    def add_change(
        self,
        person_id: int,
        kind: str,
        effective_on: date,
        facts: Mapping[str, Any],
        *,
        recorded_at: datetime,
        recorded_by: int,
        decision_no: str = "",
        decided_on: date | None = None,
        evidence: str = "",
        reason: str = "",
    ) -> None:
        """What became of somebody, as `registry.rules` names and folds it."""
        told = json.dumps(facts, ensure_ascii=False)
        self._lines["registry_change"].append(
            f"{person_id}\t{kind}\t{effective_on}\t{as_copied(told)}\t{as_copied(decision_no)}\t{decided_on or NONE}"
            f"\t{as_copied(evidence)}\t{as_copied(reason)}\t{recorded_at}\t{recorded_by}\n"
        )

    def texts(self) -> dict[str, bytes]:
        """By table, in the order they are to be loaded, the rows as COPY takes them; tables without rows left out."""
        return {table: "".join(lines).encode() for table, lines in self._lines.items() if lines}


@lru_cache(maxsize=16_384)
def _keys(word: str) -> tuple[str, str]:
    """Of one word of a name its keys of search and of order; those of a name are those of its words."""
    return folded(word), sort_key(word)


def _number(value: Decimal | int | None) -> str:
    return NONE if value is None else str(value)


def _day(month: Month | None) -> str:
    return NONE if month is None else f"{month.year:04d}-{month.number:02d}-01"


def _bytes(value: bytes | None) -> str:
    return NONE if value is None else rf"\\x{value.hex()}"
