"""The month's board: every run, where it stands, what is due, what to do next; opening a new run."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import open_run
from ansinh.payroll.queries import Run, allowed_steps_of, count_runs, list_run_months, second_approvals_of
from ansinh.payroll.types import ASSISTANCE
from ansinh.places.queries import know_places
from ansinh.registry.queries import count_proposals
from ansinh.web.desks.choosing import choice_of_places, wanted_month
from ansinh.web.desks.whole_place import works_for_many
from ansinh.web.forms import OpenRunForm
from ansinh.web.middleware import status_of
from ansinh.web.naming import place_name
from ansinh.web.paging import known_page, number_in
from ansinh.web.progress import Progress, buttons_of, due_days_of, marks_of
from ansinh.web.queries import BoardPart, board_of, doers_of, money_by_run, sums_by_run
from ansinh.web.seeing import acting, for_everybody, shows, signed_in
from ansinh.web.simulation_forms import may_simulate
from ansinh.web.templatetags.office import count

# Cards of runs in hand, rows of ended ones.
_SIZES = (10, 20)
# Whoever sees more lists of a month than this looks at one month at a time, unless they ask for all.
_MANY = 500
_ENDED = ("APPROVED", "CANCELLED")


@require_GET
@for_everybody
def board(request: HttpRequest) -> HttpResponse:
    """Runs in hand as cards, ended ones as a table; one month of them when `?month=` asks for it.

    Of a country the newest month, until all are asked for."""
    visitor = signed_in(request)
    if elsewhere := _own_first_page(visitor):
        return redirect(elsewhere)
    by = visitor.within("payroll.see_runs")
    months = list_run_months(by=by)
    wanted = wanted_month(request)
    if months and "month" not in request.GET and count_runs(months[0], by=by) > _MANY:
        wanted = months[0]
    (in_hand, page), (done, ended) = _pages(request, by, wanted)
    on_page = [*in_hand.runs, *done.runs]
    settled = in_hand.settled | done.settled
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
            "works_for_many": works_for_many(by),
            "may_simulate": may_simulate(by),
            "proposals": count_proposals(by=by) if by.may("registry.accept_proposals") else 0,
            "nothing_yet": not months,
        },
    )


def _pages(
    request: HttpRequest, by: Actor, month: Month | None
) -> tuple[tuple[BoardPart, Page[Run]], tuple[BoardPart, Page[Run]]]:
    """Runs in hand and ended ones, each cut where its own page number says; past the end, the first page."""
    numbers = [number_in(request.GET.get(name)) for name in ("page", "ended")]
    parts = _cut(by, month, numbers)
    if any(number > 1 and not part.runs for part, number in zip(parts, numbers, strict=True)):
        numbers = [number if part.runs else 1 for part, number in zip(parts, numbers, strict=True)]
        parts = _cut(by, month, numbers)
    pages = [
        known_page(part.runs, found=part.found, number=number, rows_a_page=size)
        for part, number, size in zip(parts, numbers, _SIZES, strict=True)
    ]
    return (parts[0], pages[0]), (parts[1], pages[1])


def _cut(by: Actor, month: Month | None, numbers: list[int]) -> tuple[BoardPart, BoardPart]:
    in_hand, ended = ((size, (number - 1) * size) for size, number in zip(_SIZES, numbers, strict=True))
    return board_of(by, month, in_hand=in_hand, ended=ended)


def _own_first_page(visitor: Actor) -> str:
    """Where the day begins for whoever sees no list: payers at their batches, administrators at their people."""
    if visitor.may("payroll.see_runs"):
        return ""
    pages = (("payout.see_orders", "web:batches"), ("access.see_staff", "web:staff"))
    return next((page for sight, page in pages if visitor.may(sight)), "")


def _cards(runs: list[Run], settled: Set[int], today: date, by: Actor) -> dict[int, Progress]:
    """What each run's card or row says, by its id."""
    sums, names = sums_by_run(runs), doers_of(runs)
    in_hand = [run for run in runs if run.state not in _ENDED]
    seconds, steps = second_approvals_of(in_hand), allowed_steps_of(in_hand, by=by)
    know_places(run.place_code for run in runs)
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
            second=seconds.get(run.pk),
            approved_by=names.get(run.approved_by or 0, ""),
            buttons=buttons_of(run, steps[run.pk]) if run.pk in steps else (),
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
