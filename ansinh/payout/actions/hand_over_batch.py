"""Record that the payer has the batch's list; again with the same digest gives the same answer."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import BatchHandedOver
from ansinh.platform.action import action


@action(permission="payout.hand_over_batch", name="Giao danh sách chi trả")
def hand_over_batch(*, batch_id: int, file_digest: str, by: Actor, at: datetime) -> BatchHandedOver:
    """Record that the payer has the batch's list; again with the same digest gives the same answer."""
    raise NotImplementedError
