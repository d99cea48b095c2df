"""The list of a run: filtered, sorted, paged, totalled, exported as filtered."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from ansinh.access.types import Actor
from ansinh.payroll.queries import LineFilter, ListedLine, Run, get_run, list_lines, summarise_runs
from ansinh.web import export
from ansinh.web.desks.runs import head_of
from ansinh.web.downloads import file_answer
from ansinh.web.forms import LineFilterForm
from ansinh.web.masking import Heading, headings
from ansinh.web.naming import names_within, place_name
from ansinh.web.paging import Fetch, Part, page_of
from ansinh.web.seeing import acting, shows, signed_in
from ansinh.web.telling import told_export

_ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter as the domain understands it, and as it was asked."""

    filter: LineFilter
    asked: dict[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is filtered out."""
        return not any(value for key, value in self.asked.items() if key != "order")


@require_GET
@shows("payroll.see_lists", "payroll.see_runs")
def lines(request: HttpRequest, run_id: int) -> HttpResponse:
    """One page of the list, or only its table when htmx asks for that."""
    visitor = signed_in(request)
    if not visitor.may("payroll.see_lists"):
        return redirect("web:summary", run_id)
    by = visitor.within("payroll.see_lists")
    run = get_run(run_id, by=by)
    sums = summarise_runs([run])
    shown = headings({group: cell["count"] for group, cell in sums["by_group"].items()}, run.month)
    wanted = _wanted(request, shown)
    fetch = _fetched(run, by, wanted.filter)
    found, page = page_of(fetch, asked=request.GET.get("page"), rows_a_page=_ROWS_A_PAGE)
    names = names_within(run.place_code, run.month.first_day)
    context = {
        "page": page,
        "rows": [(line, shown[line.group_name].title) for line in page.object_list],
        "found": found,
        "wanted": wanted,
        "names": names,
        "one_commune": len(sums["by_commune"]) <= 1,
        "communes": [(code, names.get(code, code)) for code in sums["by_commune"]],
        "headings": sorted({heading.key: heading.title for heading in shown.values()}.items()),
    }
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/runs/found.html", {"run": run, **context})
    return render(request, "web/runs/lines.html", {**head_of(run, by, "lines"), **context})


@require_GET
@shows("payroll.see_lists")
def download(request: HttpRequest, run_id: int) -> HttpResponse:
    """What the filter finds, all of it, as a workbook."""
    by = acting(request)
    run = get_run(run_id, by=by)
    sizes = {group: cell["count"] for group, cell in summarise_runs([run])["by_group"].items()}
    shown = headings(sizes, run.month)
    wanted = _wanted(request, shown)
    names = names_within(run.place_code, run.month.first_day)
    rows = [
        (line, shown[line.group_name].title, names.get(line.commune_code, ""))
        for line in list_lines(run, by=by, wanted=wanted.filter).lines
    ]
    place = place_name(run.place_code, run.month.first_day)
    content = export.workbook_of(rows, place=place, month=run.month)
    told_export(by, "payroll.export_list", place_code=run.place_code, run_id=run_id, month=run.month, rows=len(rows))
    return file_answer(content, name=f"danh-sach-{run.place_code}-{run.month}.xlsx")


def _wanted(request: HttpRequest, shown: dict[str, Heading]) -> Wanted:
    form = LineFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    asked = {key: form.cleaned_data.get(key, "") for key in ("name", "commune", "group", "kind", "order")}
    by_key = {heading.key: heading for heading in shown.values()}
    heading = by_key.get(asked["group"])
    asked["group"] = heading.key if heading else ""
    asked["order"] = asked["order"] or "name"
    groups = heading.groups if heading else ()
    told = {key: asked[key] for key in ("commune", "kind", "name", "order")}
    return Wanted(LineFilter(groups=groups, **told), asked)


def _fetched(run: Run, by: Actor, wanted: LineFilter) -> Fetch[ListedLine]:
    def fetch(limit: int, offset: int) -> Part[ListedLine]:
        page = list_lines(run, by=by, wanted=wanted, limit=limit, offset=offset)
        return page.lines, page.found, page.found_dong

    return fetch
