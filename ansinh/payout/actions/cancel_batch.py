"""Give up a batch not yet released; its orders go to the next issue."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import BatchMoved
from ansinh.platform.action import action


@action(permission="payout.cancel_batch", name="Hủy đợt chi")
def cancel_batch(*, batch_id: int, reason: str, by: Actor, at: datetime) -> BatchMoved:
    """Give up a batch not yet released; its orders go to the next issue."""
    raise NotImplementedError
