"""The month of Ngọc Phái, listed or settled, shared with the tests of payroll and settlement."""

from __future__ import annotations

from tests.payroll.conftest import desk
from tests.settlement.conftest import office

__all__ = ["desk", "office"]
