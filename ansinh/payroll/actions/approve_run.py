"""Approve a run: from here its lines never change."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.db import connection
from django.db.models import Sum

from ansinh.access.types import Actor
from ansinh.funds.actions import reserve_budget
from ansinh.funds.types import FundRow, fund_of_regime
from ansinh.kernel.digest import short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.submit_run import seal_lists
from ansinh.payroll.models import Line, Run
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.staging import count_outdated
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


class ListChangedAfterSubmission(Refusal):
    """Danh sách không còn giống lúc trình duyệt (mã kiểm tra khi trình {submitted}, hiện nay {found}).
    Hãy trả lại để lập và trình lại."""


class ListNoLongerDue(Refusal):
    """Danh sách tháng {month} không còn đúng: {count} dòng đã được danh sách khác chi hoặc có số tiền thay đổi từ khi
    tính. Duyệt tiếp sẽ trả hai lần hoặc trả sai. Hãy trả lại danh sách để tính lại rồi trình lại."""


@action(permission="payroll.approve_run", name="Phê duyệt danh sách")
def approve_run(*, run_id: int, by: Actor, at: datetime) -> RunMoved:
    """Sign the run, and set its money aside in the budgets of its funds; want of budget is told, and stops nothing.

    Refuses whoever opened or submitted it, a list that is not the one submitted, and one that other lists, approved
    meanwhile, have made untrue (ListNoLongerDue): the same month of a person would be paid twice.
    """
    # One approval at a time: two that do not see each other could both list the same month.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll.approve_run'))")
    run = lock_run(run_id, by=by)
    if run.state == "SUBMITTED":
        if outdated := count_outdated(run):
            raise ListNoLongerDue(month=run.month.vi, count=outdated)
        found = seal_lists(run)
        if found != run.list_digest:
            raise ListChangedAfterSubmission(submitted=short_digest(run.list_digest), found=short_digest(found))
    move_run(run, "approve_run", by=by, **stamped(at, by, "approved"))
    reserved = reserve_budget(
        document=f"run:{run.pk}", place_code=run.place_code, month=run.month, rows=_by_fund(run), by=by, at=at
    )
    return RunMoved(run.pk, run.state, run.list_digest, reserved.missing_dong, run.paid_with_id)


def _by_fund(run: Run) -> tuple[FundRow, ...]:
    """What the run's lines sum to, by the fund that pays them."""
    lines = Line.objects.filter(payroll_month=run.month, run=run)
    sums = lines.values_list("regime").annotate(dong=Sum("amount_dong")).order_by("regime")
    return tuple(FundRow(fund_of_regime(regime), cast(Dong, dong)) for regime, dong in sums)
