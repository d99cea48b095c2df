"""The month of Ngọc Phái, listed or settled."""

from __future__ import annotations

import pytest

from tests.payroll.conftest import desk
from tests.settlement.conftest import Office, office

__all__ = ["desk", "office"]


@pytest.fixture
def settled(office: Office) -> Office:
    """August paid but for one, and settled."""
    office.pay_out()
    office.report(Thảo="unpaid")
    office.settle()
    return office
