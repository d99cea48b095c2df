"""People who work with the system and what they are appointed to: adding, appointing, standing in, ending, retiring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.actions import add_user, appoint, appoint_deputy, borrow_approver, end_appointment, retire_user
from ansinh.access.queries import IN_FORCE, OVER, ShownAppointment, StaffMember, get_staff, list_staff
from ansinh.access.types import SYSTEM_ID, Actor, Role, SecondFactorNeeded, SignInAgainNeeded
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import find_last_place, search_places
from ansinh.web.acts import Act, why_not
from ansinh.web.middleware import page_before, status_of
from ansinh.web.money_forms import WhyForm
from ansinh.web.naming import payer_names, place_line
from ansinh.web.queries import names_of
from ansinh.web.seeing import acting, does, shows
from ansinh.web.staff_forms import AppointForm, BorrowForm, DeputyForm, EndForm, NewStaffForm

_MOST_FOUND = 20


@require_GET
@shows("access.see_staff")
def staff(request: HttpRequest) -> HttpResponse:
    """Who works with the system in the visitor's places, with what they may do today."""
    by, today = acting(request), timezone.localdate()
    everybody = request.GET.get("all") == "1"
    found = list_staff(by=by, on=today, everybody=everybody)
    context = {
        "rows": [(one, [(held, _place(held.area)) for held in one.in_force]) for one in found],
        "everybody": everybody,
        "may_add": by.may("access.add_user"),
    }
    return render(request, "web/staff/staff.html", context)


@shows("access.see_staff")
def new(request: HttpRequest) -> HttpResponse:
    """Somebody new with their first work. What is refused keeps what was typed."""
    by = acting(request)
    form = NewStaffForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            added = add_user(
                username=given["username"], full_name=given["full_name"], role=Role(given["role"]),
                area=given["place"], payer_code=given["payer"], by=by, at=timezone.now(),
            )  # fmt: skip
        except (SecondFactorNeeded, SignInAgainNeeded):
            raise  # answered with the way to prove it, as everywhere
        except Refusal as refusal:
            messages.error(request, refusal.message)
            status = status_of(refusal)
        else:
            messages.success(request, _("Đã thêm người dùng. Người ấy đăng nhập được khi có giấy đăng nhập."))
            return redirect("web:staff_member", added.username)
    context = {"form": form, "may_add": by.may("access.add_user"), **_found_places(request)}
    return render(request, "web/staff/new.html", context, status=status)


@require_GET
@shows("access.see_staff")
def member(request: HttpRequest, username: str) -> HttpResponse:
    """One person: every appointment, now and before, and what may be done about it."""
    by, today = acting(request), timezone.localdate()
    one = get_staff(username, by=by, on=today)
    others = [(other.username, other.full_name) for other in list_staff(by=by, on=today) if other != one]
    payers = payer_names()
    context = {
        "one": one,
        "rows": [
            (held, _place(held.area), payers.get(held.payer_code, held.payer_code), _acts_of(held, by, others))
            for held in one.appointments
        ],
        "people": {SYSTEM_ID: _("Hệ thống"), **names_of(held.appointed_by for held in one.appointments)},
        "acts": _acts_about(one, by) if one.is_active else (),
        **_found_places(request),
    }
    return render(request, "web/staff/member.html", context)


