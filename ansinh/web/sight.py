"""Every request is read by the database with its visitor's own sight: the second net under what pages ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from ansinh.access.queries import sight_of
from ansinh.platform.row_security import NOTHING, Sight, seeing
from ansinh.web.seeing import signed_in

Answering: TypeAlias = Callable[[HttpRequest], HttpResponse]


class SightMiddleware:
    """After the sign-in is known, before anything of people or money is asked; undone whatever becomes of the request.

    Whoever has not signed in sees no row of them.
    """

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with seeing(sight_for(request)):
            return self.get_response(request)


def sight_for(request: HttpRequest) -> Sight:
    """What whoever sends the request may see at all."""
    return NOTHING if isinstance(request.user, AnonymousUser) else sight_of(signed_in(request))
