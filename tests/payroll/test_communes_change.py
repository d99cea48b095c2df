"""Lists across 1/7/2025: the new commune lists the old ones' people, each month once, and forgets nobody."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import cancel_run, check_run, open_run
from ansinh.payroll.models import Line, Run, RunFinding
from ansinh.payroll.queries import compare_with_month_before
from ansinh.registry.actions import place_resident
from ansinh.registry.models import Person
from tests.payroll.conftest import play, prepare
from tests.seeding import AT, CHO_DON, NGOC_PHAI, Desk, add_person, open_desk

JUNE, JULY = Month.of(2025, 6), Month.of(2025, 7)
NEW_CHO_DON = "02020"
# Hà Nội's Hàng Bông and Hàng Trống became parts of Hoàn Kiếm, which has Hàng Trống's code, and of Cửa Nam.
HANG_BONG, HOAN_KIEM, CUA_NAM = "00076", "00070", "00082"


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def resident(name: str, commune: str, *, opening: Month = JUNE, born: int = 1981) -> Person:
    category = "elderly_80_no_pension" if born < 1940 else "disabled_exceptional"
    return add_person(name, born=date(born, 2, 27), category=category, commune=commune, opening=opening)


def lines_of(person: Person, run: Run) -> list[tuple[str, str, str, int]]:
    lines = Line.objects.filter(person_id=person.pk, run=run).order_by("entitlement_month")
    return [(line.kind, str(line.entitlement_month), line.regime, line.amount_dong.value) for line in lines]


def divided(run: Run) -> list[RunFinding]:
    return list(RunFinding.objects.filter(run=run, code="resident_of_divided_commune"))


def place(desk: Desk, person: Person, commune: str, month: Month = JULY) -> None:
    place_resident(person_id=person.pk, commune_code=commune, from_month=month, by=desk.officer, at=AT)


def test_listed_by_the_district_then_by_the_new_commune(desk: Desk) -> None:
    disabled, old = resident("Ma Xuân Thảo", NGOC_PHAI), resident("Lý Ngọc An", NGOC_PHAI, born=1932)
    in_town = resident("Ma Thị Tuấn", NEW_CHO_DON)
    june, july = play(desk, JUNE, CHO_DON), play(desk, JULY, NEW_CHO_DON)
    assert lines_of(disabled, june) == [("regular", "2025-06", "tcxh", 1_000_000)]
    assert lines_of(disabled, july) == [("regular", "2025-07", "tcxh", 1_000_000)]
    # The social pension takes the allowance's place from 1/7/2025 (Luật BHXH 2024, NĐ 176/2025).
    assert lines_of(old, june) == [("regular", "2025-06", "tcxh", 500_000)]
    assert lines_of(old, july) == [("regular", "2025-07", "social_pension", 500_000)]
    assert lines_of(in_town, july) == [("regular", "2025-07", "tcxh", 1_000_000)]
    assert set(Line.objects.filter(run=july).values_list("commune_code", flat=True)) == {NEW_CHO_DON}
    moved = {change.person_id for change in compare_with_month_before(july, by=desk.officer)}
    assert disabled.pk not in moved
    assert play(desk, JULY + 1, NEW_CHO_DON).state == "APPROVED"


def test_whom_the_register_lost_in_june_is_caught_up_with(desk: Desk) -> None:
    """Nobody listed June: the new commune owes it, once, and who leaves the list is still seen."""
    person = resident("Ma Xuân Thảo", NGOC_PHAI)
    july = prepare(desk, JULY, NEW_CHO_DON)
    assert lines_of(person, july) == [
        ("arrears", "2025-06", "tcxh", 1_000_000),
        ("regular", "2025-07", "tcxh", 1_000_000),
    ]


def test_who_left_between_the_old_list_and_the_new_is_seen(desk: Desk) -> None:
    resident("Ma Thị Tuấn", NEW_CHO_DON)
    ended = resident("Ma Xuân Thảo", NGOC_PHAI)
    play(desk, JUNE, CHO_DON)
    ended.grants.update(ends=JULY)
    Person.objects.filter(pk=ended.pk).update(facts_version=9)
    july = prepare(desk, JULY, NEW_CHO_DON)
    changes = compare_with_month_before(july, by=desk.officer)
    assert [(change.kind, change.person_id) for change in changes] == [("left", ended.pk)]


def test_months_lived_elsewhere_keep_the_level_of_there(desk: Desk) -> None:
    """Hà Nội pays its old people more than the country; who moves away keeps what was listed there."""
    person = resident("Lý Ngọc An", CUA_NAM, born=1932, opening=JULY)
    july = play(desk, JULY, CUA_NAM)
    assert lines_of(person, july) == [("regular", "2025-07", "social_pension", 650_000)]
    place(desk, person, NEW_CHO_DON, JULY + 1)
    august = prepare(desk, JULY + 1, NEW_CHO_DON)
    assert lines_of(person, august) == [("regular", "2025-08", "social_pension", 500_000)]


def test_people_of_a_divided_commune_block_every_heir_until_placed(desk: Desk) -> None:
    person = resident("Ma Xuân Thảo", HANG_BONG)
    resident("Ma Thị Tuấn", CUA_NAM, opening=JULY)
    stays = resident("Đàm Công Bảo", HOAN_KIEM)
    here, there = prepare(desk, JULY, CUA_NAM), prepare(desk, JULY, HOAN_KIEM)
    assert {finding.person_id for finding in divided(here)} == {person.pk, stays.pk}
    told = {finding.person_id: finding for finding in divided(there)}
    assert set(told) == {person.pk, stays.pk}
    assert told[person.pk].severity == "blocking"
    assert "Phường Hàng Bông (00076)" in told[person.pk].message
    assert f"ansinh register place {person.pk} --commune MÃ_XÃ --from 2025-07" in told[person.pk].message
    assert "chưa có trong danh sách nào" in told[person.pk].message
    # Hàng Trống's code went on as Hoàn Kiếm's, so its people are listed there meanwhile.
    assert "tạm đứng trong danh sách của Phường Hoàn Kiếm (00070)" in told[stays.pk].message

    place(desk, person, CUA_NAM)
    place(desk, stays, HOAN_KIEM)
    for run in (here, there):
        check_run(run_id=run.pk, by=desk.officer, at=AT)
        assert divided(run) == []
    cancel_run(run_id=here.pk, reason="Thiếu một người", by=desk.officer, at=AT)
    again = play(desk, JULY, CUA_NAM)
    assert lines_of(person, again)[-1] == ("regular", "2025-07", "tcxh", 1_300_000)


def test_a_commune_with_nobody_but_those_is_told_so(desk: Desk) -> None:
    person = resident("Ma Xuân Thảo", HANG_BONG)
    with pytest.raises(Refusal) as refused:
        open_run(place_code=CUA_NAM, month=JULY, by=desk.officer, at=AT)
    assert refused.value.code == "nobody_placed_yet"
    assert f"Ma Xuân Thảo số {person.pk}" in refused.value.message
