"""Every verb of the table of states as one person meets it at some runs: allowed, or why not; asked of all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from ansinh.access.types import Actor
from ansinh.payroll.hands import prepared_among, told_among
from ansinh.payroll.models import Run, RunFinding, Threshold
from ansinh.payroll.states import RUN, SIGNING_ACTS, STATE_NAMES
from ansinh.payroll.thresholds import countersigner_of, may_countersign
from ansinh.payroll.types import StepOffer


def allowed_steps(run: Run, *, by: Actor) -> list[StepOffer]:
    """Every verb of the table of states as this actor meets it now: allowed, or why not (Vietnamese)."""
    return allowed_steps_of([run], by=by)[run.pk]


def allowed_steps_of(runs: Iterable[Run], *, by: Actor) -> dict[int, list[StepOffer]]:
    """The same of some runs, by their ids, in three questions however many they are."""
    asked = list(runs)
    known = _known_of(asked, by)
    return {
        run.pk: [StepOffer(action, not why, why) for action, why in _steps_with_reasons(run, by, known)]
        for run in asked
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides about the steps of some runs: open blocking findings; runs the actor prepared, or told of."""

    blocking: Mapping[int, int]
    prepared: frozenset[int]
    told: frozenset[int]


def _known_of(runs: Sequence[Run], by: Actor) -> _Known:
    """Asked only of runs at a step where it decides."""
    to_submit = [run.pk for run in runs if by.may("payroll.submit_run") and _is_open("submit_run", run)]
    to_sign = [run.pk for run in runs if any(by.may(f"payroll.{act}") and _is_open(act, run) for act in SIGNING_ACTS)]
    apart = [run.pk for run in runs if any(step.not_by for step in RUN.allowed(run.state))]
    return _Known(
        blocking=_open_blocking(to_submit) if to_submit else {},
        prepared=prepared_among(apart, by.user_id) if apart else frozenset(),
        told=told_among(to_sign, by.user_id) if to_sign else frozenset(),
    )


def _is_open(action: str, run: Run) -> bool:
    return any(step.action == action for step in RUN.allowed(run.state))


def _steps_with_reasons(run: Run, by: Actor, known: _Known) -> list[tuple[str, str]]:
    offers: list[tuple[str, str]] = []
    open_steps = {step.action: step for step in RUN.allowed(run.state)}
    for action in dict.fromkeys(step.action for step in RUN.steps):
        step = open_steps.get(action)
        if not by.may(f"payroll.{action}"):
            why = "Bạn không được giao bước này."
        elif step is None:
            why = f'Kỳ chi trả đang ở bước "{STATE_NAMES[run.state]}", chưa tới hoặc đã qua bước này.'
        elif step.not_by and run.pk in known.prepared:
            why = "Bạn đã lập hoặc trình danh sách này, nên phải do người khác duyệt."
        elif action in SIGNING_ACTS and run.pk in known.told:
            why = "Bạn đã ghi biến động hoặc nhập sổ của người trong danh sách này, nên phải do người khác duyệt."
        elif action == "countersign_run" and run.threshold is not None:
            why = _why_not_second(run, run.threshold, by)
        elif action == "submit_run" and known.blocking.get(run.pk):
            why = f"Còn {known.blocking[run.pk]} phát hiện chặn chưa giải quyết."
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


def _open_blocking(run_ids: Sequence[int]) -> dict[int, int]:
    found = RunFinding.objects.filter(run_id__in=run_ids, severity="blocking", cleared_at__isnull=True)
    return dict(found.order_by().values_list("run_id").annotate(found=Count("pk")))
