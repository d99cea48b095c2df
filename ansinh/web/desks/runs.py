"""One run: its steps, comparison with the month before, findings, summaries, papers, history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payroll import actions
from ansinh.payroll.queries import (
    Change,
    Run,
    allowed_steps,
    compare_months,
    compare_with_month_before,
    get_run,
    list_commune_lists,
    list_findings,
    list_runs,
    second_approval_of,
    summarise_runs,
)
from ansinh.payroll.types import RunChecked, RunComputed, RunMoved
from ansinh.policy import load_pack
from ansinh.web import masking, wording
from ansinh.web.desks.together import together_of
from ansinh.web.forms import ReasonForm
from ansinh.web.job_asking import step_left_to_a_worker
from ansinh.web.naming import names_within, place_name
from ansinh.web.progress import Progress, buttons_of, due_days_of, marks_of
from ansinh.web.queries import doers_of, history_of, money_of, sums_by_run
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import count, dong

_STEPS: dict[str, Callable[..., Any]] = {
    "compute_run": actions.compute_run,
    "check_run": actions.check_run,
    "submit_run": actions.submit_run,
    "return_run": actions.return_run,
    "approve_run": actions.approve_run,
    "countersign_run": actions.countersign_run,
    "cancel_run": actions.cancel_run,
}
_FINDINGS_A_PAGE = 50
_SEVERITIES = ("blocking", "warning", "info")
_CHANGES_A_PAGE = 100


def head_of(run: Run, by: Actor, tab: str) -> dict[str, Any]:
    """What every page of a run begins with."""
    sums = sums_by_run([run])[run.pk]
    money = money_of(run, listed_dong=sums.total_dong) if run.state == "APPROVED" else None
    names = doers_of([run])
    progress = Progress(
        run=run,
        place=place_name(run.place_code, run.month.first_day),
        sums=sums,
        marks=marks_of(run, names),
        due=due_days_of(run, timezone.localdate(), money),
        buttons=buttons_of(run, allowed_steps(run, by=by)),
        money=money,
        second=second_approval_of(run),
        approved_by=names.get(run.approved_by or 0, ""),
    )
    return {"run": run, "head": progress, "tab": tab, "together": together_of(run, by)}


@require_POST
@does(
    "payroll.compute_run",
    "payroll.check_run",
    "payroll.submit_run",
    "payroll.return_run",
    "payroll.approve_run",
    "payroll.countersign_run",
    "payroll.cancel_run",
)
def take_step(request: HttpRequest, run_id: int, action: str) -> HttpResponse:
    """Do one step of the table of states; what it refuses comes back as a message."""
    if action not in _STEPS:
        raise Http404
    form = ReasonForm(request.POST)
    reason = {"reason": form.data.get("reason", "")[:1000]} if action in wording.NEEDS_REASON else {}
    by = acting(request)
    if (job_id := step_left_to_a_worker(get_run(run_id, by=by), action, by=by)) is not None:
        return redirect("web:job", job_id)
    result = _STEPS[action](run_id=run_id, by=by, at=timezone.now(), **reason)
    messages.success(request, _said(action, result))
    return redirect("web:findings" if action == "check_run" else "web:run", run_id)


def _said(action: str, result: object) -> str:
    if isinstance(result, RunComputed):
        said = _("Đã tính tiền: %(lines)s dòng, tổng %(total)s (thêm %(added)s, bỏ %(removed)s so với lần trước).")
        facts = {
            "lines": count(result.lines),
            "total": dong(result.total_dong),
            "added": count(result.added),
            "removed": count(result.removed),
        }
        return said % facts
    if isinstance(result, RunChecked):
        if result.open_blocking:
            said = _("Đã kiểm tra: còn %(blocking)s phát hiện phải giải quyết trước khi trình duyệt.")
            return said % {"blocking": count(result.open_blocking)}
        said = _("Đã kiểm tra: không có gì ngăn việc trình duyệt (%(warnings)s cảnh báo).")
        return said % {"warnings": count(result.warnings)}
    if isinstance(result, RunMoved) and result.state == "ENDORSED":
        return _("Đã phê duyệt lần một. Danh sách vượt ngưỡng nên còn chờ một người khác phê duyệt lần hai.")
    return {
        "submit_run": _("Đã trình duyệt. Danh sách được khóa cho đến khi người phê duyệt quyết định."),
        "approve_run": _("Đã phê duyệt. Danh sách không thể thay đổi nữa; có thể tải giấy tờ để in và ký."),
        "countersign_run": _("Đã phê duyệt lần hai. Danh sách không thể thay đổi nữa; có thể tải giấy tờ để in và ký."),
        "return_run": _("Đã trả lại cho người lập danh sách cùng lý do."),
        "cancel_run": _("Đã hủy kỳ chi trả. Sửa sổ xong, hãy mở lại kỳ mới."),
    }[action]


@require_GET
@shows("payroll.see_lists")
def changes(request: HttpRequest, run_id: int) -> HttpResponse:
    """Who joined, who left, whose amount changed since the month before or another one, why and by which decision."""
    by = acting(request)
    run = get_run(run_id, by=by)
    kind = request.GET.get("kind", "")
    other, months = _other_month(request, run, by)
    if other == run.month + -1:
        found = compare_with_month_before(run, by=by)
    else:
        found = compare_months(run.place_code, run.month, other, by=by)
    counted = {key: [one for one in found if one.kind == key] for key in wording.CHANGES}
    shown = counted.get(kind, found)
    joint = _joint_groups(run)
    page = Paginator(shown, _CHANGES_A_PAGE).get_page(request.GET.get("page"))
    tiles = [
        (key, len(ones), sum(int(one.now_dong) - int(one.before_dong) for one in ones)) for key, ones in counted.items()
    ]
    context = {
        "page": page,
        "rows": [(one, _reason_shown(one, joint, run.month)) for one in page.object_list],
        "tiles": tiles,
        "kind": kind if kind in counted else "",
        "other": other,
        "months": months,
        # Who left may have lived in a commune that has ended since.
        "names": names_within(run.place_code, run.month.first_day, also=(one.commune_code for one in page.object_list)),
    }
    return render(request, "web/runs/changes.html", {**head_of(run, by, "changes"), **context})


def _other_month(request: HttpRequest, run: Run, by: Actor) -> tuple[Month, list[Month]]:
    """The month to compare with, and those on offer: the month before and every one the place has a list of."""
    before = run.month + -1
    listed = {one.month for one in list_runs(by=by, place_code=run.place_code) if one.state == "APPROVED"}
    months = sorted({before, *listed} - {run.month}, reverse=True) if run.computed_at else [before]
    wanted = request.GET.get("with", "")
    return next((month for month in months if str(month) == wanted), before), months


def _joint_groups(run: Run) -> frozenset[str]:
    """The groups under the heading that hides; nothing of the law's words is told of anybody there."""
    sizes = {group: cell["count"] for group, cell in summarise_runs([run])["by_group"].items()}
    joint = (heading.groups for heading in masking.headings(sizes, run.month).values() if heading.is_joint)
    return frozenset(group for groups in joint for group in groups)


