"""Who may open a page: every view says the sight it shows or the act it does; whoever holds neither is refused."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ansinh.access.queries import actor_of
from ansinh.access.types import SIGHTS, Actor
from ansinh.platform.action import NotPermitted, registered_actions
from ansinh.web.assurance import assurance_of

V = TypeVar("V", bound=Callable[..., HttpResponse])

_ACTOR = "_ansinh_actor"
_ASKED_FOR = "_ansinh_asked_for"


def signed_in(request: HttpRequest) -> Actor:
    """The signed-in person as an actor, read once a request; refuses (PermissionDenied) nobody."""
    known: Actor | None = getattr(request, _ACTOR, None)
    if known is None:
        user = request.user
        if isinstance(user, AnonymousUser):
            raise PermissionDenied
        known = actor_of(user, assurance=assurance_of(request))
        setattr(request, _ACTOR, known)
    return known


def acting(request: HttpRequest) -> Actor:
    """The signed-in person within what the view shows or does: only appointments that hold it count."""
    return signed_in(request).within(*asked_for(request))


def asked_for(request: HttpRequest) -> tuple[str, ...]:
    """The sights or acts of the view that answers; none for what is for everybody."""
    found: tuple[str, ...] = getattr(request, _ASKED_FOR, ())
    return found


def may(request: HttpRequest, permission: str) -> bool:
    """Whether the signed-in person holds an act or a sight; nobody holds any."""
    return request.user.is_authenticated and signed_in(request).may(permission)


def shows(*sights: str) -> Callable[[V], V]:
    """The view shows this (any of several); refuses (NotPermitted) whoever may not look at it."""
    if unknown := [one for one in sights if one not in SIGHTS]:
        raise TypeError(f"unknown sights: {unknown}")
    return _asking(sights, "shows")


def does(*acts: str) -> Callable[[V], V]:
    """The view takes a form for this act (any of several); refuses (NotPermitted) whoever may not do it."""
    return _asking(acts, "does")


def for_everybody(view: V) -> V:
    """The view holds nothing of people or money, or only the visitor's own: whoever is signed in may open it."""
    view.for_everybody = True  # type: ignore[attr-defined]
    return view


def _asking(permissions: tuple[str, ...], kind: str) -> Callable[[V], V]:
    def decorate(view: V) -> V:
        @functools.wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            by = signed_in(request)
            if not any(by.may(one) for one in permissions):
                raise NotPermitted(who=by.name, what=name_of(permissions[0]), permission=permissions[0])
            setattr(request, _ASKED_FOR, permissions)
            return view(request, *args, **kwargs)

        setattr(asked, kind, permissions)
        return asked  # type: ignore[return-value]

    return decorate


def name_of(permission: str) -> str:
    """What people call an act or a sight."""
    known = {one.permission: one.name_vi for one in registered_actions()}
    return SIGHTS.get(permission) or known.get(permission, permission)
