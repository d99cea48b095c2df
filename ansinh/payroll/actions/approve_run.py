"""Approve a run: from here its lines never change."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from ansinh.access.types import Actor
from ansinh.kernel.digest import short_digest
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.submit_run import seal_lists
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.staging import count_outdated
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


class ListChangedAfterSubmission(Refusal):
    """Danh sách không còn giống lúc trình duyệt (mã danh sách khi trình {submitted}, hiện nay {found}).
    Hãy trả lại để lập và trình lại."""


class ListNoLongerDue(Refusal):
    """Danh sách tháng {month} không còn đúng: {count} dòng đã được danh sách khác chi hoặc có số tiền thay đổi từ khi
    tính. Duyệt tiếp sẽ trả hai lần hoặc trả sai. Hãy trả lại danh sách để tính lại rồi trình lại."""


@action(permission="payroll.approve_run", name="Phê duyệt danh sách")
def approve_run(*, run_id: int, by: Actor, at: datetime) -> RunMoved:
    """Sign the run.

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
    return RunMoved(run.pk, run.state, run.list_digest)
