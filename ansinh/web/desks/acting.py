"""Who is asking: the actor behind a request."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ansinh.access.queries import actor_of
from ansinh.access.types import Actor


def acting(request: HttpRequest) -> Actor:
    """The signed-in person as an actor; the login middleware has let nobody else come this far."""
    user = request.user
    if isinstance(user, AnonymousUser):
        raise PermissionDenied
    return actor_of(user)
