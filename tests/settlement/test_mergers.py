"""Communes that became others on 1/7/2025: their money goes on with whoever has their people."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.registry.actions import place_resident
from ansinh.settlement.queries import PROOFS, list_settlements
from tests.seeding import AT, CHO_DON, NGOC_PHAI, add_person
from tests.settlement.conftest import Office, open_office, order_of

JUNE, JULY = Month.of(2025, 6), Month.of(2025, 7)
AUGUST = JULY + 1
NEW_CHO_DON = "02020"
# Hà Nội's Hàng Bông was divided between Hoàn Kiếm and Cửa Nam.
HOAN_KIEM_DISTRICT, HANG_BONG, HOAN_KIEM, CUA_NAM = "002", "00076", "00070", "00082"


@pytest.fixture
def office(first_load: object, db: None) -> Office:
    return open_office()


def broken() -> list[str]:
    return [f"{proof.code}: {one.what}" for proof in PROOFS for one in proof.find()]


def disabled(name: str, commune: str) -> int:
    person = add_person(name, born=date(1981, 2, 27), category="disabled_exceptional", commune=commune, opening=JUNE)
    return person.pk


@pytest.mark.django_db
def test_a_merged_communes_money_is_carried_in_by_its_heir(office: Office) -> None:
    for name, commune in (("Ma Xuân Thảo", NGOC_PHAI), ("Ma Thị Tuấn", NEW_CHO_DON), ("Lý Văn Quý", NGOC_PHAI)):
        disabled(name, commune)
    for place in (CHO_DON, NEW_CHO_DON):
        office.budget(place, 2025)
    office.pay_out(JUNE, CHO_DON)
    office.report(JUNE, Thảo="unpaid")
    june = office.settle(JUNE, CHO_DON)
    assert (june.communes, june.carried_on_dong) == (2, Dong(1_000_000))
    # Of June, and of a commune that is no more: it counts in July, with its heir.
    office.tell({order_of("Quý", JUNE).pk: "returned"}, JULY, day=1)
    office.pay_out(JULY, NEW_CHO_DON)
    office.report(JULY)
    (live,) = list_settlements(place_code=NEW_CHO_DON, month=JULY, by=office.desk.finance)
    assert live.figures.carried_in == Dong(1_000_000)
    assert live.in_the_way == ()
    july = office.settle(JULY, NEW_CHO_DON)
    assert (july.communes, july.carried_in_dong, july.carried_on_dong) == (1, Dong(1_000_000), Dong(0))
    # Three of July, one carried on, one come back and presented again: four payments net of it.
    assert july.paid_dong == Dong(4_000_000)
    assert broken() == []
    office.pay_out(AUGUST, NEW_CHO_DON)
    office.report(AUGUST)
    assert office.settle(AUGUST, NEW_CHO_DON).carried_in_dong == Dong(0)
    assert broken() == []


@pytest.mark.django_db
def test_a_divided_communes_money_stays_its_own_until_its_people_are_placed(office: Office) -> None:
    person = disabled("Nguyễn Văn Phố", HANG_BONG)
    disabled("Trần Thị Cửa", CUA_NAM)
    for place in (HOAN_KIEM_DISTRICT, CUA_NAM):
        office.budget(place, 2025)
    office.pay_out(JUNE, HOAN_KIEM_DISTRICT)
    office.report(JUNE, Phố="unpaid")
    office.settle(JUNE, HOAN_KIEM_DISTRICT)
    waiting = list_settlements(place_code=CUA_NAM, month=JULY, by=office.desk.finance)
    assert [(one.commune_code, one.figures.carried_on) for one in waiting] == [(HANG_BONG, Dong(1_300_000))]
    place_resident(person_id=person, commune_code=CUA_NAM, from_month=JULY, by=office.desk.officer, at=AT)
    office.pay_out(JULY, CUA_NAM)
    office.report(JULY)
    july = office.settle(JULY, CUA_NAM)
    # What leaves the divided commune comes to the one its person lives in.
    assert (july.communes, july.carried_in_dong, july.paid_dong) == (2, Dong(1_300_000), Dong(3_900_000))
    assert broken() == []
