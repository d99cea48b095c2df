"""Payers' results files: taken in, their columns named once, looked through, applied or put away, marked."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.jobs.queries import list_jobs
from ansinh.kernel.refusal import Refusal
from ansinh.reconcile.actions import apply_results, discard_results, import_results, save_layout
from ansinh.reconcile.queries import (
    ResultsFile,
    get_results_file,
    list_file_findings,
    list_file_rows,
    list_open_rows,
    list_results_files,
    marked_results,
)
from ansinh.reconcile.types import ResultsAccount
from ansinh.web.acts import Act, why_not
from ansinh.web.downloads import file_answer
from ansinh.web.job_asking import is_long, jobs_under_way, left_to_a_worker, rows_left_to_a_worker
from ansinh.web.middleware import status_of
from ansinh.web.money_forms import LayoutForm, ResultsUploadForm, WhyForm
from ansinh.web.naming import payer_names
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_export
from ansinh.web.templatetags.office import count, dong

_FILES_A_PAGE = 25
_ROWS_A_PAGE = 100
_VERDICTS = ("set_aside", "applied", "repeat", "unreported")


@shows("reconcile.see_results")
def results(request: HttpRequest) -> HttpResponse:
    """Files that came; taking in another. A file whose columns are unknown leads to naming them."""
    by = acting(request)
    payers = {code: name for code, name in payer_names().items() if by.serves(code)}
    form = ResultsUploadForm(request.POST or None, request.FILES or None, payers=sorted(payers.items()))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _take_in(request, form, by)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
    files = Paginator(list_results_files(by=by), _FILES_A_PAGE).get_page(request.GET.get("page"))
    people = names_of(file.uploaded_by for file in files)
    context = {
        "form": form,
        "page": files,
        "rows": [(file, payers.get(file.payer, file.payer), people.get(file.uploaded_by, "")) for file in files],
        "may_import": by.may("reconcile.import_results"),
        "why_not": why_not("reconcile.import_results", by),
        "jobs": jobs_under_way(by, "results_import", "results_apply"),
        "open_rows": len(list_open_rows(by=by, limit=1000)),
    }
    return render(request, "web/results/results.html", context, status=status)


def _take_in(request: HttpRequest, form: ResultsUploadForm, by: Actor) -> HttpResponse:
    upload = form.cleaned_data["file"]
    asked = {"payer": form.cleaned_data["payer"], "month": form.cleaned_data["month"]}
    if (job_id := _left_to_a_worker(form, by)) is not None:
        return redirect("web:job", job_id)
    try:
        account = import_results(content=upload.read(), file_name=upload.name, by=by, at=timezone.now(), **asked)
    except Refusal as refusal:
        if refusal.code != "unknown_columns":
            raise
        return _ask_columns(request, LayoutForm(headings=_headings(refusal), **asked), refusal.message)
    return _taken_in(request, account)


def _left_to_a_worker(form: ResultsUploadForm, by: Actor) -> int | None:
    """The job that takes in a payer's large file. Of a payer whose columns may still have to be named, none: naming
    them follows at once."""
    upload, payer, month = form.cleaned_data["file"], form.cleaned_data["payer"], form.cleaned_data["month"]
    if not is_long(upload.size) or not any(file.payer == payer for file in list_results_files(by=by)):
        return None
    last = list_jobs(by=by, kinds=("results_import",), newest=1)
    if any(one.fault_code == "unknown_columns" and one.arguments["payer"] == payer for one in last):
        return None
    arguments = {"payer": payer, "month": str(month or "")}
    return left_to_a_worker("results_import", arguments, by=by, upload=upload)


def _taken_in(request: HttpRequest, account: ResultsAccount) -> HttpResponse:
    if account.already_known:
        messages.info(request, _("Tệp này đã được nhập trước đây; không có gì thay đổi."))
    else:
        said = _("Đã đọc %(rows)s dòng, chưa ghi gì vào sổ. Hãy xem lại rồi bấm “Ghi nhận kết quả”.")
        messages.success(request, said % {"rows": count(account.rows)})
    return redirect("web:results_file", account.file_id)


def _headings(refusal: Refusal) -> list[str]:
    """The headings a refused file showed."""
    known = refusal.facts.get("headings")
    return list(known) if known else re.findall(r'"([^"]+)"', str(refusal.facts.get("seen", "")))


def _ask_columns(request: HttpRequest, form: LayoutForm, said: str) -> HttpResponse:
    payer = payer_names().get(form.payer_code, form.payer_code)
    context = {"form": form, "payer": payer, "said": said}
    return render(request, "web/results/layout.html", context, status=422)


@require_POST
@does("reconcile.save_layout")
def layout(request: HttpRequest) -> HttpResponse:
    """Save what a payer's headings mean, and take in the file chosen again with it."""
    by = acting(request)
    form = LayoutForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask_columns(request, form, "")
    columns, words = form.columns(), form.words()
    asked = {"payer": form.cleaned_data["payer"], "by": by, "at": timezone.now()}
    save_layout(name=payer_names().get(asked["payer"], asked["payer"]), columns=columns, words=words, **asked)
    upload = form.cleaned_data["file"]
    month = form.cleaned_data["month"]
    account = import_results(content=upload.read(), file_name=upload.name, month=month, **asked)
    return _taken_in(request, account)


