"""Money to be got back: the list of what people owe, and everything about one of them."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.kernel.money import total
from ansinh.payout.actions import decide_recovery, record_repayment, reopen_recovery, write_off_recovery
from ansinh.payout.queries import get_recovery, list_recoveries, recovery_history
from ansinh.payout.types import RECOVERY_STATE_NAMES, RecoveryFilter, ShownRecovery
from ansinh.payroll.queries import list_person_lines
from ansinh.web.acts import Act, why_not
from ansinh.web.money_forms import ItemFilterForm, WhyForm
from ansinh.web.naming import place_name
from ansinh.web.queries import names_of
from ansinh.web.recovery_forms import DecideForm, RepayForm, WriteOffForm
from ansinh.web.seeing import acting, does, shows
from ansinh.web.templatetags.office import dong

_ROWS_A_PAGE = 50
_OPEN = ("PROPOSED", "DECIDED")


@require_GET
@shows("payout.see_recoveries")
def recoveries(request: HttpRequest) -> HttpResponse:
    """What people owe back, open first, by name, commune and state."""
    by = acting(request)
    form = ItemFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    asked = form.cleaned_data
    state = asked.get("state", "")
    wanted = RecoveryFilter(
        place_code=asked.get("commune", ""),
        state=state if state in RECOVERY_STATE_NAMES else "",
        text=asked.get("name", ""),
    )
    found = list_recoveries(by=by, wanted=wanted)
    page = Paginator(found, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "states": RECOVERY_STATE_NAMES,
        "open_dong": total(one.open_dong for one in found),
        "names": {one.commune_code: place_name(one.commune_code, one.month.first_day) for one in page},
    }
    return render(request, "web/recoveries/recoveries.html", context)


@require_GET
@shows("payout.see_recoveries")
def recovery(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """One of them: whose, the lines it stems from, what was decided, what came back and how."""
    by = acting(request)
    return render(request, "web/recoveries/recovery.html", _context(get_recovery(recovery_id, by=by), by))


def _context(one: ShownRecovery, by: Actor) -> dict[str, object]:
    events = recovery_history(one.id, by=by)
    lines = [
        line for line in list_person_lines(one.person_id, by=by) if line.run_id == one.run_id and line.kind != "regular"
    ]
    return {
        "one": one,
        "place": place_name(one.commune_code, one.month.first_day),
        "lines": lines,
        "events": events,
        "people": names_of(event.by for event in events),
        "percent": None if one.share is None else f"{(one.share * 100).normalize():f}",
        "acts": _acts(one, by),
    }


def _acts(one: ShownRecovery, by: Actor) -> tuple[Act, ...]:
    decide = _act("decide_recovery", _("Quyết định thu hồi"), one, by, DecideForm(auto_id="decide-%s"))
    repay = _act("record_repayment", _("Ghi tiền nộp lại"), one, by, RepayForm(auto_id="repay-%s"), look="plain")
    off = _act(
        "write_off_recovery", _("Xóa khoản phải thu hồi"), one, by, WriteOffForm(auto_id="off-%s"), look="danger"
    )
    again = _act("reopen_recovery", _("Xem xét lại"), one, by, WhyForm(auto_id="reopen-%s"), look="plain")
    offered = (decide, repay, off) if one.state in _OPEN else ()
    return (*offered, again) if one.state in ("DECIDED", "WRITTEN_OFF") else offered


def _act(verb: str, title: str, one: ShownRecovery, by: Actor, form: forms.Form, *, look: str = "primary") -> Act:
    return Act(
        key=verb,
        title=title,
        address=reverse(f"web:{verb}", args=[one.id]),
        why_not=why_not(f"payout.{verb}", by),
        form=form,
        look=look,
    )


def _refused(request: HttpRequest, form: forms.Form, recovery_id: int) -> HttpResponse:
    messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect("web:recovery", recovery_id)


@require_POST
@does("payout.decide_recovery")
def decide(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """A signed decision on the way back."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, recovery_id)
    given = form.cleaned_data
    share = given.pop("share")
    decide_recovery(
        recovery_id=recovery_id, share=None if share is None else Decimal(share) / 100, by=acting(request),
        at=timezone.now(), **given,
    )  # fmt: skip
    messages.success(request, _("Đã ghi quyết định thu hồi."))
    return redirect("web:recovery", recovery_id)


@require_POST
@does("payout.record_repayment")
def repay(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """A voucher of cash paid back."""
    form = RepayForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, recovery_id)
    done = record_repayment(recovery_id=recovery_id, by=acting(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Đã ghi nộp lại. Còn phải thu: %(left)s.") % {"left": dong(done.open_dong)})
    return redirect("web:recovery", recovery_id)


@require_POST
@does("payout.write_off_recovery")
def write_off(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Given up by decision."""
    form = WriteOffForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, recovery_id)
    done = write_off_recovery(recovery_id=recovery_id, by=acting(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Đã xóa %(amount)s.") % {"amount": dong(done.amount_dong)})
    return redirect("web:recovery", recovery_id)


@require_POST
@does("payout.reopen_recovery")
def reopen(request: HttpRequest, recovery_id: int) -> HttpResponse:
    """Opened again, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    reopen_recovery(recovery_id=recovery_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã đưa về đề nghị thu hồi; ngừng khấu trừ cho đến quyết định mới."))
    return redirect("web:recovery", recovery_id)
