"""Finding a person, and all that is known of one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import find_place, list_commune_codes, path_of
from ansinh.platform import sql
from ansinh.platform.sealing import blind_indexes, masked, unseal
from ansinh.registry.models import Person, Residence, SealedNumber
from ansinh.registry.types import CollectorCard, GrantCard, MaskedNumber, PersonCard, PersonRow, ResidenceCard, birth_of

_IDENTITY_KINDS = (SealedNumber.CCCD, SealedNumber.CMND)


class NoSuchPerson(Refusal):
    """Không tìm thấy người số {person_id} trong địa bàn của bạn. Hãy tìm lại theo họ tên hoặc số định danh."""


def find_people(text: str, *, by: Actor, month: Month, limit: int = 50) -> list[PersonRow]:
    """People of the actor's areas by part of a name (accents optional) or by a whole identity number, old or new."""
    words = folded(text)
    digits = "".join(character for character in text if character.isdigit())
    kinds = _IDENTITY_KINDS if len(digits) in (9, 12) else ()
    numbers = [index for kind in kinds for index in blind_indexes(digits, kind=kind)]
    rows = sql.rows(
        "registry/find_people",
        {
            "name": "" if numbers else words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
            "numbers": numbers,
            "month": month.first_day,
            "everywhere": EVERYWHERE in by.areas,
            "communes": _communes_of(by, month),
            "limit": limit,
        },
    )
    return [_row(row) for row in rows]


def get_person(person_id: int, *, by: Actor) -> PersonCard:
    """All that is known of a person; refuses (NoSuchPerson) one outside the actor's areas as if there were none."""
    found = sql.rows("registry/get_person", {"person_id": person_id})
    row = found[0] if found else {}
    homes = tuple(_home(one) for one in _listed(row, "residences"))
    if not _reaches(by, ((home.commune_code, home.starts.first_day) for home in homes)):
        raise NoSuchPerson(person_id=person_id)
    return PersonCard(
        person_id=row["id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        sex=row["sex"],
        residences=homes,
        grants=tuple(_grant(one) for one in _listed(row, "grants")),
        numbers=tuple(_masked(one) for one in _listed(row, "numbers")),
        collectors=tuple(
            CollectorCard(one["full_name"], one["relation"], _day(one["authorised_until"]))
            for one in _listed(row, "collectors")
        ),
        household=_household(_listed(row, "household"), by),
        household_id=row["household_id"],
    )


def must_reach_person(person_id: int, *, by: Actor) -> None:
    """Refuses (NoSuchPerson) whoever was never of the actor's areas, as if there were none."""
    homes = Residence.objects.filter(person_id=person_id).values_list("commune_code", "starts")
    if not _reaches(by, ((code, starts.first_day) for code, starts in homes)):
        raise NoSuchPerson(person_id=person_id)


def list_doubles(person_id: int) -> tuple[int, ...]:
    """Entries that turned out to be this person; whoever asks has asked for their reach."""
    return tuple(Person.objects.filter(merged_into_id=person_id).order_by("pk").values_list("pk", flat=True))


def names_of(person_ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The name and birth year of some people, by their number; for lists whose reader was asked for already."""
    found = Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "full_name", "born_on")
    return {person_id: (name, born_on.year) for person_id, name, born_on in found}


def _listed(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A column that holds rows of another table; none of nobody."""
    return cast(list[dict[str, Any]], json.loads(row[name])) if row else []


def _home(one: dict[str, Any]) -> ResidenceCard:
    return ResidenceCard(one["commune_code"], one["hamlet"], _month(one["starts"]), _month_or_none(one["ends"]))


def _grant(one: dict[str, Any]) -> GrantCard:
    return GrantCard(
        grant_id=one["grant_id"],
        category=one["category"],
        starts=_month(one["starts"]),
        ends=_month_or_none(one["ends"]),
        opening_month=_month(one["opening_month"]),
        decision_no=one["decision_no"],
        decided_on=_day(one["decided_on"]),
        book_no=one["book_no"],
        coefficient=None if one["coefficient"] is None else Decimal(one["coefficient"]),
        children=one["children"],
        cared_for_id=one["cared_for_id"],
        cared_for_name=one["cared_for_name"],
    )


def _masked(one: dict[str, Any]) -> MaskedNumber:
    shown = masked(unseal(bytes.fromhex(one["sealed"]), kind=one["kind"]).decode())
    return MaskedNumber(one["id"], one["kind"], shown, one["bank"])


def _household(members: Iterable[dict[str, Any]], by: Actor) -> tuple[PersonRow, ...]:
    """Who shares the household, as far as the actor reaches: somebody of another commune is not named."""
    return tuple(
        PersonRow(
            one["id"],
            one["full_name"],
            birth_of(date.fromisoformat(one["born_on"]), one["birth_precision"]),
            one["sex"],
            "",
            "",
        )
        for one in members
        if _reaches(by, ((code, date.fromisoformat(starts)) for code, starts in one["homes"]))
    )


def _reaches(by: Actor, homes: Iterable[tuple[str, date]]) -> bool:
    return any(by.reaches(path_of(code, on)) for code, on in homes)


def _month(day: str) -> Month:
    return Month.containing(date.fromisoformat(day))


def _month_or_none(day: str | None) -> Month | None:
    return None if day is None else _month(day)


def _day(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)


def _communes_of(by: Actor, month: Month) -> list[str]:
    if EVERYWHERE in by.areas:
        return []
    return sorted({code for area in by.areas for code in _communes_in(area, month.first_day)})


def _communes_in(area: str, on: date) -> tuple[str, ...]:
    """An area's communes on a day; none of one that has ended or not begun: nobody lives in it."""
    return list_commune_codes(area, on) if find_place(area, on) else ()


def _row(row: dict[str, Any]) -> PersonRow:
    return PersonRow(
        person_id=row["id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        sex=row["sex"],
        commune_code=row["commune_code"],
        hamlet=row["hamlet"],
    )


def list_inhabited_codes() -> tuple[str, ...]:
    """Codes of the communes anybody ever was at home in, ended ones too; it tells of nobody who."""
    return tuple(row["code"] for row in sql.rows("registry/list_inhabited_communes"))
