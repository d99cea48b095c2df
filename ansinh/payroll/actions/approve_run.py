"""Approve a run: from here its lines never change."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.digest import short_digest
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions.submit_run import seal_lists
from ansinh.payroll.runs import lock_run, move_run, stamped
from ansinh.payroll.types import RunMoved
from ansinh.platform.action import action


class ListChangedAfterSubmission(Refusal):
    """Danh sách không còn giống lúc trình duyệt (mã danh sách khi trình {submitted}, hiện nay {found}).
    Hãy trả lại để lập và trình lại."""


@action(permission="payroll.approve_run", name="Phê duyệt danh sách")
def approve_run(*, run_id: int, by: Actor, at: datetime) -> RunMoved:
    """Sign the run; refuses whoever opened or submitted it, and a list that is not the one submitted."""
    run = lock_run(run_id, by=by)
    if run.state == "SUBMITTED":
        found = seal_lists(run)
        if found != run.list_digest:
            raise ListChangedAfterSubmission(submitted=short_digest(run.list_digest), found=short_digest(found))
    move_run(run, "approve_run", by=by, **stamped(at, by, "approved"))
    return RunMoved(run.pk, run.state, run.list_digest)
