"""One's own security: password, second factors, sessions; everybody's own page."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ansinh.web.asked_again import take_waiting
from ansinh.web.own_security import own_security_of
from ansinh.web.seeing import for_everybody
from ansinh.web.signing_in import count_second_factor


class TurnOnPhone(ActivateTOTPView):  # type: ignore[misc]  # allauth comes without types
    """Set up the code app; the code just typed counts as this session's second factor."""

    template_name = "web/security/phone.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """On with it: whoever came here to approve may do so now."""
        answer: HttpResponse = super().form_valid(form)
        phone = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        count_second_factor(self.request, phone)
        return answer


@never_cache
@require_GET
@for_everybody
def security(request: HttpRequest) -> HttpResponse:
    """The visitor's own means of signing in and open sessions."""
    return render(request, "web/security/security.html", {"own": own_security_of(request)})


@never_cache
@require_GET
@for_everybody
def waiting_act(request: HttpRequest) -> HttpResponse:
    """What was sent before the proof was asked, ready to be sent again by one press; the board where nothing waits."""
    act = take_waiting(request)
    if act is None:
        return redirect("/")
    return render(request, "web/security/waiting_act.html", {"act": act})


@require_POST
@for_everybody
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one other session of one's own; somebody else's is not there."""
    session = _others(request).filter(pk=session_id).first()
    if session is None:
        raise Http404
    session.end()
    messages.success(request, _("Đã kết thúc phiên đó."))
    return redirect("web:security")


@require_POST
@for_everybody
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this."""
    for session in _others(request):
        session.end()
    messages.success(request, _("Đã kết thúc mọi phiên khác của bạn."))
    return redirect("web:security")


def _others(request: HttpRequest):  # type: ignore[no-untyped-def]  # allauth comes without types
    return UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
