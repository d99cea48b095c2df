"""Whose lists a place's month consists of: its own, or those of the bodies below it that decide."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payroll.actions import cancel_run, open_run
from ansinh.payroll.queries import list_live_runs
from ansinh.places.queries import UnknownPlace
from tests.seeding import AT, CHO_DON, NGOC_PHAI, Desk, add_person, open_desk

# Bắc Kạn's districts decide in June; Ngọc Phái is a commune of Chợ Đồn.
JUNE, BAC_KAN, CAO_BANG = Month.of(2025, 6), "06", "04"


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional", opening=JUNE)
    return open_desk()


def live(place_code: str, by: Actor) -> list[str]:
    return [run.place_code for run in list_live_runs(place_code, JUNE, by=by)]


@pytest.mark.django_db
def test_a_province_has_the_lists_of_its_districts_and_a_commune_not_that_of_its_district(desk: Desk) -> None:
    run_id = open_run(place_code=CHO_DON, month=JUNE, by=desk.officer, at=AT).run_id
    for place in (CHO_DON, BAC_KAN, ""):
        assert live(place, desk.officer) == [CHO_DON]
    for place in (NGOC_PHAI, CAO_BANG):
        assert live(place, desk.officer) == []
    cancel_run(run_id=run_id, reason="Mở nhầm", by=desk.officer, at=AT)
    assert live(CHO_DON, desk.officer) == live(BAC_KAN, desk.officer) == live("", desk.officer) == []


@pytest.mark.django_db
def test_a_commune_has_the_list_opened_for_itself(desk: Desk) -> None:
    open_run(place_code=NGOC_PHAI, month=JUNE, by=desk.officer, at=AT)
    assert live(NGOC_PHAI, desk.officer) == live("", desk.officer) == [NGOC_PHAI]
    assert live(CHO_DON, desk.officer) == []


@pytest.mark.django_db
def test_a_place_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownPlace):
        live("99999", desk.officer)
