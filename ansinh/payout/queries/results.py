"""What recording a report would say, before anything is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.kernel.month import Month
from ansinh.payout.judging import judge, stage_rows, verdicts_of
from ansinh.payout.rules import staged
from ansinh.payout.types import ReportedResult, Verdict


def judge_results(
    *, payer: str, rows: Sequence[ReportedResult], month: Month | None = None, by: Actor, today: date
) -> list[Verdict]:
    """What recording these rows would say of each, in the order given; nothing is written for good.

    Refuses an unknown payer (NoSuchPayer).
    """
    get_payer(payer)
    with transaction.atomic():
        report = stage_rows([staged(row) for row in rows])
        judge(report, payer=payer, month=month, by=by, today=today)
        verdicts = verdicts_of(report)
        transaction.set_rollback(True)
    return list(verdicts)
