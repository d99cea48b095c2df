"""Register files: taking one in, what was found in it, the marked workbook, proposals of change."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.queries import pack_listed_by
from ansinh.registry.actions import accept_proposals, import_register, refuse_proposals
from ansinh.registry.queries import (
    get_register_file,
    list_file_findings,
    list_imports_under_way,
    list_proposals,
    list_register_files,
    list_set_aside_rows,
    marked_workbook,
)
from ansinh.registry.types import RegisterImported
from ansinh.web.desks.choosing import choice_of_places
from ansinh.web.downloads import file_answer
from ansinh.web.forms import ProposalForm, UploadForm
from ansinh.web.job_asking import is_long, jobs_under_way, left_to_a_worker
from ansinh.web.middleware import status_of
from ansinh.web.naming import place_name
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_export
from ansinh.web.templatetags.office import count

_FILES_A_PAGE = 25
_FINDINGS_A_PAGE = 100
_PROPOSALS_A_PAGE = 100
_ASIDE = "aside"


@shows("registry.see_registers")
def registers(request: HttpRequest) -> HttpResponse:
    """Files taken in so far and just now; taking in another. What is refused keeps the place and month chosen."""
    by = acting(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            if (job_id := _left_to_a_worker(form, by)) is not None:
                return redirect("web:job", job_id)
            result = _import(form, by)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
        else:
            (messages.info if result.already_known else messages.success)(request, _said(result))
            return redirect("web:register", result.file_id)
    files = Paginator(list_register_files(by=by), _FILES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": files,
        "rows": [(file, place_name(file.place_code, file.month.first_day)) for file in files],
        "may_import": by.may("registry.import_register"),
        "proposals": len(list_proposals(by=by)),
        "under_way": list_imports_under_way(by=by, on=timezone.localdate()),
        "jobs": jobs_under_way(by, "register_import"),
        **choice_of_places(request, by=by, month=Month.containing(timezone.localdate())),
    }
    return render(request, "web/registers/registers.html", context, status=status)


def _left_to_a_worker(form: UploadForm, by: Actor) -> int | None:
    """The job that takes a large file in, where a worker is there to do it; a small one is answered at once."""
    upload = form.cleaned_data["file"]
    if not is_long(upload.size):
        return None
    arguments = {"place_code": form.cleaned_data["place"], "month": str(form.cleaned_data["month"])}
    return left_to_a_worker("register_import", arguments, by=by, upload=upload)


def _import(form: UploadForm, by: Actor) -> RegisterImported:
    upload = form.cleaned_data["file"]
    return import_register(
        content=upload.read(),
        file_name=upload.name,
        place_code=form.cleaned_data["place"],
        month=form.cleaned_data["month"],
        by=by,
        at=timezone.now(),
        law=pack_listed_by(form.cleaned_data["place"], form.cleaned_data["month"]),
    )


def _said(result: RegisterImported) -> str:
    facts = {
        "rows": count(result.rows),
        "accepted": count(result.accepted),
        "aside": count(result.set_aside),
        "proposals": count(result.proposals),
    }
    if result.already_known:
        return _("Tệp này đã được nhập trước đây; không có gì thay đổi.")
    said = _("Đã đọc %(rows)s dòng: nhận %(accepted)s, để riêng %(aside)s dòng cần sửa.") % facts
    if result.proposals:
        said += " " + _("Có %(proposals)s thay đổi so với sổ hiện có đang chờ bạn quyết định.") % facts
    return said


@require_GET
@shows("registry.see_registers")
def register(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file: what was taken, every finding with its cell, and the rows set aside with what stopped each."""
    by = acting(request)
    file = get_register_file(file_id, by=by)
    found = list_file_findings(file)
    severity = request.GET.get("severity", "")
    sizes = {key: sum(one.severity == key for one in found) for key in ("error", "warning", "info")}
    shown: Sequence[object] = [one for one in found if one.severity == severity] if severity in sizes else found
    if severity == _ASIDE:
        shown = list_set_aside_rows(file)
    context = {
        "file": file,
        "place": place_name(file.place_code, file.month.first_day),
        "page": Paginator(shown, _FINDINGS_A_PAGE).get_page(request.GET.get("page")),
        "sizes": sizes,
        "severity": severity if severity in (*sizes, _ASIDE) else "",
        "waiting": sum(one.file_id == file.pk for one in list_proposals(by=by)),
    }
    return render(request, "web/registers/register.html", context)


@require_GET
@shows("registry.see_registers")
def marked(request: HttpRequest, file_id: int) -> HttpResponse:
    """The office's own workbook with each finding marked at its cell."""
    by = acting(request)
    file = get_register_file(file_id, by=by)
    content = marked_workbook(file, by=by)
    told_export(by, "registry.export_marked", place_code=file.place_code, file_id=file_id, month=file.month)
    return file_answer(content, name=f"danh-dau-{file.file_name.rsplit('.', 1)[0]}.xlsx")


@require_GET
@shows("registry.see_registers")
def proposals(request: HttpRequest) -> HttpResponse:
    """Differences between a later file and the register, waiting for a decision."""
    by = acting(request)
    waiting = list_proposals(by=by)
    context = {
        "page": Paginator(waiting, _PROPOSALS_A_PAGE).get_page(request.GET.get("page")),
        "found": len(waiting),
        "may_decide": by.may("registry.accept_proposals"),
    }
    return render(request, "web/registers/proposals.html", context)


@require_POST
@does("registry.accept_proposals", "registry.refuse_proposals")
def decide_proposals(request: HttpRequest) -> HttpResponse:
    """Take or refuse the chosen proposals."""
    by = acting(request)
    form = ProposalForm(request.POST, open_ids=[one.pk for one in list_proposals(by=by)])
    if not form.is_valid() or not form.cleaned_data["ids"]:
        messages.error(request, _("Chưa chọn đề nghị nào còn chờ quyết định. Hãy đánh dấu rồi bấm lại."))
        return redirect("web:proposals")
    ids = tuple(form.cleaned_data["ids"])
    if form.cleaned_data["verdict"] == "accept":
        accept_proposals(ids=ids, by=by, at=timezone.now())
        said = _("Đã chấp nhận %(number)s đề nghị; sổ đã được sửa theo.")
    else:
        refuse_proposals(ids=ids, by=by, at=timezone.now())
        said = _("Đã từ chối %(number)s đề nghị; sổ giữ nguyên.")
    messages.success(request, said % {"number": count(len(ids))})
    return redirect("web:proposals")
