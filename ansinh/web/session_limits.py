"""How long a signed-in session lasts: half an hour of nothing done, or half a day in all, and it is over."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ansinh.web.assurance import from_this_machine

_BEGAN, _SEEN = "session_began_at", "session_seen_at"
# Written at most so often: a page should not cost a write.
_SEEN_EVERY_SECONDS = 60


class SessionLimitsMiddleware:
    """Ends a session that stood idle or lasted too long; the page then asks to sign in and comes back.

    The demonstration's people, whose password everybody knows, have none but at this very machine.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._keep(request)
        return self.get_response(request)

    def _keep(self, request: HttpRequest) -> None:
        now = int(time.time())
        began = request.session.setdefault(_BEGAN, now)
        seen = request.session.setdefault(_SEEN, now)
        if getattr(request.user, "is_demonstration", False) and not from_this_machine(request):
            logout(request)
        elif now - seen >= settings.SESSION_IDLE_SECONDS or now - began >= settings.SESSION_WHOLE_SECONDS:
            logout(request)
            messages.info(request, _("Phiên làm việc đã hết hạn. Hãy đăng nhập lại để làm tiếp."))
        elif now - seen >= _SEEN_EVERY_SECONDS:
            request.session[_SEEN] = now


def forget_clock(request: HttpRequest) -> None:
    """A new sign-in starts the session's clock anew."""
    request.session.pop(_BEGAN, None)
    request.session.pop(_SEEN, None)
