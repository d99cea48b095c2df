"""On 1 July 2025 points b and c of clause 5 end and their people are paid the social pension without applying again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.actions import check_run, compute_run
from ansinh.payroll.models import Line, RunFinding
from ansinh.registry.actions import adjust_grant, record_fact
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.payroll.conftest import play, prepare
from tests.seeding import Desk, add_person, open_desk

# The same day xã Ngọc Phái became part of the new xã Chợ Đồn: its people follow.
CHO_DON_COMMUNE = "02020"
JUNE, JULY = Month.of(2025, 6), Month.of(2025, 7)
AT = datetime(2025, 6, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("88/QĐ-UBND", date(2025, 6, 18), "", "")


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    return open_desk()


def resident(name: str, born: date, category: str) -> Person:
    return add_person(name, born=born, category=category, opening=JUNE)


def everybody() -> dict[str, Person]:
    return {
        "80+": resident("Lý Ngọc An", date(1940, 3, 3), "elderly_80_no_pension"),
        "75-79": resident("Ma Thị Bảy Lăm", date(1948, 4, 4), "elderly_75_79_special_area"),
        "point a": resident("Nông Văn Cô Đơn", date(1950, 5, 5), "elderly_poor_no_carer"),
        "point a and 80": resident("Hà Thị Già", date(1940, 6, 6), "elderly_poor_no_carer"),
        "disabled": resident("Bế Văn Tật", date(1944, 7, 7), "disabled_severe"),
    }


def regular(month: Month, people: dict[str, Person]) -> dict[str, list[tuple[str, str, int]]]:
    """By person (benefit, fund, đồng) of the month's regular lines."""
    rows = Line.objects.filter(payroll_month=month, kind="regular").order_by("benefit")
    return {
        key: [(one.benefit, one.regime, one.amount_dong.value) for one in rows if one.person_id == person.pk]
        for key, person in people.items()
    }


def test_points_b_and_c_pass_over_and_point_a_and_clause_6_stay(desk: Desk) -> None:
    """NĐ 176/2025 pays 500,000 from 7/2025; 1.5, 2.0 and 2.0 × 500,000 of point a and clause 6 are more and stay."""
    people = everybody()
    stay = {
        "point a": [("elderly_poor_no_carer", "tcxh", 750_000)],
        "point a and 80": [("elderly_poor_no_carer", "tcxh", 1_000_000)],
        "disabled": [("disabled_severe", "tcxh", 1_000_000)],
    }
    play(desk, JUNE)
    assert regular(JUNE, people) == {
        "80+": [("elderly_80_no_pension", "tcxh", 500_000)],
        "75-79": [("elderly_75_79_special_area", "tcxh", 500_000)],
        **stay,
    }
    play(desk, JULY, CHO_DON_COMMUNE)
    over = [("social_pension", "social_pension", 500_000)]
    assert regular(JULY, people) == {"80+": over, "75-79": over, **stay}
    assert not Line.objects.filter(payroll_month=JULY).exclude(kind="regular").exists()


def test_the_list_asks_for_the_decisions_and_is_content_once_they_are_recorded(desk: Desk) -> None:
    people = everybody()
    play(desk, JUNE)
    july = prepare(desk, JULY, CHO_DON_COMMUNE)
    asked = RunFinding.objects.filter(run=july, code="decision_missing")
    assert {one.person_id for one in asked} == {people["80+"].pk, people["75-79"].pk}
    assert all("chuyển diện hưởng" in one.message and "07/2025" in one.message for one in asked)
    for key in ("80+", "75-79"):
        grant = Grant.objects.get(person=people[key])
        adjust_grant(person_id=people[key].pk, grant_id=grant.pk, from_month=JULY, paper=PAPER, by=desk.officer, at=AT)
    compute_run(run_id=july.pk, by=desk.officer, at=AT)
    check_run(run_id=july.pk, by=desk.officer, at=AT)
    assert not RunFinding.objects.filter(run=july, code="decision_missing").exists()


def test_who_is_known_to_have_a_pension_does_not_pass_over(desk: Desk) -> None:
    """A pension of 3,000,000 a month from 1/2024 bars point c already; nothing is paid and nothing passes over."""
    person = resident("Triệu Hưu Trí", date(1940, 1, 1), "elderly_80_no_pension")
    neighbour = resident("Lý Ngọc An", date(1940, 3, 3), "elderly_80_no_pension")
    record_fact(
        person_id=person.pk, kind="insurance_income", value="pension", monthly_dong=Dong(3_000_000),
        effective_on=date(2024, 1, 10), paper=PAPER, by=desk.officer, at=AT,
    )  # fmt: skip
    play(desk, JUNE)
    play(desk, JULY, CHO_DON_COMMUNE)
    assert not Line.objects.filter(person_id=person.pk).exists()
    assert Line.objects.filter(person_id=neighbour.pk).count() == 2
