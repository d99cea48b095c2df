"""The audit trail: who did or looked at what, when, from where, why; in the transaction of the work, never changed.

Entries form one chain, made by the database. Its head is one row everybody waits for, so what an act and the acts
inside it have to tell is written together at its very end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction

from ansinh.kernel.unspoken import unspoken
from ansinh.platform.keeping import kept_facts
from ansinh.platform.origin import current_origin
from ansinh.platform.row_security import whole_view

if TYPE_CHECKING:
    from ansinh.platform.models import AuditEntry

_LONGEST_REASON = 500


class Named(Protocol):
    """Somebody who can be written down."""

    @property
    def user_id(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass(slots=True)
class _Gathering:
    """Entries waiting for the end of the outermost act, and the place the act under way asked to reach."""

    entries: list[AuditEntry] = field(default_factory=list)
    place_code: str = ""


_gathering: ContextVar[_Gathering | None] = ContextVar("ansinh_audit", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Entries recorded inside are written when the outermost of these ends; of one that fails, none.

    Stands inside the transaction of the work: `with transaction.atomic(), gathered():`.
    """
    outer = _gathering.get()
    inner = _Gathering()
    token = _gathering.set(inner)
    try:
        yield
    finally:
        _gathering.reset(token)
    # An act inside that names no place was done for the place of the act around it.
    for entry in inner.entries:
        entry.place_code = entry.place_code or inner.place_code
    if outer is None:
        # A preview takes back all it did: it never waits for the head.
        if not transaction.get_rollback():
            _write(inner.entries)
    else:
        outer.entries += inner.entries
        outer.place_code = outer.place_code or inner.place_code


def note_place(place_code: str) -> None:
    """The act under way has to do with this place: for acts whose arguments name none. The first one counts."""
    if (current := _gathering.get()) is not None:
        current.place_code = current.place_code or place_code


def record(
    *,
    by: Named,
    at: datetime,
    action: str,
    facts: Mapping[str, Any],
    person_id: int | None = None,
    place_code: str = "",
    reason: str = "",
) -> None:
    """Append one entry; must run inside the transaction of the work it tells of.

    `action` is the act's permission, or the name of what was looked at. `facts` are kept as given: plain, and nothing
    of what `keeping` leaves out. `person_id` and `place_code`: whom and where it concerns, where that is one.
    """
    from ansinh.platform.models import AuditEntry  # models need a configured Django; actions are imported before

    origin, current = current_origin(), _gathering.get()
    entry = AuditEntry(
        at=at,
        actor_id=by.user_id,
        actor_name=by.name,
        action=action,
        facts=dict(facts),
        person_id=person_id,
        place_code=place_code or (current.place_code if current is not None else ""),
        reason=unspoken(reason)[:_LONGEST_REASON],
        channel=origin.channel,
        address=origin.address[:64],
        session=origin.session[:32],
        agent=origin.agent[:200],
    )
    if current is None:
        _write([entry])
    else:
        current.entries.append(entry)
        note_place(entry.place_code)


def record_look(
    *,
    by: Named,
    at: datetime,
    sight: str,
    facts: Mapping[str, Any] | None = None,
    person_id: int | None = None,
    place_code: str = "",
    reason: str = "",
) -> None:
    """Append that somebody saw what must be told: a person's page, a whole number, a list taken away as a file.

    `sight` is one of the names the audit app lists (ansinh.audit.types.LOOKS). Committed at once when no act is under
    way: the look is told even if the page then fails.
    """
    with transaction.atomic():
        record(
            by=by, at=at, action=sight, facts=kept_facts(facts or {}), person_id=person_id, place_code=place_code,
            reason=reason,
        )  # fmt: skip


def _write(entries: list[AuditEntry]) -> None:
    from ansinh.platform.models import AuditEntry

    # Whoever is told of need not be able to read it: a sign-in that failed has no reader yet.
    with whole_view():
        AuditEntry.objects.bulk_create(entries)
