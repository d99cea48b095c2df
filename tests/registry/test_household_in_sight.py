"""Who shares a household is named as far as the asker's places go; spans are told of people in reach alone."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.types import Actor, Appointment, Role
from ansinh.entitlement.queries import list_lost, list_spans
from ansinh.registry.models import Household, Person
from ansinh.registry.queries import get_person
from ansinh.registry.queries.people import NoSuchPerson
from tests.seeding import AT, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def test_somebody_of_the_household_who_lives_elsewhere_is_not_named(desk: Desk) -> None:
    household = Household.objects.create(recorded_at=AT)
    people = [
        add_person(name, born=date(1990, 1, 1), category="single_parent_poor", children=1, commune=commune)
        for name, commune in (("Ma Thị An", NGOC_PHAI), ("Ma Văn Bình", NGOC_PHAI), ("Ma Văn Xa", PHUONG_VIEN))
    ]
    Person.objects.filter(pk__in=[one.pk for one in people]).update(household=household)
    local = Actor(9, "Cán bộ Ngọc Phái", (Appointment(Role.OFFICER, NGOC_PHAI),))
    assert [one.full_name for one in get_person(people[0].pk, by=local).household] == ["Ma Văn Bình"]
    assert len(get_person(people[0].pk, by=desk.officer).household) == 2


def test_spans_of_somebody_elsewhere_look_as_if_there_were_nobody(desk: Desk) -> None:
    far = add_person("Ma Văn Xa", born=date(1932, 1, 1), category="elderly_80_no_pension", commune=PHUONG_VIEN)
    local = Actor(9, "Cán bộ Ngọc Phái", (Appointment(Role.OFFICER, NGOC_PHAI),))
    assert list_spans(far.pk, by=desk.officer) == []
    for asked in (list_spans, list_lost):
        with pytest.raises(NoSuchPerson):
            asked(far.pk, by=local)
        with pytest.raises(NoSuchPerson):
            asked(987_654, by=local)
