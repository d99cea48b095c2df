"""Put away a results file that was checked and shall not be applied."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.reconcile.types import ResultsAccount


@action(permission="reconcile.discard_results", name="Bỏ tệp kết quả chi trả")
def discard_results(*, file_id: int, reason: str, by: Actor, at: datetime) -> ResultsAccount:
    """Put a checked file away, with a reason."""
    raise NotImplementedError
