"""Money to the payer: asking the treasury, recording that it was sent, withdrawing; the budget behind it."""

from __future__ import annotations

from typing import Literal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.funds.actions import assign_budget, cancel_transfer, record_transfer, request_transfer
from ansinh.funds.queries import (
    Transfer,
    get_transfer,
    holder_of,
    list_budget_decisions,
    list_budgets,
    list_parts,
    list_transfers,
    reserved_for,
)
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.payroll.queries import list_runs
from ansinh.places.queries import find_place, get_place
from ansinh.reports.queries import render_transfer_request
from ansinh.web.acts import Act, why_not
from ansinh.web.downloads import file_answer
from ansinh.web.middleware import page_before
from ansinh.web.money_forms import BudgetForm, SentForm, WhyForm
from ansinh.web.naming import names_within, payer_names, place_name
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows
from ansinh.web.telling import told_export
from ansinh.web.templatetags.office import dong

_FORMS: dict[str, Literal["pdf", "xlsx"]] = {"pdf": "pdf", "xlsx": "xlsx"}


def request_act(place_code: str, month: Month, payer: str, needed: Dong, by: Actor) -> Act:
    """Asking the treasury for what a payer still needs."""
    said = _("Đề nghị Kho bạc chuyển %(total)s cho %(payer)s, chia theo xã và nguồn kinh phí như đợt chi.")
    return Act(
        key=f"request-{payer}",
        title=_("Đề nghị cấp tiền"),
        address=reverse("web:request_transfer", args=[place_code, month, payer]),
        confirm=said % {"total": dong(needed), "payer": payer_names().get(payer, payer)},
        why_not=why_not("funds.request_transfer", by),
    )


def transfer_acts(transfer: Transfer, by: Actor) -> list[Act]:
    """What may be done with a transfer that waits for the treasury."""
    record = Act(
        key=f"sent-{transfer.pk}",
        title=_("Ghi đã chuyển %(total)s") % {"total": dong(transfer.amount_dong)},
        address=reverse("web:record_transfer", args=[transfer.pk]),
        why_not=why_not("funds.record_transfer", by),
        form=SentForm(auto_id=f"sent-{transfer.pk}-%s", initial={"sent_on": timezone.localdate()}),
    )
    withdraw = Act(
        key=f"withdraw-{transfer.pk}",
        title=_("Hủy đề nghị"),
        address=reverse("web:cancel_transfer", args=[transfer.pk]),
        why_not=why_not("funds.cancel_transfer", by),
        form=WhyForm(auto_id=f"withdraw-{transfer.pk}-%s"),
        look="danger",
    )
    return [record, withdraw] if withdraw.allowed else [record]


@require_GET
@shows("funds.see_money")
def transfers(request: HttpRequest, place_code: str, month: Month) -> HttpResponse:
    """Every transfer of a place and month with its voucher and its parts by commune and fund."""
    by = acting(request)
    place = get_place(place_code, month.first_day)
    by.must_reach(place.path[::-1])
    commune = request.GET.get("commune", "")
    rows = []
    for transfer in list_transfers(by=by, month=month, place_code=place_code):
        parts = [part for part in list_parts(transfer) if not commune or part.commune == commune]
        acts = transfer_acts(transfer, by) if transfer.state == "REQUESTED" else []
        rows.append({"transfer": transfer, "parts": parts, "sum": total(part.dong for part in parts), "acts": acts})
    people = names_of(
        user_id
        for row in rows
        for user_id in (row["transfer"].requested_by, row["transfer"].sent_by)  # type: ignore[attr-defined]  # a transfer
    )
    context = {
        "place": place,
        "month": month,
        "rows": rows,
        "people": people,
        "names": names_within(place_code, month.first_day),
        "commune": place_name(commune, month.first_day) if commune.isdigit() else "",
    }
    return render(request, "web/money/transfers.html", context)


@require_GET
@shows("funds.see_money")
def paper(request: HttpRequest, transfer_id: int, form: str) -> HttpResponse:
    """The request for transfer as PDF or XLSX."""
    if form not in _FORMS:
        raise Http404
    by = acting(request)
    made = render_transfer_request(transfer_id=transfer_id, form=_FORMS[form], by=by, at=timezone.now())
    told_export(by, "reports.export_transfer", transfer_id=transfer_id, form=form)
    return file_answer(made.content, name=made.file_name, attached=form != "pdf")


@require_POST
@does("funds.request_transfer")
def ask(request: HttpRequest, place_code: str, month: Month, payer: str) -> HttpResponse:
    """Ask the treasury for all that a payer needs here."""
    moved = request_transfer(payer=payer, place_code=place_code, month=month, by=acting(request), at=timezone.now())
    said = _("Đã ghi đề nghị cấp %(total)s. Khi Kho bạc chuyển xong, hãy ghi số chứng từ.")
    messages.success(request, said % {"total": dong(moved.amount_dong)})
    return redirect(page_before(request))


@require_POST
@does("funds.record_transfer")
def record(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The treasury's voucher and day."""
    by = acting(request)
    get_transfer(transfer_id, by=by)
    form = SentForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(page_before(request))
    moved = record_transfer(transfer_id=transfer_id, by=by, at=timezone.now(), **form.cleaned_data)
    said = _("Đã ghi chuyển %(total)s. Đợt chi có đủ tiền thì xuất chi được.")
    messages.success(request, said % {"total": dong(moved.amount_dong)})
    return redirect(page_before(request))


@require_POST
@does("funds.cancel_transfer")
def withdraw(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Withdraw a request, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    cancel_transfer(transfer_id=transfer_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã hủy đề nghị cấp tiền."))
    return redirect(page_before(request))


@shows("funds.see_money")
def budget(request: HttpRequest, place_code: str, year: int) -> HttpResponse:
    """The budgets of a place's deciding body for a year: assigned, reserved, used, available, and what made them."""
    by = acting(request)
    first, last = Month.of(year, 1), Month.of(year, 12)
    place = find_place(place_code, last.first_day) or get_place(place_code, first.first_day)
    by.must_reach(place.path[::-1])
    holder = holder_of(place_code, last.first_day)
    form = BudgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assigned = assign_budget(place_code=holder, year=year, by=by, at=timezone.now(), **form.cleaned_data)
        said = _("Đã ghi quyết định giao dự toán. Còn được dùng: %(available)s.")
        messages.success(request, said % {"available": dong(assigned.available_dong)})
        return redirect("web:budget", place_code, year)
    runs = [
        (run, reserved)
        for run in list_runs(by=by, place_code=holder)
        if run.state == "APPROVED" and first <= run.month <= last
        if (reserved := total(reserved_for(f"run:{run.pk}").values()))
    ]
    decisions = list_budget_decisions(by=by, place_code=holder, year=year)
    context = {
        "place": (find_place(holder, last.first_day) or get_place(holder, first.first_day)).full_name,
        "place_code": place_code,
        "year": year,
        "budgets": [
            status for status in list_budgets(by=by, year=year, place_code=holder) if status.place_code == holder
        ],
        "decisions": decisions,
        "people": names_of(decision.recorded_by for decision in decisions),
        "runs": runs,
        "form": form,
        "why_not": why_not("funds.assign_budget", by),
    }
    return render(request, "web/money/budget.html", context, status=422 if form.is_bound else 200)
