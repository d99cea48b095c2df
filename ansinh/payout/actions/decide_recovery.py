"""Decide how money somebody owes back is to come back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal
from ansinh.payout.models import Recovery, RecoveryDecision
from ansinh.payout.recoveries import digest_of_decision, lock_recovery, move_recovery, must_only_decide
from ansinh.payout.states import NETTING
from ansinh.payout.types import RecoveryMoved
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.policy import load_pack


class DecisionNotSigned(Refusal):
    """Phải ghi số quyết định và ngày ký; ngày {day} không được sau ngày hôm nay ({today})."""


class NothingComing(Refusal):
    """{who} đã qua đời ngày {died_on}, không còn kỳ chi trả nào để khấu trừ. Hãy quyết định nộp lại bằng tiền
    (người nhận thay, người thừa kế), hoặc xóa khoản này bằng quyết định."""


class WrongShare(Refusal):
    """Mức khấu trừ {share} không đúng. Hãy ghi phần của tiền hằng tháng, lớn hơn 0 và không quá 1 (ví dụ 0.3 là
    30 %); số tiền mỗi kỳ, nếu ghi, phải lớn hơn 0; nộp lại bằng tiền thì không ghi mức khấu trừ."""


@action(permission="payout.decide_recovery", name="Quyết định thu hồi")
def decide_recovery(
    *,
    recovery_id: int,
    way: Literal["netting", "cash"],
    decision_no: str,
    decided_on: date,
    by: Actor,
    at: datetime,
    share: Decimal | None = None,
    instalment_dong: Dong | None = None,
    reason: str = "",
) -> RecoveryMoved:
    """Decide the way back: withheld from coming months, at most `share` of a month's regular money, or cash.

    Without a share it is the pack's setting `recovery_share`. `instalment_dong` is the most a month. A later decision
    takes the place of an earlier one. Refuses a recovery settled or written off (StepNotAllowed), a decision without
    number or of a day to come (DecisionNotSigned), a share or instalment out of range (WrongShare), and netting for
    somebody who has died (NothingComing).
    """
    recovery = lock_recovery(recovery_id, by=by)
    if way == NETTING:
        _must_have_money_coming(recovery)
        share = Decimal(load_pack().settings.recovery_share) / 100 if share is None else share
    if (share is not None and (way != NETTING or not 0 < share <= 1)) or (
        instalment_dong is not None and instalment_dong <= Dong(0)
    ):
        raise WrongShare(share=share)
    decision = write_decision(
        recovery, "decide", way=way, share=share, instalment_dong=instalment_dong, decision_no=decision_no,
        decided_on=decided_on, reason=reason, by=by, at=at,
    )  # fmt: skip
    move_recovery(recovery, "decide_recovery", decision_id=decision.pk)
    return RecoveryMoved(recovery.pk, recovery.state, Dong(0))


def write_decision(
    recovery: Recovery, kind: str, *, decision_no: str, decided_on: date | None, reason: str, by: Actor, at: datetime,
    way: str = "", share: Decimal | None = None, instalment_dong: Dong | None = None,
) -> RecoveryDecision:  # fmt: skip
    """A decision written down with its digest; refuses (DecisionNotSigned) one that needs a number and has none, and
    (DeciderCollects) whoever recorded cash paid back of it.
    """
    must_only_decide(recovery, by)
    number, today = " ".join(decision_no.split()), localdate(at)
    if kind != "reopen" and (not number or decided_on is None or decided_on > today):
        raise DecisionNotSigned(day=f"{decided_on:%d/%m/%Y}" if decided_on else "(trống)", today=f"{today:%d/%m/%Y}")
    decision = RecoveryDecision(
        recovery=recovery, kind=kind, way=way, share=None if share is None else share.quantize(Decimal("0.0001")),
        instalment_dong=instalment_dong, decision_no=number[:60], decided_on=decided_on, reason=reason.strip(),
        recorded_at=at, recorded_by=by.user_id,
    )  # fmt: skip
    decision.digest = digest_of_decision(decision)
    decision.save(force_insert=True)
    return decision


def _must_have_money_coming(recovery: Recovery) -> None:
    found = sql.rows("payout/find_death", {"person_id": recovery.person_id})
    if found:
        raise NothingComing(who=found[0]["full_name"], died_on=f"{found[0]['died_on']:%d/%m/%Y}")
