"""What the calendar will do by itself: a work list of a place, filtered, paged, exported as filtered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payroll.actions import refresh_spans
from ansinh.payroll.queries import DEFAULT_DAYS, Upcoming, UpcomingList, list_listed_places, list_upcoming
from ansinh.places.queries import find_place, know_places
from ansinh.web import upcoming_words
from ansinh.web.downloads import file_answer
from ansinh.web.naming import place_line, place_name, place_names
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_export
from ansinh.web.templatetags.office import count
from ansinh.web.upcoming_workbook import workbook_of

_ROWS_A_PAGE = 50
# Spans of days on offer, and how many places to choose from before only the actor's own areas are shown.
SPANS = (30, 60, DEFAULT_DAYS, 180)
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filter as asked; what is not understood asks for everything."""

    place: str
    days: int
    event: str
    proposed: str
    decided: str
    name: str

    @property
    def is_whole(self) -> bool:
        """Whether no row is filtered out."""
        return not (self.event or self.proposed or self.decided or self.name)

    def keeps(self, row: Upcoming) -> bool:
        """Whether the filter asks for a row."""
        decided = "yes" if row.decision else "no"
        return (
            self.event in ("", row.event)
            and self.proposed in ("", row.proposed)
            and self.decided in ("", decided)
            and folded(self.name) in folded(row.full_name)
        )


@require_GET
@shows("payroll.see_lists")
def upcoming(request: HttpRequest) -> HttpResponse:
    """One page of the list, or only its table when htmx asks for that."""
    by = acting(request)
    places = _places(by)
    wanted = _wanted(request, places)
    context: dict[str, Any] = {"wanted": wanted, "places": places, "spans": SPANS, "words": upcoming_words}
    if wanted.place:
        found = list_upcoming(wanted.place, on=timezone.localdate(), by=by, days=wanted.days)
        context |= _shown(request, found, wanted)
        context["may_refresh"] = by.may("payroll.refresh_spans")
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/upcoming/found.html", context)
    return render(request, "web/upcoming/upcoming.html", context)


@require_GET
@shows("payroll.see_lists")
def download(request: HttpRequest) -> HttpResponse:
    """What the filter finds, all of it, as a workbook."""
    by = acting(request)
    wanted = _wanted(request, _places(by))
    today = timezone.localdate()
    found = list_upcoming(wanted.place, on=today, by=by, days=wanted.days)
    rows = [row for row in found.rows if wanted.keeps(row)]
    names = place_names((row.commune_code for row in rows), today)
    content = workbook_of(rows, found, names=names, place=place_name(wanted.place, today))
    told_export(by, "payroll.export_upcoming", place_code=wanted.place, days=wanted.days, rows=len(rows))
    return file_answer(content, name=f"sap-den-han-{wanted.place}-{today}.xlsx")


@require_POST
@does("payroll.refresh_spans")
def refresh(request: HttpRequest) -> HttpResponse:
    """Decide anew for whoever the list does not know yet."""
    place = request.POST.get("place", "")
    month = Month.containing(timezone.localdate())
    done = refresh_spans(place_code=place, month=month, by=acting(request), at=timezone.now())
    said = _("Đã xác định lại mức hưởng của %(people)s người.")
    messages.success(request, said % {"people": count(done.people)})
    return redirect(f"{reverse('web:upcoming')}?{urlencode({'place': place})}")


def _shown(request: HttpRequest, found: UpcomingList, wanted: Wanted) -> dict[str, Any]:
    rows = [row for row in found.rows if wanted.keeps(row)]
    page = Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "found": found,
        "page": page,
        "names": place_names((row.commune_code for row in page.object_list), found.first_day),
        "place_name": place_name(wanted.place, found.first_day),
        "tiles": list(Counter(row.proposed for row in found.rows).items()),
        "events": list(dict.fromkeys(row.event for row in found.rows)),
        "undecided": sum(1 for row in found.rows if row.decision is None),
    }


def _wanted(request: HttpRequest, places: list[tuple[str, str]]) -> Wanted:
    asked = {key: request.GET.get(key, "").strip()[:100] for key in ("place", "event", "proposed", "decided", "name")}
    days = request.GET.get("days", "")
    if not asked["place"] and len(places) == 1:
        asked["place"] = places[0][0]
    if asked["event"] not in upcoming_words.EVENTS:
        asked["event"] = ""
    if asked["proposed"] not in upcoming_words.PROPOSED:
        asked["proposed"] = ""
    if asked["decided"] not in ("yes", "no"):
        asked["decided"] = ""
    wanted_days = int(days) if days.isascii() and days.isdigit() and int(days) in SPANS else DEFAULT_DAYS
    return Wanted(days=wanted_days, **{key: asked[key] for key in ("place", "event", "proposed", "decided", "name")})


def _places(by: Actor) -> list[tuple[str, str]]:
    """The places to choose from: the actor's areas, and every place a list was made for, with their full lines."""
    today = timezone.localdate()
    codes = dict.fromkeys(area for area in by.areas if area != EVERYWHERE)
    codes |= dict.fromkeys(list_listed_places(by=by))
    know_places(codes)
    lines = [(code, place_line(code, today)) for code in list(codes)[:_MOST_PLACES] if find_place(code, today)]
    return sorted(lines, key=lambda line: line[1])
