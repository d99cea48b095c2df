"""Give a batch free to be paid, when it is what it declares and its money was sent."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import BatchMoved
from ansinh.platform.action import action


@action(permission="payout.release_batch", name="Xuất chi")
def release_batch(*, batch_id: int, by: Actor, at: datetime) -> BatchMoved:
    """Give a batch free to be paid, when it is what it declares and its money was sent."""
    raise NotImplementedError