@require_POST
@does("access.appoint")
def appoint_one(request: HttpRequest, username: str) -> HttpResponse:
    """Give somebody one more work."""
    form = AppointForm(request.POST)
    if not form.is_valid():
        return _unread(request, form)
    given = form.cleaned_data
    appoint(
        username=username, role=Role(given["role"]), area=given["place"], payer_code=given["payer"],
        starts_on=given["starts_on"], ends_on=given["ends_on"], reason=given["reason"], by=acting(request),
        at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã giao việc."))
    return redirect("web:staff_member", username)


@require_POST
@does("access.borrow_approver")
def borrow(request: HttpRequest, username: str) -> HttpResponse:
    """Borrow this person to approve for a commune too small for two."""
    form = BorrowForm(request.POST)
    if not form.is_valid():
        return _unread(request, form)
    given = form.cleaned_data
    borrow_approver(
        username=username, area=given["place"], paper_number=given["paper_number"], reason=given["reason"],
        starts_on=given["starts_on"], ends_on=given["ends_on"], by=acting(request), at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã ghi việc mượn người phê duyệt."))
    return redirect("web:staff_member", username)


@require_POST
@does("access.retire_user")
def retire(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody left for good."""
    reason = request.POST.get("reason", "")[:500]
    done = retire_user(username=username, reason=reason, by=acting(request), at=timezone.now())
    said = _("Đã cho nghỉ: thôi %(appointments)s việc, đóng %(sessions)s phiên đăng nhập.")
    messages.success(request, said % {"appointments": done.appointments_ended, "sessions": done.sessions_ended})
    return redirect("web:staff")


@require_POST
@does("access.appoint_deputy")
def cut_in(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """Somebody stands in for this appointment for told days."""
    by = acting(request)
    people = [(one.username, one.full_name) for one in list_staff(by=by, on=timezone.localdate())]
    form = DeputyForm(request.POST, people=people)
    if not form.is_valid():
        return _unread(request, form)
    given = form.cleaned_data
    made = appoint_deputy(
        username=given["username"], appointment_id=appointment_id, starts_on=given["starts_on"],
        ends_on=given["ends_on"], reason=given["reason"], by=by, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã cử người thay."))
    return redirect("web:staff_member", made.username)


@require_POST
@does("access.end_appointment")
def end(request: HttpRequest, appointment_id: int) -> HttpResponse:
    """This appointment has a last day."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _unread(request, form)
    given = form.cleaned_data
    end_appointment(
        appointment_id=appointment_id, last_day=given["last_day"], reason=given["reason"], by=acting(request),
        at=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("Đã cho thôi việc được giao; người làm thay việc ấy cũng thôi."))
    return redirect(page_before(request))


def _acts_about(one: StaffMember, by: Actor) -> tuple[Act, ...]:
    if not by.may("access.appoint"):
        return ()
    own = (one.user_id == by.user_id, _("Không ai tự giao việc cho chính mình."))
    lends = (not _lends(one), _("Chỉ mượn người phê duyệt của cấp trên."))
    key = str(one.user_id)
    return (
        Act(
            key=f"appoint-{key}", title=_("Giao việc"), address=reverse("web:appoint", args=[one.username]),
            form=AppointForm(auto_id="appoint-%s"), why_not=why_not("access.appoint", by, [own]),
        ),
        Act(
            key=f"borrow-{key}", title=_("Cho xã mượn để phê duyệt"), look="plain",
            address=reverse("web:borrow_approver", args=[one.username]), form=BorrowForm(auto_id="borrow-%s"),
            why_not=why_not("access.borrow_approver", by, [own, lends]),
        ),
        Act(
            key=f"retire-{key}", title=_("Cho nghỉ hẳn"), look="danger",
            address=reverse("web:retire_user", args=[one.username]), form=WhyForm(auto_id="retire-%s"),
            why_not=why_not("access.retire_user", by, [own]),
            confirm=_("Thôi mọi việc, đóng mọi phiên, không đăng nhập được nữa. Việc đã làm còn nguyên trong sổ."),
        ),
    )  # fmt: skip


def _lends(one: StaffMember) -> bool:
    return any(held.role in {Role.DISTRICT_APPROVER, Role.PROVINCE_APPROVER} for held in one.in_force)


def _acts_of(held: ShownAppointment, by: Actor, others: Sequence[tuple[str, str]]) -> tuple[Act, ...]:
    if held.standing == OVER or not by.may("access.end_appointment"):
        return ()
    key = str(held.appointment_id)
    deputy = Act(
        key=f"deputy-{key}", title=_("Cử người thay"), look="plain",
        address=reverse("web:appoint_deputy", args=[held.appointment_id]),
        form=DeputyForm(auto_id=f"deputy-{key}-%s", people=others), why_not=why_not("access.appoint_deputy", by),
    )  # fmt: skip
    ending = Act(
        key=f"end-{key}", title=_("Cho thôi"), look="danger",
        address=reverse("web:end_appointment", args=[held.appointment_id]),
        form=EndForm(auto_id=f"end-{key}-%s"), why_not=why_not("access.end_appointment", by),
    )  # fmt: skip
    return (ending,) if held.kind == "deputy" or held.standing != IN_FORCE else (deputy, ending)


def _unread(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """Back to the page with the first thing that could not be read."""
    for field, faults in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        messages.error(request, f"{label}: {faults[0]}" if label else str(faults[0]))
    return redirect(page_before(request))


def _place(area: str) -> str:
    if not area:
        return _("Cả nước")
    found = find_last_place(area, timezone.localdate())
    return area if found is None else f"{found.full_name} ({area})"


def _found_places(request: HttpRequest) -> dict[str, Any]:
    asked, today = (request.GET.get("q") or "").strip()[:100], timezone.localdate()
    found = search_places(asked, today, limit=_MOST_FOUND) if asked else ()
    return {"q": asked, "places": [(place.code, place_line(place.code, today)) for place in found]}
