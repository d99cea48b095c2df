"""Amounts and coefficients of cells; whatever could mean two things is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.kernel.numbers import NotACoefficient, NotAnAmount, read_coefficient, read_dong


@given(st.integers(-(10**12), 10**12))
def test_an_amount_in_every_dress(value: int) -> None:
    dots, commas = str(Dong(value)), f"{value:,}"
    cells: list[object] = [
        value, float(value), Decimal(value), Dong(value), str(value), f"{value}.0", dots, commas,
        commas.replace(",", " "),
        f"{dots} đ", f"{dots}đồng", f"{commas} VND", f"{commas}.00", f"{dots},00", f" {dots}\u00a0₫ ",
    ]  # fmt: skip
    for cell in cells:
        assert read_dong(cell) == Dong(value), cell


def test_brackets_are_a_minus() -> None:
    assert read_dong("(1.500.000)") == Dong(-1_500_000)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, "ô trống"),
        ("", "ô trống"),
        ("-", "ô trống"),
        ("đồng", "ô trống"),
        (405000.5, "phần lẻ"),
        ("405000,5", "phần lẻ"),
        ("1.5", "phần lẻ"),
        ("40.5000", "không đều"),
        ("1.500,000", "không đều"),
        ("1.50.000", "không đều"),
        ("405 nghìn", "không phải số"),
        ("１２３", "không phải số"),
        (float("nan"), "không phải số"),
        (float("inf"), "không phải số"),
        (True, "không phải số"),
        ([], "không phải số"),
    ],
)
def test_no_amount(cell: object, reason: str) -> None:
    with pytest.raises(NotAnAmount, match=reason):
        read_dong(cell)


@given(st.integers(1, 9999))
def test_a_coefficient_in_every_dress(hundredths: int) -> None:
    right = Decimal(hundredths) / 100
    for cell in (right, float(right), str(right), str(right).replace(".", ","), f" {right:.2f} ", f"{right:.3f}"):
        found = read_coefficient(cell)
        assert found == right
        assert "E" not in str(found)
        assert not str(found).endswith(".0")


def test_a_computed_cell_is_read_as_meant() -> None:
    assert read_coefficient(1.4999999999999998) == Decimal("1.5")
    assert str(read_coefficient(20)) == "20"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, "ô trống"),
        (" ", "ô trống"),
        ("nặng", "không phải hệ số"),
        ("-1,5", "không phải hệ số"),
        ("405.000", "không phải hệ số"),
        (405000, "nhỏ hơn 100"),
        (0, "lớn hơn 0"),
        ("0", "lớn hơn 0"),
        (-1.5, "lớn hơn 0"),
        (1.23456, "chữ số lẻ"),
        (float("nan"), "không phải số"),
        (True, "không phải số"),
        ([], "không phải số"),
    ],
)
def test_no_coefficient(cell: object, reason: str) -> None:
    with pytest.raises(NotACoefficient, match=reason):
        read_coefficient(cell)
