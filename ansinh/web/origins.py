"""From where a request comes, for the audit trail: the address as far as it can be believed, session, browser."""

from __future__ import annotations

import hashlib
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ansinh.platform.origin import WEB, Origin, coming_from
from ansinh.web.types import Answering

_SESSION_DIGITS = 16


class OriginMiddleware:
    """Around every request: acts done and sights seen inside are written down with where they came from."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(origin_of(request)):
            return self.get_response(request)


def origin_of(request: HttpRequest) -> Origin:
    """Where the request comes from."""
    return Origin(WEB, address_of(request), session_digest(request), request.headers.get("User-Agent", ""))


def session_digest(request: HttpRequest) -> str:
    """The first digits of a fingerprint of the session's key, which itself would open the session; "" without one."""
    key = request.session.session_key or ""
    return hashlib.sha256(key.encode()).hexdigest()[:_SESSION_DIGITS] if key else ""


def address_of(request: HttpRequest) -> str:
    """The address that called: the connection's own, unless that is a proxy we are told to trust.

    Behind such proxies, the last address in X-Forwarded-For that is not one of them: what stands before it is the
    caller's own word.
    """
    own = request.META.get("REMOTE_ADDR", "")
    if not is_proxy(own):
        return str(own)
    forwarded = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    for said in reversed(forwarded):
        if _read(said) is None:
            break
        if not is_proxy(said):
            return said
    return str(own)


def is_proxy(address: str) -> bool:
    """Whether the address is a proxy the operator named (ANSINH_PROXIES)."""
    read = _read(address)
    return read is not None and any(read in ip_network(one, strict=False) for one in settings.TRUSTED_PROXIES)


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
