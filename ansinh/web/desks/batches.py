"""Batches: what was handed to whom, what is in one, releasing it, handing its list over, giving it up."""

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
from ansinh.payout.actions import cancel_batch, hand_over_batch, release_batch
from ansinh.payout.queries import Batch, allowed_batch_steps, batch_totals, get_batch, page_of_batches
from ansinh.payout.types import ORDER_STATE_NAMES, OrderFilter
from ansinh.payroll.queries import get_run
from ansinh.places.queries import know_places
from ansinh.reports.actions import export_payer_list
from ansinh.web.acts import Act, why_not
from ansinh.web.desks.choosing import wanted_month
from ansinh.web.desks.orders import found_orders, order_filter
from ansinh.web.downloads import file_answer
from ansinh.web.money import done_steps
from ansinh.web.money_forms import WhyForm
from ansinh.web.naming import names_within, payer_names, place_name
from ansinh.web.paging import Part, page_of
from ansinh.web.queries import money_of, names_of
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import count, dong
from ansinh.web.types import NOTHING

_BATCHES_A_PAGE = 25
_FORMS: dict[str, Literal["xlsx", "csv"]] = {"xlsx": "xlsx", "csv": "csv"}


@require_GET
@shows("payout.see_orders")
def batches(request: HttpRequest) -> HttpResponse:
    """Batches of the actor's places, newest month first; of one month when `?month=` asks for it."""
    by = acting(request)
    month = wanted_month(request)
    waiting = 0

    def fetch(limit: int, offset: int) -> Part[Batch]:
        nonlocal waiting
        part = page_of_batches(by=by, month=month, limit=limit, offset=offset)
        waiting = part.waiting
        return part.batches, part.found, NOTHING

    _found, page = page_of(fetch, asked=request.GET.get("page"), rows_a_page=_BATCHES_A_PAGE)
    payers = payer_names()
    know_places(batch.place_code for batch in page)
    rows = [(batch, place_name(batch.place_code, batch.month.first_day), payers.get(batch.payer)) for batch in page]
    context = {"page": page, "rows": rows, "month": month, "waiting": waiting}
    return render(request, "web/batches/batches.html", context)


@require_GET
@shows("payout.see_orders")
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch: what it declares, whose hands it went through, and its orders."""
    by = acting(request)
    one = get_batch(batch_id, by=by)
    wanted = order_filter(request, OrderFilter(batch_id=batch_id))
    names = names_within(one.place_code, one.month.first_day)
    context = {
        "batch": one,
        **found_orders(request, wanted, by),
        "wanted": wanted,
        "states": ORDER_STATE_NAMES,
        "names": names,
        "here": reverse("web:batch", args=[batch_id]),
    }
    if request.htmx and request.htmx.target == "found":  # type: ignore[attr-defined]  # set by django-htmx
        return render(request, "web/orders/found.html", context)
    context |= {
        "place": place_name(one.place_code, one.month.first_day),
        "payer": payer_names().get(one.payer, one.payer),
        "people": _people(one),
        "totals": _totals(one, by),
        "communes": sorted(names.items()) if len(one.place_code) < 5 else [],
        "acts": acts_of(one, by, is_paid_for=_is_paid_for(one, by)),
        "list_forms": _list_forms(one, by),
        "no_list": why_not("reports.export_payer_list", by),
    }
    return render(request, "web/batches/batch.html", context)


def _people(one: Batch) -> list[tuple[str, str, object]]:
    """Who did which step and when; people of the list come with the run's own times."""
    names = names_of((one.prepared_by, one.approved_by, one.issued_by, one.released_by, one.handed_over_by))
    rows = (
        (_("Trình danh sách"), one.prepared_by, None),
        (_("Phê duyệt danh sách"), one.approved_by, None),
        (_("Lập lệnh chi"), one.issued_by, one.issued_at),
        (_("Xuất chi"), one.released_by, one.released_at),
        (_("Nhận bàn giao"), one.handed_over_by, one.handed_over_at),
        (_("Hủy đợt chi"), one.cancelled_by, one.cancelled_at),
    )
    return [(title, names.get(user_id or 0, ""), at) for title, user_id, at in rows if user_id]


