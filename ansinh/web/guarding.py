"""What is asked of every request before anything reads it, and what every answer bears, static files too."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ansinh.web.origins import address_of, is_proxy
from ansinh.web.types import Answering
from ansinh.web.uploads import LARGEST_AT, LARGEST_REQUEST

# PostgreSQL's bigint: no number of ours is larger.
_LARGEST_NUMBER = 2**63 - 1
_YEARS = range(1900, 2200)
# What the visitor's browser kept of these pages goes with the visit. Cookies stay: other systems of the same office
# share its domain, and our own are taken back one by one.
_FORGET = '"cache", "storage"'


class NotText(SuspiciousOperation):
    """A NUL where text was expected: no browser sends it, no column keeps it."""


class GuardMiddleware:
    """Refuses bodies too large for their address and what no database column can hold; closes the site to others."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        believe_proxy(request)
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = _FORGET
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Before the view and before anything reads the body; 413, 404 or 400 where the request is not one of ours."""
        match = request.resolver_match
        if _declared_length(request) > LARGEST_AT.get(match.view_name if match else "", LARGEST_REQUEST):
            return render(request, "413.html", status=413)
        for name, value in kwargs.items():
            if isinstance(value, int) and (value > _LARGEST_NUMBER or (name == "year" and value not in _YEARS)):
                raise Http404
        try:
            sent = request.POST
        except RequestDataTooBig:
            return render(request, "413.html", status=413)
        refuse_nul((request.path, *_words(request.GET.lists()), *_words(sent.lists())))
        return None


def believe_proxy(request: HttpRequest) -> None:
    """From here on the request comes from whom, and by the scheme, a proxy we were told to trust says; from nobody else
    is that believed. The headers stay: they tell that the visitor does not sit at this machine.
    """
    if is_proxy(request.META.get("REMOTE_ADDR", "")):
        if request.headers.get("X-Forwarded-Proto", "") == "https":
            request.META["wsgi.url_scheme"] = "https"
        request.META["REMOTE_ADDR"] = address_of(request)


def refuse_nul(texts: Iterable[str]) -> None:
    """Refuses (NotText: 400) what PostgreSQL could not keep."""
    if any("\0" in text for text in texts):
        raise NotText("a NUL in the address or the form")


def _words(pairs: Iterable[tuple[str, list[Any]]]) -> Iterable[str]:
    for name, values in pairs:
        yield name
        yield from (value for value in values if isinstance(value, str))


def _declared_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if str(length).isdigit() else 0


@receiver(user_logged_out, dispatch_uid="ansinh.web.guarding")
def _remember_signing_out(request: HttpRequest | None, **_told: object) -> None:
    if request is not None:
        request.signed_out = True  # type: ignore[attr-defined]  # read above
