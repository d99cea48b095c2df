"""Looks and exports of the pages, told to the audit trail before they are given."""

from __future__ import annotations

from django.utils import timezone

from ansinh.access.types import Actor
from ansinh.audit.actions import tell_export, tell_look


def told_export(by: Actor, what: str, *, place_code: str = "", person_id: int | None = None, **facts: object) -> None:
    """The actor takes a file away: `what` of `ansinh.audit.types.EXPORTS`, the facts say which (run_id, month, form).

    Call it before `file_answer`; an architecture test misses it in a view that gives a file.
    """
    tell_export(what, by=by, at=timezone.now(), place_code=place_code, person_id=person_id, **facts)


def told_look(by: Actor, sight: str, *, person_id: int, place_code: str = "", **facts: object) -> None:
    """The actor sees one person: `sight` of `ansinh.audit.types.PERSON_LOOKS`, `place_code` where they live."""
    tell_look(sight, person_id=person_id, place_code=place_code, by=by, at=timezone.now(), **facts)
