"""Take in a payer's report: every good row at once, the others set aside with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payout.types import ReportedResult, ResultsRecorded
from ansinh.platform.action import action


@action(permission="payout.record_results", name="Ghi kết quả chi trả")
def record_results(
    *, payer: str, source_key: str, rows: Sequence[ReportedResult], month: Month | None = None, by: Actor, at: datetime
) -> ResultsRecorded:
    """Take in a payer's report: every good row at once, the others set aside with their reason."""
    raise NotImplementedError
