"""Check digits: what is made is read, and a slip of the hand is seen."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ansinh.kernel.check_digit import read_checked, with_check_digits

numbers = st.integers(1, 10**15)


@given(numbers)
def test_made_and_read(number: int) -> None:
    checked = with_check_digits(number)
    assert checked % 97 == 1
    assert read_checked(str(checked)) == number


@given(numbers, st.data())
def test_one_wrong_digit_is_seen(number: int, data: st.DataObject) -> None:
    text = str(with_check_digits(number))
    at = data.draw(st.integers(0, len(text) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != text[at])
    assert read_checked(text[:at] + digit + text[at + 1 :]) is None


@given(numbers, st.integers(1, 2), st.data())
def test_swapped_digits_are_seen(number: int, apart: int, data: st.DataObject) -> None:
    text = str(with_check_digits(number))
    at = data.draw(st.integers(0, len(text) - 1 - apart))
    digits = list(text)
    digits[at], digits[at + apart] = digits[at + apart], digits[at]
    assume("".join(digits) != text)
    assert read_checked("".join(digits)) is None


@pytest.mark.parametrize("text", ["", "44", "079444", "79 444", "-79444", "７９４４４", "79444.0", "AS79444", "9" * 30])
def test_not_such_a_number(text: str) -> None:
    assert read_checked(text) is None


def test_other_writings_of_the_remainder_are_not_ours() -> None:
    """03 and 100 leave the same remainder as a whole number; only the two digits that are made are taken."""
    for number in range(1, 300):
        wrong = [check for check in range(100) if read_checked(f"{number}{check:02d}") is not None]
        assert wrong == [with_check_digits(number) % 100]


@pytest.mark.parametrize("number", [0, -5])
def test_only_positive_numbers(number: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        with_check_digits(number)
