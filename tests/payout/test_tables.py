"""The tables themselves."""

from __future__ import annotations

import pytest

from ansinh.payout.models import Order


@pytest.mark.django_db
def test_tables_are_there() -> None:
    assert Order.objects.count() == 0
