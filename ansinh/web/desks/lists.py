"""The list of a run: filtered, sorted, paged, totalled, exported as filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import overload

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_GET

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.payroll.queries import LineFilter, LinePage, ListedLine, Run, get_run, list_lines, summarise_runs
from ansinh.web import export
from ansinh.web.desks.runs import head_of
from ansinh.web.downloads import file_answer
from ansinh.web.forms import LineFilterForm
from ansinh.web.masking import Heading, headings
from ansinh.web.naming import names_within, place_name
from ansinh.web.seeing import acting, shows, signed_in
from ansinh.web.telling import told_export

_ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter as asked: what the domain understands, and the headings chosen."""

    filter: LineFilter
    heading: Heading | None
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
    found = _Lines(run, by, wanted)
    page: Page[ListedLine] = Paginator(found, _ROWS_A_PAGE).get_page(request.GET.get("page"))
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
    rows = [(line, shown[line.group_name].title, names.get(line.commune_code, "")) for line in _Lines(run, by, wanted)]
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
    wanted = LineFilter(commune=asked["commune"], kind=asked["kind"], name=asked["name"], order=asked["order"])
    return Wanted(wanted, heading, asked)


class _Lines(Sequence[ListedLine]):
    """The filtered list as a paginator reads it: cut where it is asked, counted and totalled by the same question."""

    def __init__(self, run: Run, by: Actor, wanted: Wanted) -> None:
        self._run, self._by = run, by
        groups = wanted.heading.groups if wanted.heading else ("",)
        self._filters = [replace(wanted.filter, group=group) for group in groups]

    @cached_property
    def _whole(self) -> list[ListedLine]:
        """The lines of a heading of several groups, in printed order."""
        pages = [list_lines(self._run, by=self._by, wanted=wanted).lines for wanted in self._filters]
        amount_first = self._filters[0].order == "amount"
        return sorted(
            (line for page in pages for line in page),
            key=lambda line: (
                line.commune_code,
                -int(line.amount_dong) if amount_first else 0,
                line.sort_key,
                line.person_id,
                line.entitlement_month,
                line.id,
            ),
        )

    @cached_property
    def _sized(self) -> LinePage:
        return list_lines(self._run, by=self._by, wanted=self._filters[0], limit=1)

    @property
    def total(self) -> Dong:
        """The sum of everything the filter finds, in đồng."""
        if len(self._filters) > 1:
            return Dong(sum(int(line.amount_dong) for line in self._whole))
        return self._sized.found_dong

    def __len__(self) -> int:
        return len(self._whole) if len(self._filters) > 1 else self._sized.found

    @overload
    def __getitem__(self, cut: int) -> ListedLine: ...
    @overload
    def __getitem__(self, cut: slice) -> list[ListedLine]: ...
    def __getitem__(self, cut: int | slice) -> ListedLine | list[ListedLine]:
        if isinstance(cut, int):
            return self[cut : cut + 1][0]
        if len(self._filters) > 1:
            return self._whole[cut]
        start = cut.start or 0
        limit = (len(self) if cut.stop is None else cut.stop) - start
        return list(list_lines(self._run, by=self._by, wanted=self._filters[0], limit=limit, offset=start).lines)

    def __iter__(self) -> Iterator[ListedLine]:
        return iter(self[0 : len(self)])
