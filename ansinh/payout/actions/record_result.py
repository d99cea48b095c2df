"""Take in one receipt; the same nonce gives the same answer."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.payout.types import ReportedResult, ResultRecorded
from ansinh.platform.action import action


@action(permission="payout.record_result", name="Ghi một biên nhận")
def record_result(*, payer: str, nonce: str, row: ReportedResult, by: Actor, at: datetime) -> ResultRecorded:
    """Take in one receipt; the same nonce gives the same answer."""
    raise NotImplementedError
