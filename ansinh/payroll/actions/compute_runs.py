"""Compute many runs: in sets and several sessions; a month that has no lines yet is loaded aside and attached whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Count

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.payroll.computing import must_go_by_law_of_now, take_over
from ansinh.payroll.loading import Loaded, attach, end, load, take_turn
from ansinh.payroll.models import RosterEntry, Run, RunFinding
from ansinh.payroll.partitions import add_partition, has_lines
from ansinh.payroll.runs import NoSuchRun, SomebodyWasFaster, lock_runs, move_runs, record_each, stamped
from ansinh.payroll.staging import alike
from ansinh.payroll.types import RunComputed, RunsComputed
from ansinh.places.queries import path_of
from ansinh.platform.action import NotPermitted, action
from ansinh.platform.cancelling import Progress
from ansinh.platform.sessions import run_in_sessions

# From so many people on a month is loaded aside. Measured side by side both ways cost the same up to some ten thousand
# lines; at thirty thousand aside is faster by a quarter, at a hundred thousand by half. Landing holds whole tables
# for a moment, which a handful of lists is not worth.
MANY = 20_000
# People staged in one statement: its joins fit in the memory of a session, and what is planned once is used for many.
_PART = 50_000


class LoadedInVain(SomebodyWasFaster):
    """Trong lúc tính, tháng {month} đã có danh sách khác được tính xong. Hãy tính lại."""


@action(permission="payroll.compute_runs", name="Tính tiền nhiều kỳ")
def compute_runs(*, run_ids: Sequence[int], loaded: Loaded | None = None, by: Actor, at: datetime) -> RunsComputed:
    """Compute runs in one transaction, each as compute_run does and with its entry in the trail.

    `loaded`: their lines, all of them, loaded aside; they become the month's partition (LoadedInVain: it has lines).
    One refused, all are.
    """
    if loaded is not None:
        take_turn()
    runs = lock_runs(run_ids, by=by)
    if loaded is None:
        for month in sorted({run.month for run in runs}):
            add_partition(month)
    must_go_by_law_of_now(runs)
    move_runs(runs, "compute_run", by=by, **stamped(at, by, "computed"))
    if loaded is None:
        done = take_over(runs)
    else:
        done = [_of_loaded(run, loaded) for run in runs]
        RunFinding.objects.filter(run_id__in=list(loaded.sums)).delete()
        if not attach(loaded):
            raise LoadedInVain(month=loaded.month.vi)
    record_each(runs, done, "compute_run", by=by, at=at)
    return RunsComputed(tuple(done))


def compute_many(
    run_ids: Iterable[int],
    *,
    by: Actor,
    at: datetime,
    sessions: int = 2,
    progress: Progress | None = None,
    many: int = MANY,
) -> RunsComputed:
    """Compute runs in sets by several sessions; `progress`: sets done of all, of each month. Inside a
    transaction all is done in it, by its session alone.

    Of a month without lines that many people are in, all lists or none; otherwise set by set, and what is done stays
    when a later set is refused. Refuses what compute_run refuses.
    """
    if not by.may("payroll.compute_runs"):
        raise NotPermitted(who=by.name, what="Tính tiền nhiều kỳ", permission="payroll.compute_runs")
    reached = by.within("payroll.compute_runs")
    months: dict[object, list[Run]] = {}
    for run in Run.objects.filter(pk__in=list(run_ids)).order_by("pk"):
        if not reached.reaches(path_of(run.place_code, run.month.first_day)):
            raise NoSuchRun(run_id=run.pk)
        months.setdefault(run.month, []).append(run)
    done: list[RunComputed] = []
    for runs in months.values():
        done += _compute_month(runs, by=by, at=at, sessions=sessions, progress=progress, many=many)
    return RunsComputed(tuple(done))


def _compute_month(
    runs: Sequence[Run],
    *,
    by: Actor,
    at: datetime,
    sessions: int,
    progress: Progress | None,
    many: int,
) -> tuple[RunComputed, ...]:
    if connection.in_atomic_block:
        # Other sessions would not see what is not committed yet.
        return compute_runs(run_ids=[run.pk for run in runs], by=by, at=at).runs
    counts = RosterEntry.objects.filter(run_id__in=[run.pk for run in runs]).order_by().values_list("run_id")
    people: dict[int, int] = dict(counts.annotate(Count("id")))
    parts = [part for together in alike(runs) for part in _parts(together, people)]
    if sum(people.values()) >= many and not has_lines(runs[0].month):
        must_go_by_law_of_now(runs)
        loaded = load(parts, sessions=sessions, progress=progress)
        try:
            return compute_runs(run_ids=[run.pk for run in runs], loaded=loaded, by=by, at=at).runs
        except LoadedInVain:
            # Another province was done first: its lines are the month's partition, and ours are added to it.
            pass
        finally:
            end(loaded)
    # In a transaction of its own, that officers wait a moment for and no more.
    add_partition(runs[0].month)
    done = run_in_sessions(
        [[run.pk for run in part] for part in parts],
        lambda part: compute_runs(run_ids=part, by=by, at=at).runs,
        sessions=sessions, progress=progress,
    )  # fmt: skip
    return tuple(one for some in done for one in some)


def _parts(runs: Sequence[Run], people: dict[int, int]) -> list[list[Run]]:
    """The runs in parts of about so many people as are staged at once."""
    parts: list[list[Run]] = [[]]
    held = 0
    for run in runs:
        if parts[-1] and held + people.get(run.pk, 0) > _PART:
            parts.append([])
            held = 0
        parts[-1].append(run)
        held += people.get(run.pk, 0)
    return parts


def _of_loaded(run: Run, loaded: Loaded) -> RunComputed:
    lines, total = loaded.sums.get(run.pk, (0, Dong(0)))
    return RunComputed(run.pk, 0, lines, lines, total)
