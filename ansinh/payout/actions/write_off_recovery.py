"""Give up what somebody owes back, by decision."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.types import BookRow
from ansinh.kernel.money import Dong
from ansinh.payout.actions.decide_recovery import write_decision
from ansinh.payout.batches import ReasonMissing
from ansinh.payout.models import RecoveryEntry
from ansinh.payout.recoveries import lock_recovery, move_recovery, open_parts
from ansinh.payout.states import WRITTEN_OFF
from ansinh.payout.types import RecoveryMoved
from ansinh.platform.action import action


@action(permission="payout.write_off_recovery", name="Xóa khoản phải thu hồi")
def write_off_recovery(
    *, recovery_id: int, decision_no: str, decided_on: date, reason: str, by: Actor, at: datetime
) -> RecoveryMoved:
    """Write off what is still open; it stays in the books as written off.

    Refuses a recovery settled or written off (StepNotAllowed), a decision without number or day (DecisionNotSigned)
    and an empty reason (ReasonMissing).
    """
    if not reason.strip():
        raise ReasonMissing()
    recovery = lock_recovery(recovery_id, by=by)
    opened = open_parts(recovery)
    decision = write_decision(
        recovery, "write_off", decision_no=decision_no, decided_on=decided_on, reason=reason, by=by, at=at
    )
    move_recovery(recovery, "write_off_recovery", decision_id=decision.pk)
    RecoveryEntry.objects.bulk_create(
        RecoveryEntry(
            recovery=recovery, kind=WRITTEN_OFF, fund=fund, amount_dong=Dong(part), decision=decision, recorded_at=at,
            recorded_by=by.user_id,
        )
        for fund, part in opened.items()
    )  # fmt: skip
    book(
        recipe="write_off_recovery",
        document=f"recovery:{recovery.pk}",
        key=f"write_off_recovery:{decision.pk}",
        month=recovery.month,
        holder=recovery.run.place_code,
        rows=[BookRow(fund, "", recovery.commune_code, Dong(part)) for fund, part in opened.items()],
        by=by,
        at=at,
    )
    return RecoveryMoved(recovery.pk, recovery.state, Dong(sum(opened.values())))
