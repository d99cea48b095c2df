"""Very many people at once: all of them under every constraint, or nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.access.types import SYSTEM
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, sort_key, written
from ansinh.platform.action import NotPermitted
from ansinh.registry.actions import RegisterNotEmpty, load_people
from ansinh.registry.loading import TABLES
from ansinh.registry.models import Change, Collector, Grant, Person, SealedNumber
from ansinh.registry.numbers import numbers_equal_to
from ansinh.registry.ports import PeopleBlock
from ansinh.registry.types import LoadedBlock, PeopleLoaded
from tests.seeding import AT, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_load")]

JULY = Month.of(2026, 7)
AWKWARD = "Triệu\tThị \\ Mẩy\n"


def _block(person_id: int, name: str = AWKWARD, *, homes: int = 1) -> PeopleBlock:
    block = PeopleBlock(AT)
    block.add_household(person_id)
    block.add_person(person_id, name, born_on=date(1950, 1, 1), precision="year", sex="female", household_id=person_id)
    for _ in range(homes):
        block.add_residence(person_id, "01726", "Nà Pài", JULY, None)
    block.add_number(person_id, "cccd", f"00415{person_id:07d}")
    block.add_grant(
        person_id, person_id, "social_pension", starts=JULY, opening=JULY, decision_no="12/QĐ-UBND",
        decided_on=date(2026, 6, 1),
    )  # fmt: skip
    block.add_collector(person_id, "Triệu Văn Páo", "con", None)
    block.add_change(person_id, "poverty", date(2026, 6, 1), {"value": "poor"}, recorded_at=AT, recorded_by=0)
    return block


def _load(*blocks: PeopleBlock) -> PeopleLoaded:
    def coming() -> Iterator[LoadedBlock]:
        for block in blocks:
            yield LoadedBlock(block.people, block.texts())

    return load_people(blocks=coming(), people=len(blocks), by=SYSTEM, at=AT)


def _parts() -> set[tuple[str, ...]]:
    """Every index, constraint, trigger and policy of the register's tables, as the catalogue tells them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text = ANY(%(tables)s)
            UNION ALL SELECT conname || pg_get_constraintdef(oid) || convalidated FROM pg_constraint
                WHERE conrelid::regclass::text = ANY(%(tables)s)
            UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger
                WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal
            UNION ALL SELECT polname FROM pg_policy WHERE polrelid::regclass::text = ANY(%(tables)s)""",
            {"tables": list(TABLES)},
        )
        return set(cursor.fetchall())


def test_people_come_whole_and_every_guard_of_the_tables_stands_again() -> None:
    before = _parts()
    loaded = _load(_block(7), _block(9, "Bàn Mùi Coi"))
    assert loaded == PeopleLoaded(2, 14)
    assert _parts() == before
    person = Person.objects.get(pk=7)
    assert (person.full_name, person.name_key) == (AWKWARD, "trieu thi \\ may")
    assert numbers_equal_to("004150000007", kind="cccd").get().person_id == 7
    assert SealedNumber.objects.count() == Grant.objects.count() == Collector.objects.count() == 2
    assert Change.objects.get(person_id=7).facts == {"value": "poor"}
    # Whoever comes next has a number of their own.
    assert Person.objects.create(full_name="A", born_on=AT.date(), birth_precision="day", recorded_at=AT).pk == 10


@pytest.mark.parametrize("name", ["Hoàng A Páo", "Đặng  Thị Mỹ\u0301", "H' Bia Niê", "NGUYỄN Văn-Đức", "Ông"])
def test_a_name_is_found_and_sorted_as_one_that_was_typed(name: str) -> None:
    written_so = written(name)
    _load(_block(7, written_so))
    person = Person.objects.get(pk=7)
    assert (person.name_key, person.sort_key) == (folded(written_so), sort_key(written_so))


def test_what_breaks_a_constraint_comes_not_at_all() -> None:
    before = _parts()
    with pytest.raises(IntegrityError, match="residence_one_at_a_time"), transaction.atomic():
        _load(_block(7), _block(8, homes=2))
    assert not Person.objects.exists()
    assert _parts() == before


def test_a_row_of_nobody_comes_not_at_all() -> None:
    block = _block(7)
    block.add_collector(8, "Triệu Văn Páo", "con", None)
    with pytest.raises(IntegrityError, match="registry_collector"), transaction.atomic():
        _load(block)
    assert not Person.objects.exists()


def test_refuses_a_register_that_knows_anybody_and_whoever_is_not_the_system() -> None:
    _load(_block(7))
    with pytest.raises(RegisterNotEmpty):
        _load(_block(8))
    with pytest.raises(NotPermitted):
        load_people(blocks=[], people=0, by=open_desk().officer, at=AT)
