"""Runs, their totals and their findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payroll.hands import has_prepared, told_by
from ansinh.payroll.models import CommuneList, Line, Run, RunFinding, Threshold
from ansinh.payroll.runs import NoSuchRun
from ansinh.payroll.states import ASSISTANCE, LINE_KINDS, ONE_OFF, RUN, SIGNING_ACTS, STATE_NAMES
from ansinh.payroll.thresholds import countersigner_of, may_countersign
from ansinh.payroll.types import StepOffer
from ansinh.places.queries import path_of
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


def list_runs(*, by: Actor, month: Month | None = None, programme: str = "") -> list[Run]:
    """The actor's runs, newest month first, by place; of one programme where it is named."""
    runs = Run.objects.order_by("-month", "place_code", "pk")
    if programme:
        runs = runs.filter(programme=programme)
    if month is not None:
        runs = runs.filter(month=month)
    reaches = reach_of(by)
    return [run for run in runs if reaches(run.place_code, run.month.first_day)]


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


def allowed_steps(run: Run, *, by: Actor) -> list[StepOffer]:
    """Every verb of the table of states as this actor meets it now: allowed, or why not (Vietnamese)."""
    return [StepOffer(action, not why, why) for action, why in _steps_with_reasons(run, by)]


def _steps_with_reasons(run: Run, by: Actor) -> list[tuple[str, str]]:
    offers: list[tuple[str, str]] = []
    open_steps = {step.action: step for step in RUN.allowed(run.state)}
    for action in dict.fromkeys(step.action for step in RUN.steps):
        step = open_steps.get(action)
        if not by.may(f"payroll.{action}"):
            why = "Bạn không được giao bước này."
        elif step is None:
            why = f'Kỳ chi trả đang ở bước "{STATE_NAMES[run.state]}", chưa tới hoặc đã qua bước này.'
        elif step.not_by and has_prepared(run, by):
            why = "Bạn đã lập hoặc trình danh sách này, nên phải do người khác duyệt."
        elif action in SIGNING_ACTS and told_by([run.pk], by.user_id):
            why = "Bạn đã ghi biến động hoặc nhập sổ của người trong danh sách này, nên phải do người khác duyệt."
        elif action == "countersign_run" and run.threshold is not None:
            why = _why_not_second(run, run.threshold, by)
        elif action == "submit_run" and _open_blocking(run):
            why = f"Còn {_open_blocking(run)} phát hiện chặn chưa giải quyết."
        else:
            why = ""
        offers.append((action, why))
    return offers


def _why_not_second(run: Run, threshold: Threshold, by: Actor) -> str:
    """Why the actor does not give the second approval of a run approved once; empty: they may."""
    wanted = countersigner_of(threshold)
    if by.user_id == run.approved_by:
        return f"Bạn đã duyệt danh sách này lần một; lần hai do {wanted} duyệt."
    return "" if may_countersign(threshold, run, by) else f"Theo ngưỡng đã ghi, lần hai do {wanted} duyệt."


def _open_blocking(run: Run) -> int:
    return RunFinding.objects.filter(run=run, severity="blocking", cleared_at__isnull=True).count()
