"""Open a decided or written-off recovery again: a complaint upheld, a mistake in the decision."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.types import BookRow
from ansinh.kernel.money import Dong
from ansinh.payout.actions.decide_recovery import write_decision
from ansinh.payout.batches import ReasonMissing
from ansinh.payout.models import RecoveryEntry
from ansinh.payout.recoveries import lock_recovery, move_recovery
from ansinh.payout.states import REOPENED, WRITTEN_OFF
from ansinh.payout.types import RecoveryMoved
from ansinh.platform.action import action


@action(permission="payout.reopen_recovery", name="Xem xét lại khoản phải thu hồi")
def reopen_recovery(*, recovery_id: int, reason: str, by: Actor, at: datetime) -> RecoveryMoved:
    """Back to a proposal: nothing more is withheld until it is decided anew; what was written off is open again.

    Refuses a recovery only proposed or settled (StepNotAllowed) and an empty reason (ReasonMissing).
    """
    if not reason.strip():
        raise ReasonMissing()
    recovery = lock_recovery(recovery_id, by=by)
    move_recovery(recovery, "reopen_recovery")
    decision = write_decision(recovery, "reopen", decision_no="", decided_on=None, reason=reason, by=by, at=at)
    written_off = list(recovery.entries.filter(kind=WRITTEN_OFF, reversed_by__isnull=True).order_by("fund"))
    RecoveryEntry.objects.bulk_create(
        RecoveryEntry(
            recovery=recovery, kind=REOPENED, fund=entry.fund, amount_dong=-entry.amount_dong, decision=decision,
            reverses=entry, recorded_at=at, recorded_by=by.user_id,
        )
        for entry in written_off
    )  # fmt: skip
    book(
        recipe="write_off_recovery",
        document=f"recovery:{recovery.pk}",
        key=f"reopen_recovery:{decision.pk}",
        month=recovery.month,
        holder=recovery.run.place_code,
        rows=[BookRow(entry.fund, "", recovery.commune_code, -entry.amount_dong) for entry in written_off],
        by=by,
        at=at,
    )
    return RecoveryMoved(recovery.pk, recovery.state, Dong(-sum(entry.amount_dong.value for entry in written_off)))
