"""Give up a batch before its release."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.batches import ReasonMissing, lock_batch
from ansinh.payout.models import Batch
from ansinh.payout.states import BATCH
from ansinh.payout.types import BatchMoved
from ansinh.platform import sql
from ansinh.platform.action import action


@action(permission="payout.cancel_batch", name="Hủy đợt chi")
def cancel_batch(*, batch_id: int, reason: str, by: Actor, at: datetime) -> BatchMoved:
    """Give up a batch not yet released; its orders go to the next issue.

    Refuses a batch released already (StepNotAllowed) and an empty reason (ReasonMissing).
    """
    if not reason.strip():
        raise ReasonMissing()
    batch = lock_batch(batch_id, by=by)
    step = BATCH.step("cancel_batch", batch.state)
    sql.run("payout/settle_items", {"batch_id": batch.pk})
    Batch.objects.filter(pk=batch.pk, state=step.source).update(
        state=step.target, cancelled_at=at, cancelled_by=by.user_id, cancelled_reason=reason.strip()
    )
    return BatchMoved(batch.pk, step.target, batch.declared_count, batch.declared_dong)
