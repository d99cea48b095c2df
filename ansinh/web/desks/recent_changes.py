"""Changes of a place, the last told first: filtered, searched, paged, exported as filtered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import overload

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.places.queries import find_place, list_children, list_within
from ansinh.registry.queries import LISTED_NAMES, ChangeFilter, ChangePage, RecentChange, list_recent_changes
from ansinh.web import export
from ansinh.web.change_fields import ChangesFilterForm
from ansinh.web.downloads import file_answer
from ansinh.web.naming import place_name, place_names
from ansinh.web.seeing import acting, shows
from ansinh.web.telling import told_export

_ROWS_A_PAGE = 50
# A list to choose a place from grows no longer than this; units below the top are left out beyond it.
_MOST_PLACES = 400
# More than an office records in years.
_MOST_EXPORTED = 50_000


class FoundChanges(Sequence[RecentChange]):
    """The changes a filter finds, cut by the query itself."""

    def __init__(self, by: Actor, wanted: ChangeFilter) -> None:
        self._by, self._wanted = by, wanted

    def _fetch(self, limit: int, offset: int) -> ChangePage:
        return list_recent_changes(by=self._by, wanted=self._wanted, limit=limit, offset=offset)

    @cached_property
    def _found(self) -> int:
        return self._fetch(1, 0).found

    def __len__(self) -> int:
        return self._found

    @overload
    def __getitem__(self, cut: int) -> RecentChange: ...
    @overload
    def __getitem__(self, cut: slice) -> list[RecentChange]: ...
    def __getitem__(self, cut: int | slice) -> RecentChange | list[RecentChange]:
        if isinstance(cut, int):
            return self[cut : cut + 1][0]
        start = cut.start or 0
        stop = len(self) if cut.stop is None else cut.stop
        return list(self._fetch(stop - start, start).changes)

    def __iter__(self) -> Iterator[RecentChange]:
        return iter(self[0:_MOST_EXPORTED])


def wanted_changes(request: HttpRequest) -> ChangeFilter:
    """The filter an address asks for."""
    form = ChangesFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    told = form.cleaned_data
    return ChangeFilter(
        place=told.get("place", ""),
        kind=told.get("kind", ""),
        name=told.get("name", ""),
        since=told.get("since"),
        until=told.get("until"),
        undone={"yes": True, "no": False}.get(told.get("undone", "")),
    )


@require_GET
@shows("registry.see_people")
def changes(request: HttpRequest) -> HttpResponse:
    """One page of the list, or only its table when htmx asks for that."""
    by = acting(request)
    wanted = wanted_changes(request)
    today = timezone.localdate()
    page = Paginator(FoundChanges(by, wanted), _ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "kinds": LISTED_NAMES,
        "places": _places(by),
        "names": place_names((one.commune_code for one in page), today),
        "may": by.may("registry.record_death"),
    }
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/changes/found.html", context)
    return render(request, "web/changes/recent.html", context)


@require_GET
@shows("registry.see_people")
def download(request: HttpRequest) -> HttpResponse:
    """What the filter finds, all of it, as a workbook."""
    by = acting(request)
    wanted = wanted_changes(request)
    today = timezone.localdate()
    rows = list(FoundChanges(by, wanted))
    names = place_names((one.commune_code for one in rows), today)
    place = place_name(wanted.place, today) if wanted.place else ""
    content = export.changes_workbook(((one, names.get(one.commune_code, "")) for one in rows), place=place, on=today)
    told_export(by, "registry.export_changes", place_code=wanted.place, rows=len(rows))
    return file_answer(content, name=f"bien-dong-{wanted.place or 'tat-ca'}-{today}.xlsx")


def _places(by: Actor) -> list[tuple[str, str]]:
    """The actor's areas and what lies below them today."""
    today = timezone.localdate()
    if EVERYWHERE in by.areas:
        return [(one.code, one.full_name) for one in list_children(None, today)]
    found: list[tuple[str, str]] = []
    for area in by.areas:
        place = find_place(area, today)
        if place is None:
            found.append((area, place_name(area, today)))
        else:
            found += [(one.code, one.full_name) for one in list_within(place, today)]
    return found[:_MOST_PLACES]
