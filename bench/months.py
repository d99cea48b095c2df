"""The nation's month by the product's own command line: each step of all lists of the country, timed as it is typed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.ground import Ground, desk
from bench.memory import run_measured

if TYPE_CHECKING:
    from ansinh.kernel.month import Month

# Written beside every blocking finding that is passed over, so that the month can go on.
_REASON = "Đo tốc độ: bỏ qua để đi tiếp, chưa có cán bộ xác minh"


@dataclass(frozen=True, slots=True)
class Told:
    """What a command took, and its answer."""

    seconds: float
    peak_mb: float
    facts: dict[str, Any]


def ansinh(*words: str, codes: Collection[int] = (0,)) -> Told:
    """A command of the product in a process of its own, with --json; raises (CommandFailed) where it is refused."""
    finished = run_measured([sys.executable, "-m", "ansinh.ops.main", *words, "--json"], codes=codes)
    lines = finished.output.strip().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("{"))
    return Told(finished.seconds, finished.peak_mb, json.loads("\n".join(lines[start:])))


def step(name: str, month: Month, ground: Ground) -> Told:
    """One step of the month for everybody: open, compute, check, submit, approve."""
    return ansinh("month", name, str(month), *ground.reach, "--workers", str(ground.workers))


def signed(month: Month, ground: Ground) -> dict[str, Told]:
    """A computed month checked, submitted and approved; what each step took. Blocking findings are passed over."""
    done = {"check": step("check", month, ground)}
    clear_findings(month, ground.workers)
    return {**done, "submit": step("submit", month, ground), "approve": step("approve", month, ground)}


def clear_findings(month: Month, workers: int) -> None:
    """Settle what blocks the month's lists."""
    from ansinh.ops.acting import now
    from ansinh.payroll.actions import clear_finding
    from ansinh.payroll.models import RunFinding
    from ansinh.platform.sessions import run_in_sessions

    officer = desk().officer

    def clear(finding: tuple[int, int]) -> None:
        clear_finding(run_id=finding[0], finding_id=finding[1], reason=_REASON, by=officer, at=now())

    standing = RunFinding.objects.filter(run__month=month, severity="blocking", cleared_at__isnull=True)
    run_in_sessions(list(standing.order_by("pk").values_list("run_id", "pk")), clear, sessions=workers)


def opening() -> Month:
    """The first month people are owed here: no law brings new amounts within the half-year from it."""
    from ansinh.kernel.month import Month

    return Month.of(2026, 1)


def first_payroll() -> Month:
    """The first month listed here: three months late, so that each list after it can look back at four."""
    return opening() + 3


def next_payroll() -> Month:
    """The month after it, computed again and again."""
    return first_payroll() + 1


def refreshed(month: Month, ground: Ground, *, workers: int = 0, place: str = "") -> Told:
    """Everybody whose facts moved decided anew: of a province, or of all the ground; what it took without starting."""
    reach = ("--place", place) if place else ground.reach
    told = ansinh("month", "refresh", str(month), *reach, "--workers", str(workers or ground.workers))
    return Told(float(told.facts["seconds"]), told.peak_mb, told.facts)


def cancelled(month: Month, workers: int) -> None:
    """The month's lists given up, none of them submitted."""
    from ansinh.ops.acting import now
    from ansinh.payroll.actions import cancel_run
    from ansinh.platform.sessions import run_in_sessions

    officer = desk().officer

    def cancel(run_id: int) -> None:
        cancel_run(run_id=run_id, reason="Nghị định mới", by=officer, at=now())

    run_in_sessions(live_runs(month), cancel, sessions=workers)


def computed(month: Month, workers: int) -> float:
    """All of the month's lists computed, row-level security on; seconds."""
    from ansinh.access.queries import sight_of
    from ansinh.ops.acting import now
    from ansinh.payroll.actions import compute_many
    from ansinh.platform.row_security import seeing

    officer = desk().officer
    run_ids = live_runs(month)
    with seeing(sight_of(officer)):
        began = time.perf_counter()
        compute_many(run_ids, by=officer, at=now(), sessions=workers)
        return time.perf_counter() - began


def live_runs(month: Month) -> tuple[int, ...]:
    """The runs of the month's monthly lists."""
    from ansinh.payroll.models import Run
    from ansinh.payroll.types import ASSISTANCE

    standing = Run.objects.filter(month=month, programme=ASSISTANCE).exclude(state="CANCELLED").order_by("pk")
    return tuple(standing.values_list("pk", flat=True))


def count_lines(month: Month) -> int:
    """Lines of the month."""
    from ansinh.payroll.models import Line

    return Line.objects.filter(payroll_month=month).count()


class AlreadySigned(Exception):
    """The month's lists are submitted or approved: what was measured on them can not be measured again."""


def forget_lines(month: Month) -> None:
    """The month as before it was computed, its partition gone, so that it can be computed again from nothing.

    Only the owner of the database can; no act of the product's does it. Raises AlreadySigned.
    """
    from django.db import connection

    from ansinh.payroll.models import Run

    if Run.objects.filter(month=month, state__in=("SUBMITTED", "ENDORSED", "APPROVED")).exists():
        raise AlreadySigned(f"lists of {month} are signed: remove the database (--clean) and begin again")

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS payroll_line_{month.year}{month.number:02d}")
