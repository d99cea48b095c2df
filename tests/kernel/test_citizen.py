"""What identity numbers say, what is mended and what is doubted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.birthplaces import BIRTHPLACES
from ansinh.kernel.citizen import (
    CitizenNumber,
    Identity,
    NotACitizenNumber,
    NotAnOldIdentityNumber,
    OldIdentityNumber,
    Sex,
    read_identity,
)

provinces = st.sampled_from(sorted(BIRTHPLACES))


def test_the_sixty_three_provinces() -> None:
    assert len(BIRTHPLACES) == 63
    assert (BIRTHPLACES["001"], BIRTHPLACES["077"], BIRTHPLACES["096"]) == ("Hà Nội", "Bà Rịa - Vũng Tàu", "Cà Mau")


@given(provinces, st.integers(1900, 2399), st.sampled_from(["male", "female"]), st.integers(0, 999_999))
def test_a_number_says_where_when_and_which_sex(province: str, year: int, sex: Sex, serial: int) -> None:
    century = (year - 1900) // 100 * 2 + (sex == "female")
    number = CitizenNumber.parse(f"{province}{century}{year % 100:02d}{serial:06d}")
    assert (number.province_code, number.birth_year, number.sex) == (province, year, sex)
    assert number.province_name == BIRTHPLACES[province]


@given(provinces, st.integers(0, 199), st.integers(0, 999_999))
def test_zeros_lost_in_a_number_cell_come_back(province: str, years: int, serial: int) -> None:
    digits = f"{province}{years // 100 * 2}{years % 100:02d}{serial:06d}"
    for cell in (str(int(digits)), f"{int(digits)}.0", f"'{int(digits)}"):
        found = read_identity(cell, born_year=1900 + years, sex="male")
        assert (found.kind, found.number, found.doubts) == ("cccd", digits, ("leading_zero_lost",))


@pytest.mark.parametrize(
    ("text", "kind", "number", "doubts"),
    [
        ("001 184 012345", "cccd", "001184012345", ()),
        ("001.184.012.345", "cccd", "001184012345", ()),
        ("003184012345", "cccd", "003184012345", ("unknown_province",)),
        ("012345678", "cmnd", "012345678", ()),
        ("12345678", "cmnd", "012345678", ("leading_zero_lost",)),
        ("12 345 678", "cmnd", "012345678", ("leading_zero_lost",)),
        ("", "unreadable", None, ("missing",)),
        ("  ", "unreadable", None, ("missing",)),
        ("1234567", "unreadable", None, ("wrong_length",)),
        ("9912345678", "unreadable", None, ("wrong_length",)),
        ("0011840123456", "unreadable", None, ("wrong_length",)),
        ("mất thẻ", "unreadable", None, ("not_digits",)),
        ("1.18E+9", "unreadable", None, ("not_digits",)),
        ("٠٠١١٨٤٠١٢٣٤٥", "unreadable", None, ("not_digits",)),
    ],
)
def test_cells(text: str, kind: str, number: str | None, doubts: tuple[str, ...]) -> None:
    found = read_identity(text, born_year=1984, sex="female")
    assert (found.kind, found.number, found.doubts) == (kind, number, doubts)


def test_what_differs_from_the_register_is_a_doubt_not_a_refusal() -> None:
    assert read_identity("001184012345", born_year=1985, sex="male").doubts == ("birth_year_differs", "sex_differs")
    assert read_identity("001184012345").doubts == ()


@pytest.mark.parametrize("text", ["00118401234", "001184o12345", ""])
def test_a_number_typed_in_a_form_must_be_whole(text: str) -> None:
    with pytest.raises(NotACitizenNumber, match="12 chữ số"):
        CitizenNumber.parse(text)
    with pytest.raises(NotAnOldIdentityNumber, match="9 chữ số"):
        OldIdentityNumber.parse(text)


def test_digits_do_not_leak_into_logs() -> None:
    shown = f"{CitizenNumber.parse('001184012345')!r} {OldIdentityNumber.parse('012345678')!r}"
    shown += repr(Identity("cmnd", "012345678"))
    with pytest.raises(NotACitizenNumber) as refused:
        CitizenNumber.parse("00118401234")
    assert not any(character.isdigit() for character in shown)
    assert "00118401234" not in str(refused.value)


def test_written_as_digits() -> None:
    assert str(CitizenNumber.parse("001 184 012345")) == "001184012345"
    assert str(OldIdentityNumber.parse("012.345.678")) == "012345678"
