"""The audit trail: who did what, when; written in the same transaction as the work, never changed afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol


class Named(Protocol):
    """Somebody who can be written down."""

    @property
    def user_id(self) -> int: ...
    @property
    def name(self) -> str: ...


def record(*, by: Named, at: datetime, action: str, facts: dict[str, Any]) -> None:
    """Append one entry; must run inside the transaction of the work it tells of."""
    from ansinh.platform.models import AuditEntry  # models need a configured Django; actions are imported before

    AuditEntry.objects.create(at=at, actor_id=by.user_id, actor_name=by.name, action=action, facts=facts)
