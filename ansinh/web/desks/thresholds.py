"""Above which sums lists need two approvals: the list of them, proposing one, approving it, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import approve_threshold, propose_threshold, withdraw_threshold
from ansinh.payroll.queries import Threshold, list_thresholds
from ansinh.web.acts import Act, why_not
from ansinh.web.desks.choosing import choice_of_places
from ansinh.web.middleware import status_of
from ansinh.web.money_forms import WhyForm
from ansinh.web.naming import place_name
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows
from ansinh.web.threshold_forms import ThresholdForm


@shows("payroll.see_levels")
def thresholds(request: HttpRequest) -> HttpResponse:
    """Those of one's places and of the places above, and a form to propose one; refused, it keeps what was typed."""
    by = acting(request)
    form = ThresholdForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            return _proposed(request, form, by)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
    found = list_thresholds(by=by)
    context = {
        "form": form,
        "rows": [(one, place_name(one.place_code, one.starts.first_day), _acts(one, by)) for one in found],
        "names": names_of(user for one in found for user in (one.proposed_by, one.approved_by, one.withdrawn_by)),
        "may_propose": by.may("payroll.propose_threshold"),
        **choice_of_places(request, by=by),
    }
    return render(request, "web/levels/thresholds.html", context, status=status)


@require_POST
@does("payroll.approve_threshold")
def approve(request: HttpRequest, threshold_id: int) -> HttpResponse:
    """Put in force by another person than the one who proposed it."""
    moved = approve_threshold(threshold_id=threshold_id, by=acting(request), at=timezone.now())
    said = _("Đã duyệt ngưỡng. Danh sách từ tháng %(month)s chưa phê duyệt tính theo ngưỡng này.")
    messages.success(request, said % {"month": moved.starts.vi})
    return redirect("web:thresholds")


@require_POST
@does("payroll.withdraw_threshold")
def withdraw(request: HttpRequest, threshold_id: int) -> HttpResponse:
    """Taken back before it was approved, with a reason."""
    reason = request.POST.get("reason", "")[:500]
    withdraw_threshold(threshold_id=threshold_id, reason=reason, by=acting(request), at=timezone.now())
    messages.success(request, _("Đã rút ngưỡng."))
    return redirect("web:thresholds")


def _proposed(request: HttpRequest, form: ThresholdForm, by: Actor) -> HttpResponse:
    given = form.cleaned_data
    propose_threshold(
        place_code=given["place"],
        fund=given["fund"],
        amount_dong=given["amount"],
        starts=given["month"],
        decision_no=given["decision_no"],
        decided_on=given["decided_on"],
        countersigner=given["countersigner"],
        by=by,
        at=timezone.now(),
    )
    messages.success(request, _("Đã ghi ngưỡng. Ngưỡng chờ một người khác duyệt."))
    return redirect("web:thresholds")


def _acts(one: Threshold, by: Actor) -> tuple[Act, ...]:
    if one.state != "PROPOSED":
        return ()
    own = (one.proposed_by == by.user_id, _("Người đề nghị không tự duyệt được; cần một người khác."))
    approve_it = Act(
        key=f"approve-{one.pk}",
        title=_("Duyệt ngưỡng"),
        address=reverse("web:approve_threshold", args=[one.pk]),
        why_not=why_not("payroll.approve_threshold", by, [own]),
        confirm=_("Danh sách từ tháng %(month)s chưa phê duyệt sẽ tính theo ngưỡng này.") % {"month": one.starts.vi},
    )
    take_back = Act(
        key=f"withdraw-{one.pk}",
        title=_("Rút ngưỡng"),
        address=reverse("web:withdraw_threshold", args=[one.pk]),
        why_not=why_not("payroll.withdraw_threshold", by),
        form=WhyForm(auto_id=f"withdraw-{one.pk}-%s"),
        look="danger",
    )
    return approve_it, take_back
