"""Take a payer's results file: every cell checked, every row judged, nothing recorded yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.platform.action import action
from ansinh.reconcile.types import ResultsAccount


@action(permission="reconcile.import_results", name="Nhập tệp kết quả chi trả")
def import_results(
    *,
    content: bytes,
    file_name: str,
    payer: str,
    month: Month | None = None,
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> ResultsAccount:
    """Take a results file and say what applying it would do."""
    raise NotImplementedError
