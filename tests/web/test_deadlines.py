"""Due days: the 23rd for the signature, the 25th for the money, in the month before."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.month import Month
from ansinh.web.deadlines import DueDay, approve_by, due_day, transfer_before

JANUARY = Month.of(2027, 1)


def test_a_list_is_due_in_the_month_before() -> None:
    assert approve_by(JANUARY) == date(2026, 12, 23)
    assert transfer_before(JANUARY) == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 12, 1), "ahead", 22),
        (date(2026, 12, 16), "soon", 7),
        (date(2026, 12, 23), "today", 0),
        (date(2026, 12, 24), "late", 1),
        (date(2027, 6, 1), "past", 160),
    ],
)
def test_a_day_is_told_from_today(today: date, state: str, days: int) -> None:
    on = approve_by(JANUARY)
    assert due_day(on, today=today, done_on=None) == DueDay(on, state, days)


def test_what_is_done_is_done_in_time_or_late() -> None:
    on = approve_by(JANUARY)
    assert due_day(on, today=on, done_on=on).state == "done"
    assert due_day(on, today=on, done_on=date(2027, 1, 2)) == DueDay(on, "done_late", 10)
