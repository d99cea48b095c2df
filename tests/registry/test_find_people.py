"""People are found by a part of their name, by an index, and only where whoever looks may see."""

from __future__ import annotations

import pytest

from ansinh.access.queries import sight_of
from ansinh.access.types import Role
from ansinh.kernel.month import Month
from ansinh.places.queries import list_codes_reached
from ansinh.platform.row_security import NOTHING, Sight, seeing
from ansinh.registry.queries import find_people
from tests.registry.many_people import add_many_people, homes_unchecked, plan_of_search
from tests.seeding import appointed

pytestmark = pytest.mark.django_db

JULY = Month.of(2026, 7)
# Lạng Sơn, and a commune of it since 1/7/2025.
PROVINCE, COMMUNE = "20", "06001"


@pytest.fixture
def crowd(first_load: object, db: None) -> None:
    homes_unchecked()
    add_many_people(100_000)


def test_a_name_is_found_by_the_index_for_a_province_and_for_a_commune(crowd: None) -> None:
    province = list(list_codes_reached((PROVINCE,))[0])
    assert "person_name_parts" in plan_of_search("luc hong khanh", province)
    plan = plan_of_search("luc hong khanh", [COMMUNE])
    assert "person_name_parts" in plan or "residence_commune" in plan
    assert "Seq Scan" not in plan


def test_each_finds_their_own_people_whatever_is_asked(crowd: None) -> None:
    officer = appointed(Role.OFFICER, COMMUNE, username="xa")
    everybody = appointed(Role.INSPECTOR, "", username="thanh-tra")
    with seeing(sight_of(everybody)):
        all_found = find_people("hong", by=everybody, month=JULY, limit=100_000)
    with seeing(sight_of(officer)):
        own = find_people("hong", by=officer, month=JULY, limit=100_000)
        # A query that forgot who looks.
        forgotten = find_people("hong", by=everybody, month=JULY, limit=100_000)
    with seeing(NOTHING):
        assert find_people("hong", by=everybody, month=JULY) == []
    assert {row.commune_code for row in own} == {COMMUNE}
    assert forgotten == own == [row for row in all_found if row.commune_code == COMMUNE]
    assert len(all_found) > len(own)


def test_the_command_line_finds_whom_its_actor_may_see(crowd: None) -> None:
    officer = appointed(Role.OFFICER, COMMUNE, username="xa")
    with seeing(Sight(everywhere=True)):
        seen = find_people("hong", by=officer, month=JULY)
    assert find_people("hong", by=officer, month=JULY) == seen != []


def test_an_area_that_has_ended_finds_nobody_rather_than_refusing(crowd: None) -> None:
    of_old = appointed(Role.INSPECTOR, "06", username="tinh-cu")
    assert find_people("hong", by=of_old, month=JULY) == []
    assert find_people("hong", by=appointed(Role.INSPECTOR, PROVINCE, username="tinh"), month=JULY) != []
