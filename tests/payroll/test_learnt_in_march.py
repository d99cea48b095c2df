"""Chợ Đồn over a year and a half: what is learnt in March 2022 changes the lines of five people, and of nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.payroll.models import Line
from ansinh.payroll.queries import PROOFS
from ansinh.registry.actions import (
    correct_birth,
    move_resident,
    record_death,
    record_fact,
    record_grant,
)
from ansinh.registry.models import Grant, Person
from ansinh.registry.types import Paper
from tests.committing import own_database
from tests.payroll.cho_don import by_the_bands, drawn_up, listed, take_over
from tests.seeding import NGOC_PHAI, Desk, open_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]

FIRST, LAST = Month.of(2020, 9), Month.of(2022, 3)
# Found out on the second of March; the list of March is drawn up the day after.
FOUND_OUT, DRAWN_UP = datetime(2022, 3, 2, 2, 0, tzinfo=UTC), datetime(2022, 3, 3, 2, 0, tzinfo=UTC)

DEAD, CARER, DISABLED, CORRECTED, MOVED = (
    "Lường Công Phú", "Trần Minh Khánh", "Chu Thanh Tuấn", "Lường Văn Huy", "Nguyễn Thị Thành",
)  # fmt: skip


def of_ngoc_phai(name: str) -> Person:
    return Person.objects.get(full_name=name, residences__commune_code=NGOC_PHAI)


def lines(name: str, month: Month = LAST) -> list[tuple[str, str, str, str, int]]:
    """(kind, benefit, entitlement month, coefficient, đồng) of a person in a month's list."""
    found = Line.objects.filter(payroll_month=month, person_id=of_ngoc_phai(name).pk).order_by(
        "entitlement_month", "kind"
    )
    return [
        (one.kind, one.benefit, str(one.entitlement_month), f"{one.coefficient:f}", one.amount_dong.value)
        for one in found
    ]


def paper(number: int, signed_on: date) -> Paper:
    return Paper(f"{number}/QĐ-UBND", signed_on)


def everything_found_out(desk: Desk) -> None:
    """The four events, as they came in on 2 March 2022."""
    known: dict[str, Any] = {"by": desk.officer, "at": FOUND_OUT}
    record_death(
        person_id=of_ngoc_phai(DEAD).pk, died_on=date(2021, 11, 18), paper=paper(301, date(2022, 3, 1)), **known
    )
    record_fact(person_id=of_ngoc_phai(DISABLED).pk, kind="disability", value="severe", effective_on=date(2021, 10, 11),
                paper=Paper(evidence="Giấy xác nhận khuyết tật 15/XN-UBND"), **known)  # fmt: skip
    record_grant(
        person_id=of_ngoc_phai(DISABLED).pk, category="disabled_severe", paper=paper(2990, date(2021, 12, 20)), **known
    )
    correct_birth(person_id=of_ngoc_phai(CORRECTED).pk, birth=BirthDate.parse_vi("24/02/1961"),
                  paper=paper(302, date(2022, 3, 1)), **known)  # fmt: skip
    move_resident(
        person_id=of_ngoc_phai(MOVED).pk, from_month=Month.of(2022, 2), paper=paper(303, date(2022, 3, 1)), **known
    )


