"""Orders: finding them, and everything about one: what it is made of, what became of it, giving it up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payout.actions import cancel_order, reissue_order
from ansinh.payout.queries import Order, find_order_by_code, get_order, list_holds, list_orders, order_history
from ansinh.payout.types import ORDER_STATE_NAMES, OrderEvent, OrderFilter, ShownHold, ShownOrder
from ansinh.payroll.queries import list_person_lines
from ansinh.registry.queries import get_person
from ansinh.web.acts import Act, why_not
from ansinh.web.desks.choosing import wanted_month
from ansinh.web.desks.holds import hold_act, lift_act
from ansinh.web.money_forms import ItemFilterForm, WhyForm
from ansinh.web.naming import payer_name, place_name, place_names_then
from ansinh.web.paging import Part, page_of
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import dong, said

_ROWS_A_PAGE = 50
# So many of the newest orders are looked through where nothing narrows them.
_MOST = 2_000


def order_filter(request: HttpRequest, within: OrderFilter) -> OrderFilter:
    """The filter an address asks for, inside what the page is about."""
    form = ItemFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    asked = form.cleaned_data
    state = asked.get("state", "")
    return replace(
        within,
        text=asked.get("name", ""),
        state=state if state in ORDER_STATE_NAMES else "",
        commune=asked.get("commune", ""),
    )


def found_orders(request: HttpRequest, wanted: OrderFilter, by: Actor) -> dict[str, Any]:
    """The orders of a filter: their sum, the page that is asked for, whether the filter says too little to see all."""
    is_cut = False

    def fetch(limit: int, offset: int) -> Part[ShownOrder]:
        nonlocal is_cut
        page = list_orders(by=by, wanted=wanted, limit=limit, offset=offset, most=_MOST)
        is_cut = page.is_cut
        return page.orders, page.found, page.found_dong

    found, page = page_of(fetch, asked=request.GET.get("page"), rows_a_page=_ROWS_A_PAGE)
    return {"found": found, "page": page, "is_cut": is_cut and len(found) > 0}


@require_GET
@shows("payout.see_orders")
def orders(request: HttpRequest) -> HttpResponse:
    """Orders of a run, a month or a payer, by name, code and state."""
    by = acting(request)
    run_id = request.GET.get("run", "")
    within = OrderFilter(
        run_id=int(run_id) if run_id.isdigit() else 0,
        month=wanted_month(request),
        payer=request.GET.get("payer", "")[:20],
    )
    wanted = order_filter(request, within)
    found = found_orders(request, wanted, by)
    this_month = Month.containing(timezone.localdate())
    context = {
        **found,
        "wanted": wanted,
        "states": ORDER_STATE_NAMES,
        "names": place_names_then((one.commune_code, one.month) for one in found["page"]),
        "here": reverse("web:orders"),
        "run_id": within.run_id,
        "commune_name": place_name(wanted.commune, (wanted.month or this_month).first_day) if wanted.commune else "",
    }
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/orders/found.html", context)
    return render(request, "web/orders/orders.html", context)


@require_GET
@shows("payout.see_orders")
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The order of a printed code."""
    one = find_order_by_code(code, by=acting(request))
    if one is None:
        raise Http404
    return redirect("web:order", one.pk)


