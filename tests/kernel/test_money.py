"""Whole đồng: sums, products that must be whole, and shares that lose nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.money import Dong, NotWholeDong, total

amounts = st.integers(-(10**13), 10**13).map(Dong)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any)


@given(amounts, weights)
def test_shares_sum_to_the_amount(amount: Dong, parts: list[int]) -> None:
    assert total(amount.split(parts)) == amount


@given(amounts, weights)
def test_each_share_is_within_one_dong_of_its_exact_part(amount: Dong, parts: list[int]) -> None:
    for share, weight in zip(amount.split(parts), parts, strict=True):
        exact = Fraction(amount.value * weight, sum(parts))
        assert abs(share.value - exact) < 1


@given(st.integers(0, 10**12).map(Dong), weights)
def test_a_weight_of_nought_gets_nothing(amount: Dong, parts: list[int]) -> None:
    assert all(share == Dong(0) for share, weight in zip(amount.split(parts), parts, strict=True) if weight == 0)


def test_the_odd_dong_goes_to_the_earlier_of_equal_shares() -> None:
    assert Dong(100).split([1, 1, 1]) == (Dong(34), Dong(33), Dong(33))


@pytest.mark.parametrize("parts", [[], [0, 0], [3, -1]])
def test_split_wants_a_positive_sum_of_weights_of_nought_or_more(parts: list[int]) -> None:
    with pytest.raises(ValueError, match="weights of 0 or more"):
        Dong(10).split(parts)


@given(amounts, st.integers(-1000, 1000))
def test_times_a_whole_number_is_repeated_addition(amount: Dong, factor: int) -> None:
    assert amount.times(factor) == Dong(amount.value * factor)


@given(amounts, st.fractions(min_value=-100, max_value=100, max_denominator=40))
def test_times_is_exact_or_refused(amount: Dong, factor: Fraction) -> None:
    exact = amount.value * factor
    if exact.denominator == 1:
        assert amount.times(factor) == Dong(int(exact))
    else:
        with pytest.raises(NotWholeDong):
            amount.times(factor)


def test_times_takes_text_and_decimals() -> None:
    assert Dong(500_000).times("2.5") == Dong(500_000).times(Decimal("2.5")) == Dong(1_250_000)


def test_a_product_that_is_not_whole_names_amount_and_factor() -> None:
    with pytest.raises(NotWholeDong, match=r"333 đồng nhân 1\.5"):
        Dong(333).times("1.5")


@pytest.mark.parametrize("value", [1.0, True, "1", Decimal(1)])
def test_only_a_whole_int_is_money(value: object) -> None:
    with pytest.raises(TypeError):
        Dong(value)  # type: ignore[arg-type]


def test_written_with_dots_and_truthful() -> None:
    assert str(Dong(-1_500_000)) == "-1.500.000"
    assert not Dong(0)
    assert int(-Dong(5) - Dong(2)) == -7
    assert max(Dong(1), Dong(3), Dong(2)) == Dong(3)
    assert total([]) == Dong(0)