@pytest.fixture(scope="module")
def desk(first_load: object, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """The register taken over in September 2020, listed month by month; the events; the list of March 2022."""
    with own_database(django_db_blocker):
        desk = open_desk()
        take_over(desk, FIRST)
        for month in FIRST.until(LAST):
            listed(desk, month, drawn_up(month))
        everything_found_out(desk)
        listed(desk, LAST, DRAWN_UP)
        yield desk


def test_who_died_in_november_is_recovered_from_december() -> None:
    """Lường Công Phú, born 3/3/1968, exceptionally disabled, died 18/11/2021; Trần Minh Khánh's household cared.

    The month of death is paid whole, the money stops from the month after (khoản 2 Điều 8 Nghị định 20/2021), the
    household's with it (khoản 2 Điều 2 Thông tư 02/2021: the cared-for has died). For 12/2021, 1/2022 and 2/2022 the
    lists gave 2,0 (điểm e khoản 1 Điều 6) × 360.000 = 720.000, and 1,0 (điểm c khoản 2 Điều 20) × 360.000 = 360.000.
    March: nothing.
    """
    late = ("2021-12", "2022-01", "2022-02")
    assert lines(DEAD) == [("recovery", "disabled_exceptional", month, "2.00", -720_000) for month in late]
    assert lines(CARER) == [("recovery", "carer_household_exceptional", month, "1.00", -360_000) for month in late]


def test_a_disability_decided_in_december_counts_from_its_certificate() -> None:
    """Chu Thanh Tuấn, born 6/9/1937, listed as one of 80 and over without a pension: 1,0 × 360.000 = 360.000 a month.

    Decision of 20/12/2021, certificate of severe disability of 11/10/2021: owed from the month of the certificate,
    10/2021 (khoản 1 Điều 8 Nghị định 20/2021), at 2,0 from 60 years on (khoản 6 Điều 5, điểm e khoản 1 Điều 6):
    720.000. Only the highest is kept (khoản 2 Điều 6), so what was listed for the age comes back.
    5 × (720.000 − 360.000) = 1.800.000.
    """
    late = ("2021-10", "2021-11", "2021-12", "2022-01", "2022-02")
    assert lines(DISABLED) == [
        *(entry for month in late for entry in (
            ("arrears", "disabled_severe", month, "2.00", 720_000),
            ("recovery", "elderly_80_no_pension", month, "1.00", -360_000),
        )),
        ("regular", "disabled_severe", "2022-03", "2.00", 720_000),
    ]  # fmt: skip
    assert sum(one[-1] for one in lines(DISABLED)) == 1_800_000 + 720_000


def test_a_birth_year_corrected_moves_the_band_in_the_month_of_the_birthday() -> None:
    """Lường Văn Huy, severely disabled, written as born 24/2/1967, truly 24/2/1961: 60 on 24/2/2021.

    The band of 60 counts from the month of the birthday; 1,5 was due before it. 2/2021–6/2021: (2,0 − 1,5)
    (Điều 16 Nghị định 28/2012) × 270.000 (Điều 4 Nghị định 136/2013) = 135.000 a month, five times: 675.000.
    7/2021–2/2022: (2,0 − 1,5) (điểm e khoản 1 Điều 6 Nghị định 20/2021) × 360.000 (khoản 2 Điều 4) = 180.000 a month,
    eight times: 1.440.000. March whole: 720.000.
    """
    old, new = Month.of(2021, 2).until(Month.of(2021, 7)), Month.of(2021, 7).until(LAST)
    assert lines(CORRECTED) == [
        *(("arrears", "disabled_severe", str(month), "2.00", 135_000) for month in old),
        *(("arrears", "disabled_severe", str(month), "2.00", 180_000) for month in new),
        ("regular", "disabled_severe", "2022-03", "2.00", 720_000),
    ]
    assert sum(one[-1] for one in lines(CORRECTED)) == 675_000 + 1_440_000 + 720_000


def test_who_moved_to_another_district_is_paid_there_from_the_month_after_the_stop() -> None:
    """Nguyễn Thị Thành, severely disabled (1,5 × 360.000 = 540.000), moved to Ba Bể; the stop decision names 1/2022.

    Ba Bể pays from the month right after, 2/2022 (điểm d khoản 4 Điều 8 Nghị định 20/2021): the February listed here
    comes back, January stays, March is not listed here.
    """
    assert lines(MOVED) == [("recovery", "disabled_severe", "2022-02", "1.50", -540_000)]
    assert lines(MOVED, Month.of(2022, 1)) == [("regular", "disabled_severe", "2022-01", "1.50", 540_000)]


def test_everybody_else_has_the_months_own_line_alone() -> None:
    """Each at the printed bands by the age on 31/3/2022 × 360.000, worked out from the register alone."""
    concerned = [of_ngoc_phai(name).pk for name in (DEAD, CARER, DISABLED, CORRECTED, MOVED)]
    others = Line.objects.filter(payroll_month=LAST).exclude(person_id__in=concerned)
    found = {
        (one.person_id, one.kind, one.entitlement_month): (f"{one.coefficient:f}", one.amount_dong.value)
        for one in others
    }
    owed = {
        (grant.person_id, "regular", LAST): (
            f"{by_the_bands(grant, LAST):.2f}",
            int(by_the_bands(grant, LAST) * 360_000),
        )
        for grant in Grant.objects.exclude(person_id__in=concerned).select_related("person", "cared_for")
        if by_the_bands(grant, LAST)
    }
    assert len(others) == len(found)
    assert found == owed


def test_the_lists_stand_every_proof_and_the_next_month_owes_nothing_late(desk: Desk) -> None:
    assert {proof.code: proof.find() for proof in PROOFS if proof.find()} == {}
    april = LAST + 1
    listed(desk, april, datetime(2022, 3, 20, 2, 0, tzinfo=UTC))
    kinds = Line.objects.filter(payroll_month=april).values_list("kind", "entitlement_month").distinct()
    assert list(kinds) == [("regular", april)]
