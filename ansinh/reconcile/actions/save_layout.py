"""Save how a payer's own results files are laid out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.reconcile.types import LayoutSaved


@action(permission="reconcile.save_layout", name="Khai mẫu tệp của tổ chức chi trả")
def save_layout(
    *, payer: str, name: str, columns: Mapping[str, str], words: Mapping[str, str], by: Actor, at: datetime
) -> LayoutSaved:
    """Say which of the payer's headings holds which of our fields, and what their own words mean."""
    raise NotImplementedError
