"""`ansinh one-off create` reads what it is asked without every criterion told."""

from __future__ import annotations

import click
import pytest

from ansinh.ops.one_off import create

_ASKED = ["gift", "2021-02", "--place", "02053", "--title", "Quà Tết", "--decision-no", "7/QĐ",
          "--decided-on", "2021-01-20", "--amount", "500000"]  # fmt: skip


def test_a_gift_need_not_ask_for_poverty() -> None:
    assert create.make_context("create", list(_ASKED)).params["poverty"] is None
    assert create.make_context("create", [*_ASKED, "--poverty", "either"]).params["poverty"] == "either"


def test_poverty_is_one_of_three() -> None:
    with pytest.raises(click.BadParameter):
        create.make_context("create", [*_ASKED, "--poverty", "rich"])
