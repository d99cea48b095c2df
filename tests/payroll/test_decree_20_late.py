"""Chợ Đồn lists by Decree 20/2021 only from its list of November 2021: four months made good, for each person."""

from __future__ import annotations

import pytest

from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_level_start, compute_run, open_run, propose_level_start
from ansinh.payroll.models import Line
from ansinh.registry.models import Grant
from tests.payroll.cho_don import by_the_bands, drawn_up, listed, take_over
from tests.seeding import CHO_DON, open_desk

JUNE, JULY, NOVEMBER = (Month.of(2021, number) for number in (6, 7, 11))


@pytest.mark.django_db
def test_november_holds_its_own_line_and_the_difference_of_four_months_for_each_person(first_load: object) -> None:
    """Owed from 7/2021 at 360.000 (khoản 2 Điều 4, Điều 38 Nghị định 20/2021); listed at 270.000 (Điều 4 Nghị định
    136/2013) until October. The register's categories have the same coefficient under both, each in its own month:

    November: coefficient × 360.000. July to October: coefficient of that month × 90.000 each. Listed in June and for
    each month by itself until October: coefficient × 270.000, and nothing late.
    """
    desk = open_desk()
    take_over(desk, JUNE)
    proposed = propose_level_start(
        place_code=CHO_DON, law="nd20", first_payroll=NOVEMBER, reason="CV 12/UBND", by=desk.officer, at=drawn_up(JUNE)
    )
    approve_level_start(level_start_id=proposed.level_start_id, by=desk.approver, at=drawn_up(JUNE))
    for month in JUNE.until(NOVEMBER + 1):
        listed(desk, month, drawn_up(month))
    grants = list(Grant.objects.select_related("person", "cared_for"))
    owed = {
        (grant.person_id, "regular" if month == NOVEMBER else "arrears", month): int(
            by_the_bands(grant, month) * (360_000 if month == NOVEMBER else 90_000)
        )
        for grant in grants
        for month in JULY.until(NOVEMBER + 1)
        if by_the_bands(grant, month)
    }
    late = Line.objects.filter(payroll_month=NOVEMBER)
    assert {(one.person_id, one.kind, one.entitlement_month): one.amount_dong.value for one in late} == owed
    assert late.count() == len(owed) == 5 * len(grants)
    before = Line.objects.filter(payroll_month__lt=NOVEMBER)
    assert {
        (one.person_id, one.payroll_month, one.entitlement_month, one.kind): one.amount_dong.value for one in before
    } == {
        (grant.person_id, month, month, "regular"): int(by_the_bands(grant, month) * 270_000)
        for grant in grants
        for month in JUNE.until(NOVEMBER)
    }
    december = open_run(place_code=CHO_DON, month=NOVEMBER + 1, by=desk.officer, at=drawn_up(NOVEMBER + 1))
    done = compute_run(run_id=december.run_id, by=desk.officer, at=drawn_up(NOVEMBER + 1))
    assert done.total_dong.value == sum(int(by_the_bands(grant, NOVEMBER + 1) * 360_000) for grant in grants)
    assert compute_run(run_id=december.run_id, by=desk.officer, at=drawn_up(NOVEMBER + 1)).added == 0
