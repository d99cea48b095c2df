"""Record a decision that suspends an allowance."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_grant, hold_person, must_have_paper, write_change
from ansinh.registry.rules import SUSPEND, resumed_after, suspended_since
from ansinh.registry.types import ChangeRecorded, Paper


class AlreadySuspended(Refusal):
    """Quyết định hưởng số {grant_id} đang tạm dừng từ tháng {since}. Không cần ghi lại."""


class ResumedLater(Refusal):
    """Quyết định hưởng số {grant_id} đã được ghi hưởng lại từ ngày {day} (biến động số {change_id}), nên không ghi tạm
    dừng từ tháng {month} được. Hãy hoàn tác lần hưởng lại đó trước, rồi ghi theo thứ tự thời gian."""


@action(permission="registry.suspend_grant", name="Ghi tạm dừng")
def suspend_grant(
    *, person_id: int, grant_id: int, from_month: Month, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """Nothing is owed from the month on until a decision to resume.

    Refuses a second one (AlreadySuspended) and a month before one already resumed (ResumedLater).
    """
    must_have_paper(paper)
    held = hold_person(person_id, by=by)
    hold_grant(held, grant_id)
    since = suspended_since(grant_id, held.counting)
    if since is not None:
        raise AlreadySuspended(grant_id=grant_id, since=since.vi)
    if (resumed := resumed_after(grant_id, from_month, held.counting)) is not None:
        raise ResumedLater(
            grant_id=grant_id, day=f"{resumed.effective_on:%d/%m/%Y}", change_id=resumed.id, month=from_month.vi
        )
    return write_change(held, SUSPEND, from_month.first_day, {"grant_id": grant_id}, paper=paper, by=by, at=at)
