"""Who did not come for their money month after month: the list, the decision to suspend, the reason not to."""

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
from ansinh.kernel.month import Month
from ansinh.payout.actions import keep_uncollected, suspend_uncollected
from ansinh.payout.queries import list_not_received
from ansinh.payout.types import NotReceived
from ansinh.web.acts import Act, why_not
from ansinh.web.hold_forms import SuspendForm
from ansinh.web.money_forms import ItemFilterForm, WhyForm
from ansinh.web.naming import place_name
from ansinh.web.seeing import acting, does, shows

_ROWS_A_PAGE = 50


@require_GET
@shows("payout.see_uncollected")
def uncollected(request: HttpRequest) -> HttpResponse:
    """Whoever did not receive two months in a row or more, those to be suspended first."""
    by = acting(request)
    form = ItemFilterForm(request.GET)
    form.is_valid()  # what is not understood is left out of cleaned_data and asks for everything
    month = Month.containing(timezone.localdate())
    found = list_not_received(by=by, month=month, place_code=form.cleaned_data.get("commune", ""))
    page = Paginator(found, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "proposed": sum(one.suspends for one in found),
        "rows": [(one, place_name(one.commune_code, one.known_on), _acts(one, by, month)) for one in page],
    }
    return render(request, "web/uncollected/uncollected.html", context)


def _acts(one: NotReceived, by: Actor, month: Month) -> tuple[Act, ...]:
    keep = Act(
        key=f"keep-{one.person_id}",
        title=_("Chưa tạm dừng"),
        address=reverse("web:keep_uncollected", args=[one.person_id]),
        hint=_("Các tháng này không tính nữa; đếm lại từ đầu."),
        why_not=why_not("payout.keep_uncollected", by),
        form=WhyForm(auto_id=f"keep-{one.person_id}-%s"),
        look="plain",
    )
    if not one.suspends:
        return (keep,)
    suspend = Act(
        key=f"suspend-{one.person_id}",
        title=_("Ghi quyết định tạm dừng"),
        address=reverse("web:suspend_uncollected", args=[one.person_id]),
        hint=_("Mọi trợ cấp hằng tháng của người này; tiền đã lên danh sách vẫn chờ người này đến nhận."),
        why_not=why_not("payout.suspend_uncollected", by),
        form=SuspendForm(auto_id=f"suspend-{one.person_id}-%s", initial={"from_month": month + 1}),
    )
    return (suspend, keep)


@require_POST
@does("payout.suspend_uncollected")
def suspend(request: HttpRequest, person_id: int) -> HttpResponse:
    """A signed decision to suspend."""
    form = SuspendForm(request.POST)
    if not form.is_valid() or form.cleaned_data["from_month"] is None:
        messages.error(request, str(next(iter(form.errors.values()), [_("Hãy ghi tháng, số và ngày quyết định.")])[0]))
        return redirect("web:uncollected")
    done = suspend_uncollected(person_id=person_id, by=acting(request), at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Đã ghi tạm dừng %(number)s quyết định hưởng.") % {"number": len(done.grants)})
    return redirect("web:uncollected")


@require_POST
@does("payout.keep_uncollected")
def keep(request: HttpRequest, person_id: int) -> HttpResponse:
    """Not suspended, for a reason."""
    reason = request.POST.get("reason", "")[:500]
    keep_uncollected(person_id=person_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã ghi lý do chưa tạm dừng."))
    return redirect("web:uncollected")
