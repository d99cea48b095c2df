"""Papers of a run or a person, as files to print or send on."""

from __future__ import annotations

import re
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.kernel.month import Month
from ansinh.payroll.queries import explain_month
from ansinh.reports.queries import render_paper, render_slip
from ansinh.web.downloads import file_answer
from ansinh.web.seeing import acting, shows
from ansinh.web.telling import told_export, told_look

# The papers a page offers; `reports.queries` knows how each is made.
PAPERS = ("payment_list", "change_list", "summary_by_group", "summary_by_commune", "group_table")
_COMMUNE = re.compile(r"(\d{5})?")


@require_GET
@shows("payroll.see_lists")
def paper(request: HttpRequest, run_id: int, name: str, form: str) -> HttpResponse:
    """One paper as PDF or XLSX; of one commune where `?commune=` names it."""
    commune = request.GET.get("commune", "")
    wanted: dict[str, Literal["pdf", "xlsx"]] = {"pdf": "pdf", "xlsx": "xlsx"}
    if name not in PAPERS or form not in wanted or not _COMMUNE.fullmatch(commune):
        raise Http404
    by = acting(request)
    made = render_paper(paper=name, run_id=run_id, commune=commune, form=wanted[form], by=by, at=timezone.now())
    told_export(by, "reports.export_paper", place_code=commune, run_id=run_id, title=name, form=form)
    return file_answer(made.content, name=made.file_name, attached=form != "pdf")


@require_GET
@shows("registry.see_people")
def slip(request: HttpRequest, person_id: int, month: Month) -> HttpResponse:
    """The slip that explains a person's month; `?category=1`: with the category and the reasons."""
    by = acting(request)
    made = render_slip(
        person_id=person_id,
        month=month,
        names_category=request.GET.get("category") == "1",
        by=by,
        at=timezone.now(),
    )
    told_export(by, "reports.export_slip", person_id=person_id, month=month)
    return file_answer(made.content, name=made.file_name, attached=False)


@require_GET
@shows("registry.see_people")
def explained(request: HttpRequest, person_id: int, month: Month) -> HttpResponse:
    """A person's month explained for machines: what `ansinh policy explain --json` tells, to whoever reads it here."""
    by = acting(request)
    told = explain_month(person_id, month, by=by)
    told_look(by, "payroll.look_month", person_id=person_id, month=month)
    return JsonResponse(told.facts, json_dumps_params={"ensure_ascii": False})
