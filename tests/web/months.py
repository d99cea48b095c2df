"""A small place with five people, and its month played as far as a test wants."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, check_run, compute_run, open_run, submit_run
from tests.seeding import AT, AUGUST, CHO_DON, PHUONG_VIEN, Desk, add_person, open_desk

# Who carries a category that may never stand beside a name.
VEILED = "Hoàng Văn Kín"


def seeded() -> Desk:
    """Five people in two communes of Chợ Đồn, and the two who work on their month."""
    desk = open_desk()
    add_person("Lý Ngọc An", born=date(1932, 1, 1), precision="year", category="elderly_80_no_pension")
    disabled = add_person("Ma Xuân Thảo", born=date(1981, 2, 27), category="disabled_exceptional")
    add_person("Đặng Thị Dương", born=date(1982, 1, 9), category="carer_household_exceptional", cared_for=disabled)
    add_person("Ma Thị Tuấn", born=date(1984, 8, 13), category="single_parent_poor", children=2, commune=PHUONG_VIEN)
    add_person(VEILED, born=date(1985, 3, 2), category="adult_hiv_poor", commune=PHUONG_VIEN)
    return desk


def run_in(state: str, desk: Desk, month: Month = AUGUST, place: str = CHO_DON) -> int:
    """The id of a run brought to that state by the real actions."""
    run_id = open_run(place_code=place, month=month, by=desk.officer, at=AT).run_id
    steps = (
        ("COMPUTED", compute_run, desk.officer),
        ("CHECKED", check_run, desk.officer),
        ("SUBMITTED", submit_run, desk.officer),
        ("APPROVED", approve_run, desk.approver),
    )
    reached = "OPEN"
    for target, action, by in steps:
        if reached == state:
            break
        action(run_id=run_id, by=by, at=AT)
        reached = target
    return run_id