def _reason_shown(change: Change, joint: frozenset[str], month: Month) -> str:
    """The event alone for everybody under the joint heading, hidden or not; the law's words follow the colon."""
    veiled = masking.is_hidden(change.benefit) or load_pack().group_of(change.benefit, month) in joint
    return change.reason.partition(":")[0] if veiled else change.reason


@require_GET
@shows("payroll.see_lists")
def findings(request: HttpRequest, run_id: int) -> HttpResponse:
    """What the checks saw, the blocking ones first, each with its way out; what was settled is counted apart."""
    by = acting(request)
    run = get_run(run_id, by=by)
    found = list_findings(run)
    kinds = {
        **{key: [one for one in found if one.severity == key and not one.cleared_at] for key in _SEVERITIES},
        "cleared": [one for one in found if one.cleared_at],
    }
    severity = request.GET.get("severity", "")
    context = {
        "page": Paginator(kinds.get(severity, found), _FINDINGS_A_PAGE).get_page(request.GET.get("page")),
        "sizes": {key: len(ones) for key, ones in kinds.items()},
        "severity": severity if severity in kinds else "",
        "names": names_within(run.place_code, run.month.first_day),
        "may_clear": by.may("payroll.clear_finding") and run.state == "CHECKED",
    }
    return render(request, "web/runs/findings.html", {**head_of(run, by, "findings"), **context})


@require_POST
@does("payroll.clear_finding")
def clear(request: HttpRequest, run_id: int, finding_id: int) -> HttpResponse:
    """Settle a finding with a reason."""
    reason = request.POST.get("reason", "")[:1000]
    cleared = actions.clear_finding(
        run_id=run_id, finding_id=finding_id, reason=reason, by=acting(request), at=timezone.now()
    )
    left = count(cleared.open_blocking)
    messages.success(request, _("Đã ghi lý do. Còn %(left)s phát hiện phải giải quyết.") % {"left": left})
    return redirect("web:findings", run_id)


@require_GET
@shows("payroll.see_runs")
def summary(request: HttpRequest, run_id: int) -> HttpResponse:
    """Money by kind, group and commune; groups that could betray a status show from district level up only."""
    by = acting(request)
    run = get_run(run_id, by=by)
    sums = summarise_runs([run])
    context = {
        "sums": sums,
        "groups": _group_rows(sums["by_group"], run),
        "names": names_within(run.place_code, run.month.first_day),
    }
    return render(request, "web/runs/summary.html", {**head_of(run, by, "summary"), **context})


def _group_rows(by_group: dict[str, dict[str, int]], run: Run) -> list[tuple[str, int, int]]:
    if len(run.place_code) < 5:
        return [(group, cell["count"], cell["amount"]) for group, cell in by_group.items()]
    merged: dict[str, list[int]] = {}
    shown = masking.headings({group: cell["count"] for group, cell in by_group.items()}, run.month)
    for group, cell in by_group.items():
        row = merged.setdefault(shown[group].title, [0, 0])
        row[0] += cell["count"]
        row[1] += cell["amount"]
    return [(title, lines, amount) for title, (lines, amount) in merged.items()]


@require_GET
@shows("payroll.see_lists")
def papers(request: HttpRequest, run_id: int) -> HttpResponse:
    """What can be printed or downloaded of a run."""
    by = acting(request)
    run = get_run(run_id, by=by)
    sealed = {one.commune_code: one for one in list_commune_lists(run)}
    communes = summarise_runs([run])["by_commune"]
    names = names_within(run.place_code, run.month.first_day)
    rows = [(code, names.get(code, code), cell, sealed.get(code)) for code, cell in communes.items()]
    return render(request, "web/runs/papers.html", {**head_of(run, by, "papers"), "rows": rows})


@require_GET
@shows("payroll.see_runs")
def history(request: HttpRequest, run_id: int) -> HttpResponse:
    """Who did what to the run, and when."""
    by = acting(request)
    run = get_run(run_id, by=by)
    return render(request, "web/runs/history.html", {**head_of(run, by, "history"), "entries": history_of(run, by=by)})
