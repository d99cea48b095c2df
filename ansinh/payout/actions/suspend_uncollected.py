"""Suspend the allowances of somebody who did not receive them for as many months as the law says."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.answering import asked_through, months_to_answer, write_answer
from ansinh.payout.states import SUSPENDED
from ansinh.payout.types import NotReceivedAnswered
from ansinh.payroll.types import ASSISTANCE, PROGRAMMES
from ansinh.platform.action import action
from ansinh.policy import load_pack, uncollected_rule
from ansinh.registry.actions import suspend_grant
from ansinh.registry.queries import list_grant_standings
from ansinh.registry.types import Paper


class NothingRuns(Refusal):
    """{who} không còn quyết định hưởng trợ cấp nào đang có hiệu lực từ tháng {month} để tạm dừng."""


@action(permission="payout.suspend_uncollected", name="Tạm dừng vì không nhận tiền")
def suspend_uncollected(
    *, person_id: int, from_month: Month, decision_no: str, decided_on: date, by: Actor, at: datetime, reason: str = "",
    through: Month | None = None,
) -> NotReceivedAnswered:  # fmt: skip
    """Record the signed decision: every monthly allowance of the person is suspended from the month on, for the
    months not received up to `through` (none: now).

    What was listed and not collected stays theirs and is presented on. Resumed, `resume_grant` pays back as the decree
    of the day says. Refuses whoever has not missed enough months in a row (NothingToAnswer), nobody's grants to suspend
    (NothingRuns), and what `suspend_grant` refuses (PaperMissing among them).
    """
    asked = asked_through(through, at)
    rule = uncollected_rule(asked, load_pack())
    about = months_to_answer(person_id, through=asked, least=rule.suspends_at or rule.warns_at, by=by)
    told = f"Không nhận tiền {len(about.months)} tháng liền ({about.months[0].vi} – {about.months[-1].vi})"
    paper = Paper(decision_no, decided_on, reason="; ".join(part for part in (told, reason.strip()) if part))
    suspended = [
        grant.grant_id
        for grant in list_grant_standings(person_id, by=by)
        if grant.runs_in(from_month)
        and grant.suspended_since is None
        and load_pack().category(grant.category).regime in PROGRAMMES[ASSISTANCE]
    ]
    if not suspended:
        raise NothingRuns(who=about.full_name, month=from_month.vi)
    for grant_id in suspended:
        suspend_grant(person_id=person_id, grant_id=grant_id, from_month=from_month, paper=paper, by=by, at=at)
    return write_answer(
        about, SUSPENDED, decision_no=decision_no, decided_on=decided_on, reason=reason, grants=tuple(suspended),
        by=by, at=at,
    )  # fmt: skip
