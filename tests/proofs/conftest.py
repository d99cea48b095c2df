"""The month of Ngọc Phái, shared with the tests of payroll."""

from __future__ import annotations

from tests.payroll.conftest import desk

__all__ = ["desk"]
