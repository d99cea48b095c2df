"""Choosing a place for a month: what a few letters may mean on that month's first day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month, NotAMonth
from ansinh.places.queries import find_place, search_places
from ansinh.places.types import Place
from ansinh.web.forms import first_month_to_open
from ansinh.web.naming import place_line
from ansinh.web.seeing import acting, for_everybody

_MOST_FOUND = 12


@require_GET
@for_everybody
def find_places(request: HttpRequest) -> HttpResponse:
    """The places to choose one from; a part of a page for htmx."""
    return render(request, "web/parts/places.html", choice_of_places(request, by=acting(request)))


def choice_of_places(request: HttpRequest, *, by: Actor, month: Month | None = None) -> dict[str, object]:
    """The month wanted and the places on offer in it: those asked for, or else the actor's own few areas."""
    month = wanted_month(request) or month or first_month_to_open(timezone.localdate())
    on = month.first_day
    asked = (request.GET.get("q") or "").strip()[:100]
    chosen = request.POST.get("place", "")
    if asked:
        places: tuple[Place, ...] = search_places(asked, on, limit=_MOST_FOUND)
    else:
        own = () if EVERYWHERE in by.areas else by.areas
        codes = dict.fromkeys([*([chosen] if chosen.isdigit() else []), *own[:_MOST_FOUND]])
        places = tuple(place for code in codes if (place := find_place(code, on)) is not None)
    if not chosen and len(places) == 1:
        chosen = places[0].code
    lines = [(place.code, place_line(place.code, on)) for place in places]
    return {"month": month, "q": asked, "places": lines, "chosen": chosen}


def wanted_month(request: HttpRequest) -> Month | None:
    """The month the address or the form names, if it is one."""
    try:
        return Month.parse(request.POST.get("month") or request.GET.get("month", ""))
    except NotAMonth:
        return None
