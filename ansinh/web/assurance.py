"""How sure we are of who sits there, read from the session; and where they sit."""

from __future__ import annotations

from ipaddress import ip_address

from django.http import HttpRequest

from ansinh.access.types import ASSURED, Assurance
from ansinh.web.account import is_fresh, used_second_factor

# A proxy in front means the caller may be anywhere, whatever address reached us.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def assurance_of(request: HttpRequest) -> Assurance:
    """What the session has shown. The demonstration's people, at this very machine, need show nothing more."""
    if getattr(request.user, "is_demonstration", False) and from_this_machine(request):
        return ASSURED
    return Assurance(second_factor=used_second_factor(request), fresh=is_fresh(request))


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the visitor sits at this very machine: no proxy in between, a loopback address at the other end."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
