"""Record a decision that ends an allowance."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_grant, hold_person, must_have_paper, write_change
from ansinh.registry.rules import STOP
from ansinh.registry.types import ChangeRecorded, Paper


class AlreadyStopped(Refusal):
    """Quyết định hưởng số {grant_id} đã được ghi thôi hưởng (biến động số {change_id}).
    Nếu ghi sai, hãy hoàn tác rồi ghi lại."""


class StopBeforeStart(Refusal):
    """Quyết định hưởng từ tháng {starts}, nên không thể thôi hưởng từ ngày {day}. Nếu cả quyết định là sai,
    hãy hoàn tác việc ghi quyết định đó."""


@action(permission="registry.stop_grant", name="Ghi thôi hưởng")
def stop_grant(
    *, person_id: int, grant_id: int, happened_on: date, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """The month in which it happened is paid whole; nothing from the next month (khoản 2 Điều 8 Nghị định 20/2021).

    Refuses without a decision (PaperMissing), a second stop (AlreadyStopped), a day before the grant began.
    """
    must_have_paper(paper)
    held = hold_person(person_id, by=by)
    grant = hold_grant(held, grant_id)
    for one in held.counting:
        if one.kind == STOP and one.facts["grant_id"] == grant_id:
            raise AlreadyStopped(grant_id=grant_id, change_id=one.id)
    if happened_on < grant.starts.first_day:
        raise StopBeforeStart(starts=grant.starts.vi, day=f"{happened_on:%d/%m/%Y}")
    return write_change(held, STOP, happened_on, {"grant_id": grant_id}, paper=paper, by=by, at=at)
