"""How people sign in, for their administrator: papers, lost second factors, stolen sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.actions import end_sessions, issue_sign_in_paper, remove_second_factor
from ansinh.access.queries import list_staff_sign_ins
from ansinh.reports.queries import render_sign_in_paper
from ansinh.web.account_forms import StaffReasonForm
from ansinh.web.downloads import file_answer
from ansinh.web.seeing import acting, does, shows, signed_in


@never_cache
@require_GET
@shows("access.see_staff")
def staff_security(request: HttpRequest) -> HttpResponse:
    """Who signs in how, whom one administers."""
    shown = {
        "people": list_staff_sign_ins(by=acting(request), at=timezone.now()),
        "form": StaffReasonForm(),
        "own": request.user.get_username(),
    }
    return render(request, "web/security/staff.html", shown)


@never_cache
@require_POST
@does("access.issue_sign_in_paper")
def issue_paper(request: HttpRequest, username: str) -> HttpResponse:
    """The paper itself, as PDF: its code is shown this once."""
    now = timezone.now()
    issued = issue_sign_in_paper(username=username, by=signed_in(request), at=now)
    address = request.build_absolute_uri(reverse("web:sign_in_by_paper"))
    made = render_sign_in_paper(issued, address=address, at=now)
    return file_answer(made.content, name=made.file_name, attached=True)


@require_POST
@does("access.remove_second_factor")
def remove_factor(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody lost phone and recovery codes."""
    form = StaffReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    remove_second_factor(username=username, reason=reason, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã gỡ bước hai. Người này cần bật bước hai mới trước khi phê duyệt, chuyển tiền."))
    return redirect("web:staff_security")


@require_POST
@does("access.end_sessions")
def end_theirs(request: HttpRequest, username: str) -> HttpResponse:
    """A session was stolen or left open."""
    form = StaffReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    done = end_sessions(username=username, reason=reason, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã kết thúc %(count)s phiên của người này.") % {"count": done.ended})
    return redirect("web:staff_security")
