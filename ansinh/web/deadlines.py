"""Due days of a month's list. Pure.

The money and the list go to the paying organisation before the 25th of the month before (NĐ 20/2021/NĐ-CP Điều 34
khoản 4; NĐ 335/2026/NĐ-CP Điều 28), so the list should be signed two days earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.kernel.month import Month

_APPROVE_ON, _TRANSFER_BEFORE, _REPORT_BEFORE = 23, 25, 20
# Beyond this nobody is helped by a count of days: the month lies in the past.
_COUNTED_DAYS = 60


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day something should be done by. `state`: done, done_late, late, today, soon, ahead, past."""

    on: date
    state: str
    days: int


def approve_by(month: Month) -> date:
    """The day the list of a month should be signed: the 23rd of the month before."""
    return (month + -1).first_day.replace(day=_APPROVE_ON)


def transfer_before(month: Month) -> date:
    """The day before which list and money must be with the payer: the 25th of the month before."""
    return (month + -1).first_day.replace(day=_TRANSFER_BEFORE)


def report_before(month: Month) -> date:
    """The day before which the payer reports who was paid and who was not: the 20th of the month itself."""
    return month.first_day.replace(day=_REPORT_BEFORE)


def due_day(on: date, *, today: date, done_on: date | None) -> DueDay:
    """How a due day stands today; `days` is how far away (or how far past) it is."""
    if done_on is not None:
        return DueDay(on, "done" if done_on <= on else "done_late", abs((done_on - on).days))
    days = (on - today).days
    if days < -_COUNTED_DAYS:
        return DueDay(on, "past", -days)
    if days < 0:
        return DueDay(on, "late", -days)
    if days == 0:
        return DueDay(on, "today", 0)
    return DueDay(on, "soon" if days <= 7 else "ahead", days)
