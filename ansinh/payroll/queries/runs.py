"""Runs, their totals and their findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.payroll.models import CommuneList, Line, RosterEntry, Run, RunFinding
from ansinh.payroll.runs import NoSuchRun
from ansinh.payroll.states import ASSISTANCE, LINE_KINDS, ONE_OFF
from ansinh.places.queries import deciding_bodies, get_place, path_of
from ansinh.platform import sql


def get_run(run_id: int, *, by: Actor) -> Run:
    """The run; refuses (NoSuchRun) one that does not exist or lies outside the actor's areas, in the same words."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None or not by.reaches(path_of(run.place_code, run.month.first_day)):
        raise NoSuchRun(run_id=run_id)
    return run


def find_run(place_code: str, month: Month, *, by: Actor, programme: str = ASSISTANCE) -> Run | None:
    """The live (not cancelled) run of exactly that place, month and programme, if the actor's areas hold one."""
    found = Run.objects.filter(place_code=place_code, month=month, programme=programme)
    run = found.exclude(state="CANCELLED").first()
    return run if run is not None and by.reaches(path_of(run.place_code, run.month.first_day)) else None


def list_runs(*, by: Actor, month: Month | None = None, programme: str = "", place_code: str = "") -> list[Run]:
    """The actor's runs, newest month first, by place; of one programme, of exactly one place where it is named."""
    runs = Run.objects.order_by("-month", "place_code", "pk")
    if place_code:
        runs = runs.filter(place_code=place_code)
    if programme:
        runs = runs.filter(programme=programme)
    if month is not None:
        runs = runs.filter(month=month)
    reaches = reach_of(by)
    return [run for run in runs if reaches(run.place_code, run.month.first_day)]


def list_live_runs(place_code: str, month: Month, *, by: Actor, programme: str = ASSISTANCE) -> list[Run]:
    """The live runs of a place's month in a programme: its own, else those of the deciding bodies below it; without a
    place those of the country within the actor's areas. Refuses (UnknownPlace)."""
    own = find_run(place_code, month, programme=programme, by=by) if place_code else None
    if own is not None:
        return [own]
    live = [run for run in list_runs(by=by, month=month, programme=programme) if run.state != "CANCELLED"]
    if not place_code:
        return live
    place = get_place(place_code, month.first_day)
    below = {body.code for body in deciding_bodies(place, month.first_day) if place.code in body.path}
    return [run for run in live if run.place_code in below]


def runs_by_id(run_ids: Iterable[int], *, by: Actor) -> dict[int, Run]:
    """Those of some runs that lie in the actor's areas, by their ids."""
    reaches = reach_of(by)
    found = Run.objects.select_related("threshold").in_bulk(list(run_ids))
    return {run_id: run for run_id, run in found.items() if reaches(run.place_code, run.month.first_day)}


def list_listed_places(*, by: Actor) -> tuple[str, ...]:
    """Codes of the places the actor sees a run of, each once."""
    if EVERYWHERE in by.areas:
        return tuple(Run.objects.order_by("place_code").values_list("place_code", flat=True).distinct())
    return tuple(dict.fromkeys(code for code, _ in sorted(_listed_pairs(by))))


def list_run_months(*, by: Actor) -> tuple[Month, ...]:
    """The months the actor sees a run of, the newest first."""
    if EVERYWHERE in by.areas:
        return tuple(Run.objects.order_by("-month").values_list("month", flat=True).distinct())
    return tuple(sorted({month for _, month in _listed_pairs(by)}, reverse=True))


def count_runs(month: Month, *, by: Actor) -> int:
    """How many runs of a month the actor sees."""
    places = Run.objects.filter(month=month)
    if EVERYWHERE in by.areas:
        return places.count()
    reaches = reach_of(by)
    return sum(reaches(code, month.first_day) for code in places.values_list("place_code", flat=True))


def _listed_pairs(by: Actor) -> list[tuple[str, Month]]:
    """Each place with each month the actor sees a run of."""
    reaches = reach_of(by)
    listed = Run.objects.order_by().values_list("place_code", "month").distinct()
    return [(code, month) for code, month in listed if reaches(code, month.first_day)]


def list_leads(run: Run, *, by: Actor) -> list[Run]:
    """The runs this one could be paid with, the latest first: approved, of its place, of its month or an earlier one of
    the year, paid with no other. Whether their orders are made already is not looked at here."""
    runs = Run.objects.filter(place_code=run.place_code, state="APPROVED", paid_with=None)
    runs = runs.exclude(pk=run.pk).exclude(programme=ONE_OFF)
    runs = runs.filter(month__gte=Month.of(run.month.year, 1), month__lte=run.month)
    reaches = reach_of(by)
    return [one for one in runs.order_by("-month", "-pk") if reaches(one.place_code, one.month.first_day)]


def totals_of(run: Run) -> tuple[int, int]:
    """How many lines the run has and their sum in đồng."""
    lines = Line.objects.filter(payroll_month=run.month, run=run)
    return lines.count(), int(lines.aggregate(total=Sum("amount_dong"))["total"] or 0)


def count_roster(run: Run) -> int:
    """How many people the run froze: told of a run that was opened by `by`."""
    return RosterEntry.objects.filter(run=run).count()


def list_commune_lists(run: Run) -> list[CommuneList]:
    """The communes' sealed lists of a submitted or approved run, by code."""
    return list(CommuneList.objects.filter(run=run).order_by("commune_code"))


def list_findings(run: Run, *, severity: str = "") -> list[RunFinding]:
    """The run's findings, blocking first, open before cleared."""
    rank = {"blocking": 0, "warning": 1, "info": 2}
    findings = RunFinding.objects.filter(run=run)
    if severity:
        findings = findings.filter(severity=severity)
    return sorted(findings, key=lambda f: (f.cleared_at is not None, rank[f.severity], f.commune_code, f.pk))


def summarise_runs(runs: Iterable[Run]) -> dict[str, Any]:
    """Lines, total and the breakdowns of some runs of one month: by kind, printed group and commune, in đồng."""
    runs = tuple(runs)
    params = {"run_ids": [run.pk for run in runs], "months": sorted({run.month.first_day for run in runs})}
    by_kind = dict.fromkeys(LINE_KINDS, 0)
    by_group: dict[str, dict[str, int]] = {}
    by_commune: dict[str, dict[str, int]] = {}
    lines = 0
    for row in sql.rows("payroll/sum_lines", params):
        lines += row["lines"]
        by_kind[row["kind"]] = by_kind.get(row["kind"], 0) + int(row["amount_dong"])
        for breakdown, key in ((by_group, row["group_name"]), (by_commune, row["commune_code"])):
            cell = breakdown.setdefault(key, {"count": 0, "amount": 0})
            cell["count"] += row["lines"]
            cell["amount"] += int(row["amount_dong"])
    return {
        "lines": lines,
        "total_dong": sum(by_kind.values()),
        "by_kind": by_kind,
        "by_group": by_group,
        "by_commune": by_commune,
    }
