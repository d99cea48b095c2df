"""Months count, compare and overlap as sets of months do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.month import Month, MonthSpan, NotAMonth

months = st.integers(12 * 1900, 12 * 2200 - 1).map(Month)


@st.composite
def spans(draw: st.DrawFn) -> MonthSpan:
    starts = draw(st.integers(24_000, 24_060).map(Month))
    length = draw(st.none() | st.integers(1, 40))
    return MonthSpan(starts, None if length is None else starts + length)


@given(months, st.integers(-500, 500), st.integers(-500, 500))
def test_counting_months_is_whole_number_arithmetic(month: Month, one: int, other: int) -> None:
    assert (month + one) + other == month + (one + other)
    assert (month + one) - month == one
    assert (month + one > month) == (one > 0)


@given(months)
def test_written_and_read_back(month: Month) -> None:
    assert Month.parse(str(month)) == month == Month.of(month.year, month.number)
    assert eval(repr(month), {"Month": Month.parse}) == month  # noqa: S307 - our own repr


@given(months)
def test_days_of_a_month(month: Month) -> None:
    assert Month.containing(month.first_day) == Month.containing(month.last_day) == month
    assert month.last_day + timedelta(days=1) == (month + 1).first_day


@given(months, st.integers(0, 60))
def test_until_lists_each_month_once(month: Month, length: int) -> None:
    assert list(month.until(month + length)) == [month + step for step in range(length)]


def test_until_an_earlier_month_is_empty() -> None:
    assert list(Month.of(2026, 5).until(Month.of(2026, 1))) == []


@given(spans(), spans())
def test_overlap_is_the_months_both_cover(one: MonthSpan, other: MonthSpan) -> None:
    shared = one.overlap(other)
    for index in range(23_990, 24_120):
        month = Month(index)
        both = one.covers(month) and other.covers(month)
        assert both == (shared is not None and shared.covers(month))


@given(spans(), spans())
def test_overlap_has_no_sides(one: MonthSpan, other: MonthSpan) -> None:
    assert one.overlap(other) == other.overlap(one)
    assert one.overlap(one) == one


def test_spans_that_touch_do_not_overlap() -> None:
    june = Month.of(2025, 6)
    assert MonthSpan(june, june + 1).overlap(MonthSpan(june + 1)) is None


@pytest.mark.parametrize("length", [0, -1])
def test_a_span_ends_after_it_starts(length: int) -> None:
    june = Month.of(2025, 6)
    with pytest.raises(ValueError, match="end after"):
        MonthSpan(june, june + length)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "11/2026", "", "2026-11-01"])
def test_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth, match="không phải là tháng"):
        Month.parse(text)


def test_month_thirteen_is_refused() -> None:
    with pytest.raises(NotAMonth):
        Month.of(2026, 13)


def test_as_papers_write_it() -> None:
    assert Month.containing(date(2026, 2, 28)).vi == "02/2026"
