"""Ngọc Phái with four people, and the two who work on its month."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run
from ansinh.payroll.models import Run
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person, open_desk


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    desk = open_desk()
    add_person("Lý Ngọc An", born=date(1932, 1, 1), precision="year", category="elderly_80_no_pension")
    disabled = add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    add_person("Trần Xuân Dương", born=date(1982, 1, 9), category="carer_household_exceptional", cared_for=disabled)
    add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="single_parent_poor", children=2, sex="female")
    return desk


def prepare(desk: Desk, month: Month = AUGUST, place: str = NGOC_PHAI) -> Run:
    """A run opened, computed and checked."""
    opened = open_run(place_code=place, month=month, by=desk.officer, at=AT)
    compute_run(run_id=opened.run_id, by=desk.officer, at=AT)
    check_run(run_id=opened.run_id, by=desk.officer, at=AT)
    return Run.objects.get(pk=opened.run_id)


def play(desk: Desk, month: Month = AUGUST, place: str = NGOC_PHAI) -> Run:
    """A run from open to approved."""
    run = prepare(desk, month, place)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    approve_run(run_id=run.pk, by=desk.approver, at=AT)
    run.refresh_from_db()
    return run
