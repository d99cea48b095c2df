"""One step of the month for every list of a place: left to a worker, whoever asks may close the page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from ansinh.access.types import EVERYWHERE, Actor, SecondFactorNeeded, SignInAgainNeeded
from ansinh.jobs.actions import start_job
from ansinh.jobs.queries import get_kind
from ansinh.jobs.types import JobAsked
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.types import ASSISTANCE
from ansinh.web.desks.choosing import choice_of_places
from ansinh.web.forms import WHOLE_PLACE_STEPS, WholePlaceForm
from ansinh.web.job_asking import jobs_under_way
from ansinh.web.middleware import status_of
from ansinh.web.seeing import acting, shows

# A province's code, and a district's: whoever works for less has one list a month.
_LARGEST_WITH_ONE_LIST = 5


@shows("payroll.see_runs")
def whole_place(request: HttpRequest) -> HttpResponse:
    """Choose a place, a month and a step; a job does it. What is refused keeps what was chosen."""
    by = acting(request)
    form = WholePlaceForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            asked = _asked(form, by)
        except (SecondFactorNeeded, SignInAgainNeeded):
            # Whoever approves proves who they are; the form waits for that.
            raise
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
        else:
            return redirect("web:job", asked.job_id)
    steps = steps_for(by)
    context = {
        "form": form,
        "steps": steps,
        "step": request.POST.get("step") or request.GET.get("step") or (steps[0] if steps else ""),
        "jobs": jobs_under_way(by, *WHOLE_PLACE_STEPS),
        **choice_of_places(request, by=by),
    }
    return render(request, "web/board/whole_place.html", context, status=status)


def _asked(form: WholePlaceForm, by: Actor) -> JobAsked:
    given = form.cleaned_data
    programme = given["programme"] or ASSISTANCE
    arguments = {"place_code": given["place"], "month": str(given["month"]), "programme": programme}
    return start_job(kind=given["step"], arguments=arguments, by=by, at=timezone.now())


def steps_for(by: Actor) -> list[str]:
    """The steps the visitor may have done for a whole place, in the month's order."""
    if not by.may("jobs.start_job"):
        return []
    return [step for step in WHOLE_PLACE_STEPS if by.may(get_kind(step).permission)]


def works_for_many(by: Actor) -> bool:
    """Whether the visitor may take a step of many lists at once, and works where there are many."""
    return bool(steps_for(by)) and any(area == EVERYWHERE or len(area) < _LARGEST_WITH_ONE_LIST for area in by.areas)
