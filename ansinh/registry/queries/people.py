"""Finding a person, and all that is known of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import find_place, list_commune_codes, path_of
from ansinh.platform import sql
from ansinh.platform.sealing import blind_indexes, masked, unseal
from ansinh.registry.models import Person, SealedNumber
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
    person = (
        Person.objects.filter(pk=person_id).prefetch_related("residences", "grants", "numbers", "collectors").first()
    )
    if person is None or not _reaches(by, person):
        raise NoSuchPerson(person_id=person_id)
    return PersonCard(
        person_id=person.pk,
        full_name=person.full_name,
        birth=birth_of(person.born_on, person.birth_precision),
        sex=person.sex,
        residences=tuple(
            ResidenceCard(home.commune_code, home.hamlet, home.starts, home.ends)
            for home in sorted(person.residences.all(), key=lambda home: home.starts)
        ),
        grants=_grants(person),
        numbers=tuple(_masked(number) for number in sorted(person.numbers.all(), key=lambda n: n.kind)),
        collectors=tuple(
            CollectorCard(one.full_name, one.relation, one.authorised_until) for one in person.collectors.all()
        ),
        household=_household(person, by),
        household_id=person.household_id,
    )


def must_reach_person(person_id: int, *, by: Actor) -> None:
    """Refuses (NoSuchPerson) whoever was never of the actor's areas, as if there were none."""
    person = Person.objects.filter(pk=person_id).prefetch_related("residences").first()
    if person is None or not _reaches(by, person):
        raise NoSuchPerson(person_id=person_id)


def list_doubles(person_id: int) -> tuple[int, ...]:
    """Entries that turned out to be this person; whoever asks has asked for their reach."""
    return tuple(Person.objects.filter(merged_into_id=person_id).order_by("pk").values_list("pk", flat=True))


def names_of(person_ids: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The name and birth year of some people, by their number; for lists whose reader was asked for already."""
    found = Person.objects.filter(pk__in=list(person_ids)).values_list("pk", "full_name", "born_on")
    return {person_id: (name, born_on.year) for person_id, name, born_on in found}


def _grants(person: Person) -> tuple[GrantCard, ...]:
    return tuple(
        GrantCard(
            grant_id=granted.pk,
            category=granted.category,
            starts=granted.starts,
            ends=granted.ends,
            opening_month=granted.opening_month,
            decision_no=granted.decision_no,
            decided_on=granted.decided_on,
            book_no=granted.book_no,
            coefficient=granted.coefficient,
            children=granted.children,
            cared_for_id=granted.cared_for_id,
            cared_for_name=granted.cared_for_name,
        )
        for granted in sorted(person.grants.all(), key=lambda granted: (granted.starts, granted.pk))
    )


def _masked(number: SealedNumber) -> MaskedNumber:
    shown = masked(unseal(bytes(number.sealed), kind=number.kind).decode())
    return MaskedNumber(number.pk, number.kind, shown, number.bank)


def _household(person: Person, by: Actor) -> tuple[PersonRow, ...]:
    """Who shares the household, as far as the actor reaches: somebody of another commune is not named."""
    if person.household_id is None:
        return ()
    members = Person.objects.filter(household_id=person.household_id).exclude(pk=person.pk).order_by("sort_key")
    return tuple(
        PersonRow(one.pk, one.full_name, birth_of(one.born_on, one.birth_precision), one.sex, "", "")
        for one in members.prefetch_related("residences")
        if _reaches(by, one)
    )


def _reaches(by: Actor, person: Person) -> bool:
    return any(by.reaches(path_of(home.commune_code, home.starts.first_day)) for home in person.residences.all())


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
