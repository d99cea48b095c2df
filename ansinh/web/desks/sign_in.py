"""The door: signing in and out, choosing a language."""

from __future__ import annotations

from ipaddress import ip_address

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ansinh.access.actions import DEMONSTRATION_PASSWORD
from ansinh.access.queries import DEMONSTRATION_USERS, NobodyNamed, UnknownUser, get_demonstration_actor
from ansinh.access.types import Actor
from ansinh.web.account import passkeys_work
from ansinh.web.forms import SignInForm
from ansinh.web.seeing import for_everybody

# A proxy in front means the caller may be anywhere, whatever address reached us.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or sign the visitor in, after a second factor if they have one, and go where they wanted to go."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(_wanted(request))
    form = SignInForm(request.POST or None)
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        try:
            user = get_adapter().authenticate(request, **form.cleaned_data)
        except ValidationError as locked:
            form.add_error(None, locked)
            user, status = None, 429
        else:
            if user is None:
                form.say_unknown()
            elif user.is_demonstration and not from_this_machine(request):
                form.say_demonstration_is_local()
            else:
                login = Login(user=user, redirect_url=_wanted(request))
                answer: HttpResponse = perform_password_login(request, {"username": user.username}, login)
                return answer
    shown = {
        "form": form,
        "next": _wanted(request),
        "demonstration": _demonstration(request),
        "passkeys_work": passkeys_work(request),
    }
    return render(request, "web/sign_in.html", shown, status=status)


@require_POST
@for_everybody
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the visitor."""
    logout(request)
    return redirect("web:sign_in")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember Vietnamese or English in a cookie and return to the page."""
    return set_language(request)


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the visitor sits at this very machine: no proxy in between, a loopback address at the other end."""
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _demonstration(request: HttpRequest) -> dict[str, object] | None:
    """The demonstration's people and password, while no real user exists and only on this machine."""
    if not from_this_machine(request):
        return None
    people: list[tuple[str, Actor]] = []
    for username in DEMONSTRATION_USERS:
        try:
            people.append((username, get_demonstration_actor(username)))
        except NobodyNamed:
            return None
        except UnknownUser:  # a home made before this role was thought of
            continue
    return {"people": people, "password": DEMONSTRATION_PASSWORD} if people else None
