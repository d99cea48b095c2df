"""Trying a draft level or coefficient on a place's coming lists: what it would cost. Nothing is written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.queries import DEFAULT_MONTHS, Forecast, simulate_draft
from ansinh.platform.action import NotPermitted
from ansinh.web.desks.choosing import choice_of_places
from ansinh.web.middleware import status_of
from ansinh.web.naming import place_name
from ansinh.web.seeing import acting, shows
from ansinh.web.simulation_forms import SimulationForm, may_simulate


@shows("payroll.see_levels")
def simulation(request: HttpRequest) -> HttpResponse:
    """The form, and below it what the level just tried would cost; what is refused keeps what was typed."""
    by = acting(request)
    if not may_simulate(by):
        raise NotPermitted(who=by.name, what=_("Thử mức dự kiến"), permission="payroll.propose_level_start")
    form = SimulationForm(request.POST or None, request.FILES or None, initial={"months": DEFAULT_MONTHS})
    told, status = None, 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            told, status = _told(form, by), 200
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
    context = {
        "form": form,
        "told": told,
        "place": told and place_name(told.place_code, told.lists[0].month.first_day),
        **choice_of_places(request, by=by),
    }
    return render(request, "web/simulation/simulation.html", context, status=status)


def _told(form: SimulationForm, by: Actor) -> Forecast:
    draft, file = form.draft()
    return simulate_draft(
        draft=draft,
        file=file,
        place_code=form.cleaned_data["place"],
        first=form.cleaned_data["month"],
        months=form.cleaned_data["months"],
        on=timezone.localdate(),
        by=by,
    )
