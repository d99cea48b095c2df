"""What recording a report would say, before anything is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import transaction

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.kernel.month import Month
from ansinh.payout.judging import clear_rows, given_rows, judge, verdicts_of
from ansinh.payout.rules import staged
from ansinh.payout.states import SET_ASIDE
from ansinh.payout.types import ReportedResult, ToldRows, Verdict


def judge_results(
    *, payer: str, rows: Sequence[ReportedResult], month: Month | None = None, by: Actor, today: date
) -> list[Verdict]:
    """What recording these rows would say of each, in the order given; nothing is written for good.

    Refuses an unknown payer (NoSuchPayer).
    """
    get_payer(payer)
    with transaction.atomic():
        told = given_rows([staged(row) for row in rows])
        judge(told, payer=payer, month=month, by=by, today=today, rows=len(rows))
        verdicts = verdicts_of(told.report)
        transaction.set_rollback(True)
    return list(verdicts)


@contextmanager
def judged_rows(*, payer: str, rows: ToldRows, month: Month | None = None, by: Actor, today: date) -> Iterator[None]:
    """What recording these rows would say of each stands in `payout_reportedrow` while the block lasts.

    For the caller's own statements, which keep what is said; runs in their transaction. Refuses an unknown payer
    (NoSuchPayer).
    """
    get_payer(payer)
    judge(rows, payer=payer, month=month, by=by, today=today)
    yield
    clear_rows(rows.report)


def list_rows_set_aside(report: UUID) -> tuple[Verdict, ...]:
    """Of rows judged and not cleared: those set aside, with the reason in words."""
    return verdicts_of(report, verdict=SET_ASIDE)
