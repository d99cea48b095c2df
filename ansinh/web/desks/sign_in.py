"""The door: signing in and out, choosing a language."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from ansinh.access.actions import DEMONSTRATION_PASSWORD, OWN_NAME, PaperNotGood, use_sign_in_paper
from ansinh.access.queries import DEMONSTRATION_USERS, NobodyNamed, UnknownUser, get_demonstration_actor
from ansinh.access.types import Actor
from ansinh.web.account import passkeys_work
from ansinh.web.account_forms import SignInPaperForm
from ansinh.web.assurance import from_this_machine
from ansinh.web.forms import SignInForm
from ansinh.web.seeing import for_everybody
from ansinh.web.sign_in_trail import tell_locked, tell_refused


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
            status = 429
            tell_locked(form.cleaned_data["username"])
        else:
            if user is None:
                form.say_unknown()
                tell_refused(form.cleaned_data["username"], way="password")
            elif user.is_demonstration and not from_this_machine(request):
                form.say_demonstration_is_local()
            else:
                return _let_in(request, user, wanted=_wanted(request))
    shown = {
        "form": form,
        "next": _wanted(request),
        "demonstration": _demonstration(request),
        "passkeys_work": passkeys_work(request),
    }
    return render(request, "web/sign_in.html", shown, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters("secret", "password1", "password2")
def sign_in_by_paper(request: HttpRequest) -> HttpResponse:
    """Choose a password with the one-time code of a paper; whoever has a second factor still shows it."""
    form = SignInPaperForm(request.POST or None)
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        door, given = get_adapter(), form.cleaned_data
        try:
            door.pre_authenticate(request, username=f"paper:{given['username']}")
            user = use_sign_in_paper(
                username=given["username"], secret=given["secret"], password=given["password1"], at=timezone.now()
            )
        except ValidationError as fault:
            named = fault.code == OWN_NAME
            form.add_error("password1" if named else None, fault)
            status = 422 if named else 429
        except PaperNotGood as refusal:
            tell_refused(given["username"], way="paper")
            form.add_error(None, refusal.message)
        else:
            wanted = "/" if is_mfa_enabled(user) else reverse("mfa_activate_totp")
            return _let_in(request, user, wanted=wanted, way="paper")
    return render(request, "web/security/paper.html", {"form": form}, status=status)


def _let_in(request: HttpRequest, user: Any, *, wanted: str, way: str = "password") -> HttpResponse:
    """On to the second factor, if they have one, then to the page they wanted."""
    login = Login(user=user, redirect_url=wanted, signal_kwargs={"way": way})
    answer: HttpResponse = perform_password_login(request, {"username": user.username}, login)
    return answer


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


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    # What begins with anything but a slash is taken for the name of a view, and fails, by `redirect`.
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
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
