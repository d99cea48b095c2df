"""The month's partition of the lines: made when a month is first computed, without holding up whoever reads lines."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import TypeVar

from django.db import OperationalError, connection, transaction

from ansinh.kernel.month import Month
from ansinh.payroll.models import Line
from ansinh.platform.row_security import whole_view

# How long a lock of a whole table is waited for at once, and how often. Six tables are held one after the other: the
# waits of all of them are shorter than PostgreSQL lets others wait before it looks for whom to throw out
# (deadlock_timeout, 1 s), so that officers' work is never what gives way.
_PATIENCE = "150ms"
_ATTEMPTS = 600
_REST_SECONDS = 0.05
_LOCK_NOT_AVAILABLE = "55P03"

T = TypeVar("T")


def add_partition(month: Month) -> None:
    """The month's partition of the lines, where it is missing, in a transaction or in the caller's.

    In the caller's: after the runs are locked and before anything is written. It holds the tables lines point to
    against writing until that transaction ends, and whoever waits for those may hold what the caller locks later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relname = %s", [f"payroll_line_{month.year}{month.number:02d}"]
        )
        if cursor.fetchone()[0]:
            return
    with whole_view():
        patiently(lambda: _add(month))


def has_lines(month: Month) -> bool:
    """Whether any list of the month has a line, wherever it is."""
    with whole_view():
        return Line.objects.filter(payroll_month=month).exists()


def patiently(work: Callable[[], T]) -> T:
    """Work that takes whole tables: it gives way to whoever holds one, and tries again."""
    for _ in range(_ATTEMPTS):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('lock_timeout')")
                (usual,) = cursor.fetchone()
                cursor.execute("SELECT set_config('lock_timeout', %s, TRUE)", [_PATIENCE])
                done = work()
                cursor.execute("SELECT set_config('lock_timeout', %s, TRUE)", [usual])
                return done
        except OperationalError as fault:
            if getattr(fault.__cause__, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise
        sleep(_REST_SECONDS)
    return work()


def _add(month: Month) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payroll_add_partition(%s)", [month.first_day])
