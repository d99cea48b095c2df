"""Take in a payer's report of many orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payout.recordings import take_in
from ansinh.payout.types import ReportedResult, ResultsRecorded, ToldRows
from ansinh.platform.action import action


@action(permission="payout.record_results", name="Ghi kết quả chi trả")
def record_results(
    *,
    payer: str,
    source_key: str,
    rows: Sequence[ReportedResult] | ToldRows,
    month: Month | None = None,
    by: Actor,
    at: datetime,
) -> ResultsRecorded:
    """Take in a payer's report: every good row at once, the others set aside with their reason.

    `source_key` names the report: under the same key the same rows give the first answer again, other rows are
    refused (SourceKeyReused). `month` is the payroll month the report says it is of, if it says so. A result is
    counted in the settlement month of its batch, or the first still open: none is refused for being late. Refuses an
    unknown payer and whoever listed, approved or released the money (SamePersonInChain).
    """
    return take_in(payer=payer, source_key=source_key, kind="file", rows=rows, month=month, by=by, at=at)
