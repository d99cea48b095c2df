"""Settle a row that was set aside: match it with its order, or dismiss it."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.reconcile.types import RowResolved


@action(permission="reconcile.resolve_row", name="Xử lý dòng kết quả để riêng")
def resolve_row(*, row_id: int, how: str, reason: str, order_code: str = "", by: Actor, at: datetime) -> RowResolved:
    """Settle a set-aside row; `how` is match_order (with its order code) or dismiss."""
    raise NotImplementedError
