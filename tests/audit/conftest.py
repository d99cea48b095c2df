"""The small register of Ngọc Phái."""

from __future__ import annotations

from tests.payroll.conftest import desk

__all__ = ["desk"]
