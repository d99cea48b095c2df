"""Record the good rows of a checked results file, all at once."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.reconcile.types import ResultsAccount


@action(permission="reconcile.apply_results", name="Ghi nhận tệp kết quả chi trả")
def apply_results(*, file_id: int, by: Actor, at: datetime) -> ResultsAccount:
    """Record a checked file's results in one transaction."""
    raise NotImplementedError