def _totals(one: Batch, by: Actor) -> list[tuple[str, int, object]]:
    """How many of the batch's orders stand in each state, and how much money."""
    found = {total.state: total for total in batch_totals(one.pk, by=by)}
    return [(state, found[state].count, found[state].amount_dong) for state in ORDER_STATE_NAMES if state in found]


def acts_of(one: Batch, by: Actor, *, is_paid_for: bool) -> tuple[Act, ...]:
    """What may be done with the batch now, by this person; why not, for the step that leads on."""
    offers = {offer.action: offer for offer in allowed_batch_steps(one, by=by)}
    acts = []
    if one.state == "ISSUED":
        facts = {"count": count(one.declared_count), "total": dong(one.declared_dong)}
        acts.append(
            Act(
                key=f"release-{one.pk}",
                title=_("Xuất chi"),
                address=reverse("web:release_batch", args=[one.pk]),
                why_not=why_not("payout.release_batch", by, [(not is_paid_for, _("Tiền của đợt này chưa chuyển đủ."))])
                or offers["release_batch"].why_not,
                busy=_("Đang đối chiếu từng lệnh với số đã khai và xuất chi."),
                confirm=_("Xuất chi %(count)s lệnh, tổng %(total)s, đúng như đợt đã khai.") % facts,
                hint=_("Sau khi xuất chi, đợt không hủy được nữa; tổ chức chi trả bắt đầu trả tiền."),
            )
        )
        if offers["cancel_batch"].allowed:
            acts.append(
                Act(
                    key=f"cancel-{one.pk}",
                    title=_("Hủy đợt chi"),
                    address=reverse("web:cancel_batch", args=[one.pk]),
                    hint=_("Các lệnh của đợt này vào đợt lập sau; không lệnh nào mất, không lệnh nào trả hai lần."),
                    form=WhyForm(auto_id=f"cancel-{one.pk}-%s"),
                    look="danger",
                )
            )
    return tuple(acts)


def _is_paid_for(one: Batch, by: Actor) -> bool:
    """Whether the money of its run has been sent; asked only while that matters."""
    if one.state != "ISSUED":
        return True
    return done_steps(money_of(get_run(one.run_id, by=by), listed_dong=NOTHING))["transfer"]


def _list_forms(one: Batch, by: Actor) -> list[tuple[str, str]]:
    """The files the payer's list comes in, with what pressing for one is called."""
    if one.state != "RELEASED" or not by.may("reports.export_payer_list"):
        return []
    takes_over = by.may("payout.hand_over_batch") and one.handed_over_at is None
    said = _("Nhận bàn giao, tải %(form)s") if takes_over else _("Tải %(form)s")
    return [("xlsx", said % {"form": "Excel"}), ("csv", said % {"form": "CSV"})]


@require_POST
@does("payout.release_batch")
def release(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Release the batch; it says what it is, and the money must be there."""
    moved = release_batch(batch_id=batch_id, by=acting(request), at=timezone.now())
    said = _("Đã xuất chi %(count)s lệnh, %(total)s. Tổ chức chi trả có thể tải danh sách.")
    facts = {"count": count(moved.declared_count), "total": dong(moved.declared_dong)}
    messages.success(request, said % facts)
    return redirect("web:batch", batch_id)


@require_POST
@does("payout.cancel_batch")
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Give up a batch that was not released, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    cancel_batch(batch_id=batch_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã hủy đợt chi. Các lệnh của đợt này vào đợt lập sau."))
    return redirect("web:batch", batch_id)


@require_POST
@does("reports.export_payer_list")
def payer_list(request: HttpRequest, batch_id: int, form: str) -> HttpResponse:
    """The payer's list as a file. Taken for the payer it hands the batch over; the same list again is the same act."""
    if form not in _FORMS:
        raise Http404
    by, at = acting(request), timezone.now()
    made = export_payer_list(batch_id=batch_id, form=_FORMS[form], by=by, at=at)
    if by.may("payout.hand_over_batch"):
        hand_over_batch(batch_id=batch_id, file_digest=made.content_digest, by=by, at=at)
    return file_answer(made.content, name=made.file_name)