@require_GET
@shows("reconcile.see_results")
def results_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file: what it says, what would become of each row, what was found at which cell."""
    by = acting(request)
    file = get_results_file(file_id, by=by)
    tallies = {"set_aside": file.set_aside, "applied": file.applied, "repeat": file.repeats}
    tallies["unreported"] = file.unreported
    findings = list_file_findings(file)
    show = request.GET.get("show", "")
    if show not in (*_VERDICTS, "findings"):
        show = next((key for key in _VERDICTS if tallies[key]), "applied")
    context = {
        "file": file,
        "payer": payer_names().get(file.payer, file.payer),
        "people": names_of((file.uploaded_by, file.applied_by, file.discarded_by)),
        "tallies": tallies,
        "findings_count": len(findings),
        "show": show,
        "acts": _acts(file, by),
        "may_resolve": by.may("reconcile.resolve_row") and file.state == "APPLIED",
    }
    if show == "findings":
        context["page"] = Paginator(findings, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    else:
        context |= _rows_of(request, file, show)
    return render(request, "web/results/file.html", context)


def _rows_of(request: HttpRequest, file: ResultsFile, verdict: str) -> dict[str, Any]:
    after = request.GET.get("after", "")
    start = int(after) if after.isdigit() else 0
    rows = list_file_rows(file, verdict=verdict, after=start, limit=_ROWS_A_PAGE + 1)
    shown = rows[:_ROWS_A_PAGE]
    return {"rows": shown, "after": shown[-1].pk if len(rows) > _ROWS_A_PAGE else None, "started": start > 0}


def _acts(file: ResultsFile, by: Actor) -> tuple[Act, ...]:
    if file.state != "CHECKED":
        return ()
    facts = {"applied": count(file.applied), "paid": dong(file.paid_dong), "aside": count(file.set_aside)}
    take = Act(
        key="apply",
        title=_("Ghi nhận kết quả"),
        address=reverse("web:apply_results", args=[file.pk]),
        why_not=why_not("reconcile.apply_results", by),
        confirm=_("Ghi nhận %(applied)s dòng, đã trả %(paid)s; %(aside)s dòng để riêng chờ xử lý.") % facts,
        busy=_("Đang ghi từng dòng vào sổ. Cả tệp được ghi cùng lúc, hoặc không dòng nào."),
        hint=_("Ghi một lần cho cả tệp. Kết quả đã ghi không sửa được; tiền quay về thì ghi thêm dòng mới."),
    )
    put_away = Act(
        key="discard",
        title=_("Bỏ tệp này"),
        address=reverse("web:discard_results", args=[file.pk]),
        why_not=why_not("reconcile.discard_results", by),
        hint=_("Không dòng nào được ghi; tệp vẫn được lưu cùng lý do."),
        form=WhyForm(auto_id="discard-%s"),
        look="danger",
    )
    return (take, put_away) if put_away.allowed else (take,)


@require_POST
@does("reconcile.apply_results")
def apply(request: HttpRequest, file_id: int) -> HttpResponse:
    """Record the good rows of a checked file, all at once."""
    by = acting(request)
    if (job_id := rows_left_to_a_worker(get_results_file(file_id, by=by), by=by)) is not None:
        return redirect("web:job", job_id)
    account = apply_results(file_id=file_id, by=by, at=timezone.now())
    said = _("Đã ghi nhận %(applied)s dòng: đã trả %(paid)s, chưa trả %(unpaid)s; để riêng %(aside)s dòng.")
    facts = {
        "applied": count(account.applied),
        "paid": dong(account.paid_dong),
        "unpaid": dong(account.unpaid_dong),
        "aside": count(account.set_aside),
    }
    messages.success(request, said % facts)
    return redirect("web:results_file", file_id)


@require_POST
@does("reconcile.discard_results")
def discard(request: HttpRequest, file_id: int) -> HttpResponse:
    """Put a checked file away, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    discard_results(file_id=file_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã bỏ tệp; không dòng nào được ghi."))
    return redirect("web:results")


@require_GET
@shows("reconcile.see_results")
def marked(request: HttpRequest, file_id: int) -> HttpResponse:
    """The payer's own file back, its rows marked with what became of them."""
    by = acting(request)
    file = get_results_file(file_id, by=by)
    content = marked_results(file, by=by)
    told_export(by, "reconcile.export_marked", file_id=file_id, payer=file.payer)
    return file_answer(content, name=f"danh-dau-{file.file_name.rsplit('.', 1)[0]}.xlsx")
