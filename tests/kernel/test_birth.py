"""Birth dates in the ways registers write them; ages and anniversaries as the law counts them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.birth import BirthDate, NotABirthDate

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "first_day", "precision", "vi"),
    [
        ("13/08/1984", date(1984, 8, 13), "day", "13/08/1984"),
        ("3-8-1984", date(1984, 8, 3), "day", "03/08/1984"),
        ("3.8.1984", date(1984, 8, 3), "day", "03/08/1984"),
        (" 03 / 08 / 1984 ", date(1984, 8, 3), "day", "03/08/1984"),
        ("1984-08-13", date(1984, 8, 13), "day", "13/08/1984"),
        ("1984-08-13 00:00:00", date(1984, 8, 13), "day", "13/08/1984"),
        ("Ngày 13 tháng 8 năm 1984", date(1984, 8, 13), "day", "13/08/1984"),
        ("8/1984", date(1984, 8, 1), "month", "08/1984"),
        ("1984-08", date(1984, 8, 1), "month", "08/1984"),
        ("00/08/1984", date(1984, 8, 1), "month", "08/1984"),
        ("tháng 8 năm 1984", date(1984, 8, 1), "month", "08/1984"),
        ("1940", date(1940, 1, 1), "year", "1940"),
        ("1940.0", date(1940, 1, 1), "year", "1940"),
        ("00/00/1940", date(1940, 1, 1), "year", "1940"),
        ("xx/xx/1940", date(1940, 1, 1), "year", "1940"),
        ("29/02/2000", date(2000, 2, 29), "day", "29/02/2000"),
    ],
)
def test_ways_of_writing(text: str, first_day: date, precision: str, vi: str) -> None:
    birth = BirthDate.parse_vi(text)
    assert (birth.first_day, birth.precision, birth.vi) == (first_day, precision, vi)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ô trống"),
        ("không rõ", "không đúng dạng"),
        ("84", "không đúng dạng"),
        ("13/8/84", "không đúng dạng"),
        ("08/13/1984", "không có tháng 13"),
        ("29/02/1900", "không có ngày 29"),
        ("31/04/1984", "không có ngày 31"),
        ("13/00/1984", "không có tháng"),
        ("1/1/0984", "không hợp lý"),
        ("30652", "không đúng dạng"),
    ],
)
def test_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(NotABirthDate, match=reason):
        BirthDate.parse_vi(text)


@given(days, st.sampled_from(["day", "month", "year"]))
def test_what_is_shown_reads_back(day: date, precision: str) -> None:
    first = day.replace(day=1) if precision == "month" else day.replace(month=1, day=1) if precision == "year" else day
    birth = BirthDate(first, precision)  # type: ignore[arg-type]
    assert BirthDate.parse_vi(birth.vi) == birth


@given(days, st.integers(0, 99))
def test_the_age_is_reached_on_the_anniversary_and_not_the_day_before(born: date, years: int) -> None:
    birth = BirthDate(born)
    reached = birth.anniversary(years)
    assert birth.age_on(reached) == years
    assert birth.age_on(date.fromordinal(reached.toordinal() - 1)) == years - 1


def test_born_on_the_29th_of_february() -> None:
    birth = BirthDate(date(2004, 2, 29))
    assert (birth.anniversary(16), birth.anniversary(22)) == (date(2020, 2, 29), date(2026, 2, 28))
    assert (birth.age_on(date(2026, 2, 27)), birth.age_on(date(2026, 2, 28))) == (21, 22)


@pytest.mark.parametrize(("first_day", "precision"), [(date(1984, 8, 13), "month"), (date(1984, 8, 1), "year")])
def test_a_vague_birth_starts_on_its_first_day(first_day: date, precision: str) -> None:
    with pytest.raises(ValueError, match="first day"):
        BirthDate(first_day, precision)  # type: ignore[arg-type]
