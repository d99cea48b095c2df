"""Record a decision that pays a suspended allowance again."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.policy import resumes_from
from ansinh.registry.changing import hold_grant, hold_person, must_have_paper, write_change
from ansinh.registry.rules import RESUME, suspended_since
from ansinh.registry.types import ChangeRecorded, Paper


class NotSuspended(Refusal):
    """Quyết định hưởng số {grant_id} không ở trạng thái tạm dừng, nên không có gì để hưởng lại."""


class ResumedBeforeSuspended(Refusal):
    """Quyết định này tạm dừng từ tháng {since}, nên không thể hưởng lại từ ngày {day}. Hãy xem lại ngày."""


@action(permission="registry.resume_grant", name="Ghi hưởng lại")
def resume_grant(
    *, person_id: int, grant_id: int, resumed_on: date, paper: Paper, by: Actor, at: datetime
) -> ChangeRecorded:
    """Pays again from the month the decree of the day says: the suspended months too, or from the resumption only.

    Refuses a grant not suspended (NotSuspended) and a day before the suspension.
    """
    must_have_paper(paper)
    held = hold_person(person_id, by=by)
    hold_grant(held, grant_id)
    since = suspended_since(grant_id, held.counting)
    if since is None:
        raise NotSuspended(grant_id=grant_id)
    if resumed_on < since.first_day:
        raise ResumedBeforeSuspended(since=since.vi, day=f"{resumed_on:%d/%m/%Y}")
    rule = resumes_from(suspended_from=since, resumed_on=resumed_on)
    facts = {"grant_id": grant_id, "pays_from": str(rule.month), "article": rule.article}
    return write_change(held, RESUME, resumed_on, facts, paper=paper, by=by, at=at)
