"""The month's board: every run, where it stands, what is due, what to do next; opening a new run."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import open_run
from ansinh.payroll.queries import Run, allowed_steps, list_runs, second_approval_of
from ansinh.payroll.types import ASSISTANCE
from ansinh.registry.queries import list_proposals
from ansinh.web.desks.choosing import choice_of_places, wanted_month
from ansinh.web.forms import OpenRunForm
from ansinh.web.middleware import status_of
from ansinh.web.naming import place_name
from ansinh.web.progress import Progress, buttons_of, due_days_of, marks_of
from ansinh.web.queries import doers_of, money_by_run, settled_runs, sums_by_run
from ansinh.web.seeing import acting, for_everybody, shows, signed_in
from ansinh.web.simulation_forms import may_simulate
from ansinh.web.templatetags.office import count

_CARDS_A_PAGE = 10
_ENDED = ("APPROVED", "CANCELLED")


@require_GET
@for_everybody
def board(request: HttpRequest) -> HttpResponse:
    """Runs in hand as cards, ended ones as a table; one month of them when `?month=` asks for it."""
    visitor = signed_in(request)
    if elsewhere := _own_first_page(visitor):
        return redirect(elsewhere)
    by = visitor.within("payroll.see_runs")
    runs = list_runs(by=by)
    months = sorted({run.month for run in runs}, reverse=True)
    wanted = wanted_month(request)
    shown = [run for run in runs if wanted is None or run.month == wanted]
    settled = settled_runs([run for run in shown if run.state == "APPROVED"])
    open_runs = [run for run in shown if run.state not in _ENDED]
    paying = [run for run in shown if run.state == "APPROVED" and run.pk not in settled]
    page = Paginator([*open_runs, *paying], _CARDS_A_PAGE).get_page(request.GET.get("page"))
    done = [run for run in shown if run.state == "CANCELLED" or run.pk in settled]
    ended = Paginator(done, 20).get_page(request.GET.get("ended"))
    on_page = [*page.object_list, *ended.object_list]
    today = timezone.localdate()
    cards = _cards(on_page, settled, today, by)
    return render(
        request,
        "web/board/board.html",
        {
            "page": page,
            "ended": ended,
            "cards": [cards[run.pk] for run in page.object_list],
            "ended_cards": [cards[run.pk] for run in ended.object_list],
            "months": months,
            "month": wanted,
            "today": today,
            "may_open": by.may("payroll.open_run"),
            "may_simulate": may_simulate(by),
            "proposals": len(list_proposals(by=by)) if by.may("registry.accept_proposals") else 0,
            "nothing_yet": not runs,
        },
    )


def _own_first_page(visitor: Actor) -> str:
    """Where the day begins for whoever sees no list: payers at their batches, administrators at their people."""
    if visitor.may("payroll.see_runs"):
        return ""
    pages = (("payout.see_orders", "web:batches"), ("access.see_staff", "web:staff"))
    return next((page for sight, page in pages if visitor.may(sight)), "")


def _cards(runs: list[Run], settled: set[int], today: date, by: Actor) -> dict[int, Progress]:
    """What each run's card or row says, by its id."""
    sums, names = sums_by_run(runs), doers_of(runs)
    approved = [run for run in runs if run.state == "APPROVED" and run.pk not in settled]
    money = money_by_run(approved, listed={run.pk: sums[run.pk].total_dong for run in approved})
    return {
        run.pk: Progress(
            run=run,
            place=place_name(run.place_code, run.month.first_day),
            sums=sums[run.pk],
            marks=marks_of(run, names),
            due=due_days_of(run, today, money.get(run.pk)),
            money=money.get(run.pk),
            is_settled=run.pk in settled,
            second=None if run.state in _ENDED else second_approval_of(run),
            approved_by=names.get(run.approved_by or 0, ""),
            buttons=() if run.state in _ENDED else buttons_of(run, allowed_steps(run, by=by)),
        )
        for run in runs
    }


@shows("payroll.see_runs")
def open_new(request: HttpRequest) -> HttpResponse:
    """Choose a place and a month, and open the run. What is refused keeps the place and month chosen."""
    by = acting(request)
    form = OpenRunForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        place, month = form.cleaned_data["place"], form.cleaned_data["month"]
        try:
            programme = form.cleaned_data["programme"] or ASSISTANCE
            opened = open_run(place_code=place, month=month, programme=programme, by=by, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
        else:
            said = _("Đã mở kỳ chi trả tháng %(month)s của %(place)s: %(people)s người. Bước tiếp theo: tính tiền.")
            facts = {"month": month.vi, "place": place_name(place, month.first_day), "people": count(opened.people)}
            messages.success(request, said % facts)
            return redirect("web:run", opened.run_id)
    context = {"form": form, "may_open": by.may("payroll.open_run"), **choice_of_places(request, by=by)}
    return render(request, "web/board/open.html", context, status=status)
