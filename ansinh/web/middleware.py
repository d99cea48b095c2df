"""What holds for every page: its language, its headers, and that a refusal is an answer, never a fault."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from ansinh.access.types import OtherPayer, OutOfArea, SecondFactorNeeded, SignInAgainNeeded
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import NotPermitted
from ansinh.web.asked_again import ask_again
from ansinh.web.types import Answering

# No script or style stands in a page; everything comes from this server. htmx needs no eval for what we use of it.
CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

# Of what a browser could lend a page, nothing is needed.
PERMISSIONS = ", ".join(
    f"{ability}=()"
    for ability in ("camera", "geolocation", "microphone", "payment", "usb", "serial", "hid", "display-capture")
)


class PageMiddleware:
    """Language by the visitor's own choice (Vietnamese until they choose), strict headers, refusals told kindly."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        # Whoever asks for the head alone is answered as for the page: the server sends no body.
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        with translation.override(known):
            response = self.get_response(request)
        request.method = asked
        response.headers.setdefault("Content-Language", known)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        # Pages name people: nothing of them stays in a shared computer's cache.
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refused change goes back to its page with the reason; a refused page becomes a page that says why."""
        if not isinstance(exception, Refusal):
            return None
        if isinstance(exception, (SecondFactorNeeded, SignInAgainNeeded)):
            return ask_again(request, exception, before=page_before(request))
        if request.method == "POST":
            messages.error(request, exception.message)
            return redirect(page_before(request))
        return render(request, "web/refused.html", {"refusal": exception}, status=status_of(exception))


def page_before(request: HttpRequest) -> str:
    """Where the visitor came from, if that is this site; else the board."""
    before = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if own and before.startswith(("http://", "https://")) else "/"


def status_of(refusal: Refusal) -> int:
    """403 for what this person may not do, 404 for what is not there, 409 for what cannot be done now."""
    if isinstance(refusal, (NotPermitted, OtherPayer, OutOfArea)):
        return 403
    return 404 if refusal.code.startswith(("no_such_", "unknown_")) else 409
