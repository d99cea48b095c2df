"""Signing in as the audit trail keeps it: who came in and how, who did not, what changed of the means to come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from ansinh.access.queries import find_user
from ansinh.audit.actions import tell_sign_in

# A name somebody keeps trying while it is locked is told once in so many seconds.
_TOLD_EVERY_SECONDS = 600


@dataclass(frozen=True, slots=True)
class _Person:
    user_id: int
    name: str


def tell(user: Any, event: str, **facts: str) -> None:
    """Write down what the person just did, or did to their own means of signing in; `event` of `SIGN_INS`."""
    tell_sign_in(event, by=_Person(user.pk, str(user)), at=timezone.now(), **facts)


def tell_refused(username: str, *, way: str) -> None:
    """Somebody did not come in by password or paper. What they typed as a name nobody has is not kept."""
    user = find_user(username)
    by = _Person(user.pk, str(user)) if user is not None else None
    tell_sign_in("access.sign_in_failed", by=by, at=timezone.now(), way=way)


def tell_locked(username: str) -> None:
    """Somebody knocks at a name that is locked: told once while it is."""
    if cache.add(f"sign-in:told:{username.lower()}", "y", timeout=_TOLD_EVERY_SECONDS):
        user = find_user(username)
        by = _Person(user.pk, str(user)) if user is not None else None
        tell_sign_in("access.locked_out", by=by, at=timezone.now())
