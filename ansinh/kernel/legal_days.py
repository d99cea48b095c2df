"""Where a legal day begins and ends: in Vietnam, whatever the machine's clock says. Instants carry a zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LEGAL_DAYS = ZoneInfo("Asia/Ho_Chi_Minh")


def beginning_of(day: date) -> datetime:
    """The first instant of a legal day.

    >>> beginning_of(date(2026, 7, 1)).isoformat()
    '2026-07-01T00:00:00+07:00'
    """
    return datetime.combine(day, time(), tzinfo=LEGAL_DAYS)


def end_of(day: date) -> datetime:
    """The last instant of a legal day.

    >>> end_of(date(2026, 7, 1)).isoformat()
    '2026-07-01T23:59:59.999999+07:00'
    """
    return beginning_of(day + timedelta(days=1)) - timedelta(microseconds=1)
