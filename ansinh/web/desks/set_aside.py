"""Rows of results that were set aside: all that wait, one with the orders it may belong to, settling it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.payout.queries import get_order, list_orders
from ansinh.payout.types import OrderFilter, ShownOrder
from ansinh.reconcile.actions import resolve_row
from ansinh.reconcile.queries import ResultsRow, get_row, list_open_rows, list_rows_set_aside
from ansinh.reconcile.types import AUTHORISED_UNTIL, LIST_COLUMNS
from ansinh.web.acts import why_not
from ansinh.web.money_forms import MatchForm, WhyForm
from ansinh.web.money_words import TABLES
from ansinh.web.naming import payer_names, place_names_then
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows

_ROWS_A_PAGE = 50
_MOST_SUGGESTED = 8
_CALLED = {column.field: column.heading for column in (*LIST_COLUMNS, AUTHORISED_UNTIL)}
_HOW = ("match_order", "dismiss")


@require_GET
@shows("reconcile.see_results")
def set_aside(request: HttpRequest) -> HttpResponse:
    """Every row of an applied file that nobody has settled yet."""
    by = acting(request)
    page = Paginator(list_open_rows(by=by), _ROWS_A_PAGE).get_page(request.GET.get("page"))
    called = TABLES["because"]
    rows = [(one, called.get(one.code, _("Ô chưa đọc được"))) for one in page]
    context = {"page": page, "rows": rows, "why_not": why_not("reconcile.resolve_row", by)}
    return render(request, "web/results/set_aside.html", context)


@require_GET
@shows("reconcile.see_results")
def row(request: HttpRequest, row_id: int) -> HttpResponse:
    """One row as the payer wrote it, why it was set aside, and orders it may belong to."""
    by = acting(request)
    one = get_row(row_id, by=by)
    asked = request.GET.get("q", "").strip()[:100] or str(one.written.get("name", ""))
    found = _suggestions(one, asked, by)
    chosen = MatchForm(initial={"order_code": one.order_code}, auto_id="match-%s")
    context = {
        "row": one,
        "file": one.file,
        "payer": payer_names().get(one.file.payer, one.file.payer),
        "cells": [(_(title), one.written[key]) for key, title in _CALLED.items() if one.written.get(key)],
        "may_match": any(shown.row_id == row_id and shown.may_match for shown in list_rows_set_aside(one.file)),
        "order": get_order(one.order_id, by=by) if one.order_id else None,
        "q": asked,
        "found": found,
        "names": place_names_then((order.commune_code, order.month) for order in found),
        "match": chosen,
        "dismiss": WhyForm(auto_id="dismiss-%s"),
        "resolver": names_of([one.resolved_by]).get(one.resolved_by or 0, ""),
        "is_open": one.verdict == "set_aside" and one.resolved_at is None and one.file.state == "APPLIED",
        "why_not": why_not("reconcile.resolve_row", by),
    }
    return render(request, "web/results/row.html", context)


def _suggestions(one: ResultsRow, asked: str, by: Actor) -> list[ShownOrder]:
    """Orders of the payer that fit what was typed (the row's own name at first); the same amount comes first."""
    if not asked:
        return []
    wanted = OrderFilter(payer=one.file.payer, month=one.file.month, text=asked)
    found = list_orders(by=by, wanted=wanted, limit=50).orders
    return sorted(found, key=lambda order: order.amount_dong != one.amount_dong)[:_MOST_SUGGESTED]


@require_POST
@does("reconcile.resolve_row")
def resolve(request: HttpRequest, row_id: int, how: str) -> HttpResponse:
    """Match the row with an order, or dismiss it; both with a reason."""
    if how not in _HOW:
        raise Http404
    by = acting(request)
    file_id = get_row(row_id, by=by).file_id
    code = request.POST.get("order_code", "").strip()[:40] if how == "match_order" else ""
    reason = request.POST.get("reason", "")[:500]
    resolve_row(row_id=row_id, how=how, reason=reason, order_code=code, by=by, at=timezone.now())
    said = _("Đã ghi kết quả của dòng này vào lệnh chi đã chọn.") if code else _("Đã bỏ qua dòng này, có lý do.")
    messages.success(request, said)
    return redirect("web:results_file", file_id)
