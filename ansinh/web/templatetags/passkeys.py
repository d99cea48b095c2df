"""Whether a passkey can be made or used at the address a page was opened by."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from ansinh.web import account

register = template.Library()


@register.filter
def passkeys_work(request: HttpRequest) -> bool:
    """Browsers keep passkeys for names under HTTPS, and for localhost."""
    return account.passkeys_work(request)
