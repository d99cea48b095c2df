"""Lines of a month loaded aside by several sessions into a bare table, indexed and proved after, its partition at last.

Until then nobody sees them. What is left by work that was killed is an orphan, which the next loading sweeps away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.models import Run
from ansinh.payroll.partitions import patiently
from ansinh.payroll.staging import load_lines
from ansinh.platform.cancelling import Progress
from ansinh.platform.row_security import whole_view
from ansinh.platform.sessions import run_in_sessions

# Memory for sorting and joining in one session: two of them beside a server's shared buffers.
_WORK_MEM, _INDEX_MEM = "128MB", "512MB"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Lines of runs of one month, complete, in a table of their own. `sums`: by run its lines and their money."""

    table: str
    month: Month
    sums: dict[int, tuple[int, Dong]] = field(default_factory=dict)


def load(parts: Sequence[Sequence[Run]], *, sessions: int, progress: Progress | None = None) -> Loaded:
    """Load the lines of parts, each of runs alike and all of one month that has no lines yet; outside a transaction.

    What fails on the way leaves nothing behind.
    """
    month = parts[0][0].month
    with whole_view():
        # Sweeping what others left takes the tables its keys point to.
        table = str(patiently(lambda: _asked("payroll_begin_load", month.first_day))[0])
    loaded = False
    try:
        run_in_sessions(parts, lambda part: _load_part(part, table), sessions=sessions, progress=progress)
        run_in_sessions(_indexes(), lambda number: _index(table, number), sessions=sessions)
        with whole_view():
            patiently(lambda: _asked("payroll_bind_load", table))
        # Two proofs of one table would wait for each other.
        for bond in _bonds(table):
            _prove(table, bond)
        sums = _sums(table)
        loaded = True
    finally:
        if not loaded:
            end(Loaded(table, month))
    return Loaded(table, month, sums)


def take_turn() -> None:
    """One landing at a time, asked for before any run is touched: two that had both written to the runs would wait for
    each other's tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payroll.land_lines'))")


def attach(loaded: Loaded) -> bool:
    """Make what was loaded the month's partition, in the caller's transaction; False: the month has lines already."""
    attached = patiently(lambda: _asked("payroll_attach_load", loaded.table, loaded.month.first_day)[0])
    return bool(attached)


def end(loaded: Loaded) -> None:
    """Drop what became no partition."""
    with whole_view():
        patiently(lambda: _asked("payroll_end_load", loaded.table))


def _load_part(part: Sequence[Run], table: str) -> int:
    with whole_view():
        _remember(_WORK_MEM)
        return load_lines(part, table)


def _indexes() -> range:
    with whole_view(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payroll_list_load_indexes()")
        return range(1, int(cursor.fetchone()[0]) + 1)


def _index(table: str, number: int) -> None:
    with whole_view():
        _remember(_INDEX_MEM)
        _asked("payroll_index_load", table, number)


def _bonds(table: str) -> list[str]:
    with whole_view(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payroll_list_load_bonds(%s)", [table])
        return [row[0] for row in cursor.fetchall()]


def _prove(table: str, bond: str) -> None:
    with whole_view():
        _remember(_INDEX_MEM)
        _asked("payroll_prove_load", table, bond)


def _sums(table: str) -> dict[int, tuple[int, Dong]]:
    with whole_view(), connection.cursor() as cursor:
        cursor.execute("SELECT payroll_analyze_load(%s)", [table])
        cursor.execute("SELECT run_id, lines, total_dong FROM payroll_sum_load(%s)", [table])
        return {run_id: (lines, Dong(int(total))) for run_id, lines, total in cursor.fetchall()}


def _remember(memory: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('work_mem', %s, TRUE), set_config('maintenance_work_mem', %s, TRUE)", [memory, memory]
        )


def _asked(function: str, *arguments: str | int | date) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(arguments))})", list(arguments))
        return tuple(cursor.fetchone())
