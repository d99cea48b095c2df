"""An approval sets its money aside by fund, in the same transaction; want of budget is told and stops nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from ansinh.funds.actions import assign_budget
from ansinh.funds.queries import budget_of, reserved_for
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.actions import approve_run, submit_run
from ansinh.payroll.models import Run
from ansinh.payroll.runs import SamePersonTwice
from tests.payroll.conftest import play, prepare
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk, add_person

TOTAL = Dong(1_620_000)


def test_an_approval_reserves_what_its_lines_sum_to(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    assert reserved_for(f"run:{run.pk}") == {}
    moved = approve_run(run_id=run.pk, by=desk.approver, at=AT)
    assert reserved_for(f"run:{run.pk}") == {"tcxh": TOTAL}
    # No budget was assigned: the law owes it all the same.
    assert moved.missing_dong == TOTAL
    assert budget_of(NGOC_PHAI, "tcxh", AUGUST).available_dong == -TOTAL


def test_a_budget_that_suffices_leaves_nothing_missing(desk: Desk) -> None:
    assign_budget(
        place_code=NGOC_PHAI, fund="tcxh", year=2020, amount_dong=TOTAL, decision_no="1", decided_on=date(2020, 1, 2),
        by=desk.finance, at=AT,
    )  # fmt: skip
    play(desk)
    status = budget_of(NGOC_PHAI, "tcxh", AUGUST)
    assert (status.available_dong, status.reserved_dong) == (Dong(0), TOTAL)


def test_each_fund_is_reserved_by_itself(desk: Desk) -> None:
    july = Month.of(2025, 7)
    add_person(
        "Bế Thị Lan", born=date(1945, 1, 1), category="social_pension", commune="02044", starts=july, opening=july
    )
    add_person(
        "Hà Văn Sơn", born=date(1990, 1, 1), category="disabled_severe", commune="02044", starts=july, opening=july
    )
    run = play(desk, july, "02044")
    assert reserved_for(f"run:{run.pk}").keys() == {"social_pension", "tcxh"}


def test_a_refused_approval_reserves_nothing(desk: Desk) -> None:
    run = prepare(desk)
    submit_run(run_id=run.pk, by=desk.officer, at=AT)
    Run.objects.filter(pk=run.pk).update(opened_by=desk.approver.user_id)
    with pytest.raises(SamePersonTwice), transaction.atomic():
        approve_run(run_id=run.pk, by=desk.approver, at=AT)
    assert reserved_for(f"run:{run.pk}") == {}
