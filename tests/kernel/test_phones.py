"""Telephone numbers of cells, old and new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.phones import PREFIXES_OF_2018, Phone, read_phone


@given(st.sampled_from("35789"), st.integers(0, 99_999_999))
def test_a_mobile_number_in_every_dress(operator: str, rest: int) -> None:
    number = f"0{operator}{rest:08d}"
    bare = number[1:]
    dresses = (
        number,
        f"+84{bare}",
        f"84{bare}",
        f"0084{bare}",
        f"+84 {number}",
        f"{number[:4]} {number[4:7]}.{number[7:]}",
    )
    for dress in dresses:
        assert read_phone(dress) == Phone(number)
    for cell in (bare, f"{bare}.0"):
        assert read_phone(cell) == Phone(number, ("leading_zero_lost",))


@given(st.sampled_from(sorted(PREFIXES_OF_2018)), st.integers(0, 9_999_999))
def test_eleven_digits_become_ten_as_in_2018(prefix: str, rest: int) -> None:
    number = PREFIXES_OF_2018[prefix] + f"{rest:07d}"
    assert read_phone(f"{prefix}{rest:07d}") == Phone(number, ("prefix_before_2018",))
    assert read_phone(f"{prefix[1:]}{rest:07d}") == Phone(number, ("leading_zero_lost", "prefix_before_2018"))


def test_the_table_of_2018_has_no_two_alike() -> None:
    assert len(PREFIXES_OF_2018) == len(set(PREFIXES_OF_2018.values())) == 21


@pytest.mark.parametrize(
    ("text", "number", "doubts"),
    [
        ("", None, ("missing",)),
        (" - ", None, ("missing",)),
        ("không có", None, ("not_digits",)),
        ("0912345", None, ("wrong_length",)),
        ("0412345678", None, ("unknown_prefix",)),
        ("01112345678", None, ("unknown_prefix",)),
        ("0243 825 1234", "02438251234", ("landline",)),
        ("0912345678/0987654321", "0912345678", ("several_numbers",)),
        ("0912345678 - 0987654321", "0912345678", ("several_numbers",)),
        ("0912,345,678", "0912345678", ()),
        ("/0912345678", "0912345678", ()),
    ],
)
def test_cells(text: str, number: str | None, doubts: tuple[str, ...]) -> None:
    assert read_phone(text) == Phone(number, doubts)  # type: ignore[arg-type]
