"""Money kept back: the list of what is held, placing a hold on a person or an order, lifting it."""

from __future__ import annotations

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
from ansinh.payout.actions import hold_order
from ansinh.payout.queries import list_holds
from ansinh.payout.types import ShownHold
from ansinh.registry.actions import lift_hold, place_hold
from ansinh.web.acts import Act, why_not
from ansinh.web.hold_forms import HoldForm
from ansinh.web.money_forms import ItemFilterForm, WhyForm
from ansinh.web.naming import place_name
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows

_ROWS_A_PAGE = 50


@require_GET
@shows("registry.see_people")
def holds(request: HttpRequest) -> HttpResponse:
    """Whose money is kept back, how much, why, since when; with those lifted when asked."""
    by = acting(request)
    form = ItemFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    commune, everything = form.cleaned_data.get("commune", ""), request.GET.get("all") == "1"
    found = list_holds(by=by, place_code=commune, everything=everything)
    page = Paginator(found, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "commune": commune,
        "everything": everything,
        "held_dong": total(one.held_dong for one in found),
        "rows": [(one, place_name(one.commune_code, one.known_on), lift_act(one, by)) for one in page],
        "people": names_of({one.recorded_by for one in page} | {one.lifted_by for one in page if one.lifted_by}),
    }
    return render(request, "web/holds/holds.html", context)


def lift_act(one: ShownHold, by: Actor) -> tuple[Act, ...]:
    """The button that lifts a hold; none where it was lifted."""
    if one.lifted_at:
        return ()
    act = Act(
        key=f"lift-{one.hold_id}",
        title=_("Dỡ tạm giữ"),
        address=reverse("web:lift_hold", args=[one.hold_id]),
        hint=_("Tiền vào đợt chi của tháng sau, hoặc lập lệnh chi lại để chi ngay."),
        why_not=why_not("registry.lift_hold", by),
        form=WhyForm(auto_id=f"lift-{one.hold_id}-%s"),
        look="plain",
    )
    return (act,)


def hold_act(address: str, by: Actor, *, title: str, hint: str) -> Act:
    """The button that keeps money back."""
    return Act(
        key="hold",
        title=title,
        address=address,
        hint=hint,
        why_not=why_not("registry.place_hold", by),
        form=HoldForm(auto_id="hold-%s", initial={"since_on": timezone.localdate()}),
        look="plain",
    )


@require_POST
@does("registry.place_hold")
def hold_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Whatever the person is to be paid is kept back from now."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("web:person", person_id)
    place_hold(person_id=person_id, by=acting(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Đã tạm giữ. Từ nay không khoản nào của người này được xuất chi cho đến khi dỡ."))
    return redirect("web:person", person_id)


@require_POST
@does("payout.hold_order")
def hold_one_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """One order is kept back."""
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("web:order", order_id)
    hold_order(order_id=order_id, by=acting(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Đã tạm giữ lệnh chi này."))
    return redirect("web:order", order_id)


@require_POST
@does("registry.lift_hold")
def lift(request: HttpRequest, hold_id: int) -> HttpResponse:
    """The money goes on its way again."""
    lift_hold(hold_id=hold_id, why=request.POST.get("reason", "")[:500], by=acting(request), at=timezone.now())
    messages.success(request, _("Đã dỡ tạm giữ. Tiền vào đợt chi của tháng sau, hoặc lập lệnh chi lại để chi ngay."))
    return redirect("web:holds")