@require_GET
@shows("payout.see_orders")
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order: whose, how much and why, every presentation and what came of it."""
    by = acting(request)
    one = get_order(order_id, by=by)
    card = get_person(one.person_id, by=by)
    events = order_history(order_id, by=by)
    lines = [line for line in list_person_lines(one.person_id, by=by) if line.run_id == one.run_id]
    context = {
        "order": one,
        "card": card,
        "place": place_name(one.commune_code, one.month.first_day),
        "payer": payer_name(one.payer),
        "lines": lines,
        "events": [(event, _told(event)) for event in events],
        "people": names_of(event.by for event in events),
        "holds": [(held, lift_act(held, by)) for held in _holds_on(one, by)],
        "acts": _acts(one, by),
    }
    return render(request, "web/orders/order.html", context)


def _holds_on(one: Order, by: Actor) -> list[ShownHold]:
    """Holds that keep the order back: its own, and those of its person."""
    return [held for held in list_holds(by=by, person_id=one.person_id) if held.order_id in (None, one.pk)]


def _told(event: OrderEvent) -> str:
    """Who received, on what proof, under which reference; empty where nothing of it is known."""
    facts = event.facts
    parts = []
    if facts.get("receiver_name"):
        relation = f" ({facts['relation']})" if facts.get("relation") else ""
        parts.append(_("người nhận %(name)s") % {"name": facts["receiver_name"]} + relation)
    if facts.get("authorised_until"):
        parts.append(_("ủy quyền đến %(day)s") % {"day": f"{facts['authorised_until']:%d/%m/%Y}"})
    if facts.get("proof"):
        parts.append(said(facts["proof"], "proof").lower())
    if facts.get("reference"):
        parts.append(_("số tham chiếu %(reference)s") % {"reference": facts["reference"]})
    if facts.get("is_carried"):
        parts.append(_("trình lại khoản chưa lĩnh"))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _acts(one: Order, by: Actor) -> tuple[Act, ...]:
    if one.state == "CANCELLED":
        return _reissue_acts(one, by)
    if one.state == "PAID":
        return ()
    act = Act(
        key="cancel_order",
        title=_("Hủy lệnh chi"),
        address=reverse("web:cancel_order", args=[one.pk]),
        hint=_("Tiền của lệnh đã hủy còn ở tổ chức chi trả cho đến khi nộp trả."),
        why_not=why_not(
            "payout.cancel_order",
            by,
            [(one.state == "RELEASED", _("Lệnh đang ở tổ chức chi trả; chờ kết quả rồi mới hủy được."))],
        ),
        confirm=_("Hủy lệnh chi %(code)s, %(amount)s.") % {"code": one.code, "amount": dong(one.amount_dong)},
        form=WhyForm(auto_id="cancel-%s"),
        look="danger",
    )
    hold = hold_act(
        reverse("web:hold_order", args=[one.pk]),
        by,
        title=_("Tạm giữ lệnh chi"),
        hint=_("Lệnh chi bị giữ không vào đợt chi nào cho đến khi dỡ. Lệnh đã ở tổ chức chi trả thì hãy báo họ."),
    )
    return (hold, act)


def _reissue_acts(one: Order, by: Actor) -> tuple[Act, ...]:
    if not by.may("payout.reissue_order"):
        return ()
    act = Act(
        key="reissue_order",
        title=_("Lập lại lệnh chi"),
        address=reverse("web:reissue_order", args=[one.pk]),
        hint=_("Lệnh mới thay lệnh đã hủy và vào đợt chi lập sau; không ai được trả hai lần."),
        form=WhyForm(auto_id="reissue-%s"),
        look="plain",
    )
    return (act,)


@require_POST
@does("payout.cancel_order")
def cancel(request: HttpRequest, order_id: int) -> HttpResponse:
    """Give an order up, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    cancelled = cancel_order(order_id=order_id, reason=reason, by=acting(request), at=timezone.now())
    text = _("Đã hủy lệnh chi %(amount)s. Số tiền này được tính vào tháng %(month)s.")
    messages.success(request, text % {"amount": dong(cancelled.amount_dong), "month": cancelled.booked_month.vi})
    return redirect("web:order", order_id)


@require_POST
@does("payout.reissue_order")
def reissue(request: HttpRequest, order_id: int) -> HttpResponse:
    """Make a new order in place of a cancelled one."""
    reason = request.POST.get("reason", "")[:500]
    made = reissue_order(order_id=order_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã lập lệnh chi %(code)s thay lệnh đã hủy.") % {"code": made.code})
    return redirect("web:order", made.order_id)
