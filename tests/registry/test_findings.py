"""What an officer reads of a register read among the real communes: namesakes told apart, slips answered."""

from __future__ import annotations

import pytest

from ansinh.kernel.month import Month
from ansinh.registry.surroundings import surroundings_of
from ansinh.registry.workbook import Finding, RegisterReading, read_register
from tests.registry.workbook.books import HEAD, book, person

AUGUST = Month.of(2020, 8)
HANOI, SOC_SON = "01", "016"
PHU_CUONG_SOC_SON, PHU_CUONG_BA_VI = "00442", "09625"


@pytest.fixture
def places(first_load: object, db: None) -> None:
    """The units of the country."""


def read_in(
    place: str, *cells: dict[str, object], month: Month = AUGUST, district: str | None = None
) -> RegisterReading:
    """People of these communes in a register of the place; `district` fills a column of its own."""
    people = [person(number, f"Lê Thị {chr(64 + number)}", **one) for number, one in enumerate(cells, start=1)]
    rows = [[*HEAD, "Huyện"], *([*one, district] for one in people)] if district else [HEAD, *people]
    return read_register(book({"DS": rows}), filename="ds.xlsx", around=surroundings_of(place, month, None))


def unknown(reading: RegisterReading) -> Finding:
    (found,) = (one for one in reading.findings if one.code == "unknown_commune")
    return found


def test_a_name_two_communes_bear_sets_the_row_aside_and_names_both(places: None) -> None:
    reading = read_in(HANOI, {"xa": "Xã Phú Cường"})
    assert [row.accepted for row in reading.rows] == [False]
    found = unknown(reading)
    assert f"Xã Phú Cường, Huyện Sóc Sơn ({PHU_CUONG_SOC_SON})" in found.message
    assert f"Xã Phú Cường, Huyện Ba Vì ({PHU_CUONG_BA_VI})" in found.message
    assert "Hãy ghi đủ tên" in found.message


@pytest.mark.parametrize(
    ("written", "district", "code"),
    [
        ("Xã Phú Cường", "Huyện Sóc Sơn", PHU_CUONG_SOC_SON),
        ("phu cuong", "Ba Vì", PHU_CUONG_BA_VI),
        ("Xã Phú Cường, Huyện Sóc Sơn", None, PHU_CUONG_SOC_SON),
        # What the finding offers can be copied whole.
        ("Xã Phú Cường, Huyện Ba Vì (09625)", None, PHU_CUONG_BA_VI),
        (PHU_CUONG_BA_VI, None, PHU_CUONG_BA_VI),
    ],
)
def test_the_ways_out_it_names_are_ways_out(places: None, written: str, district: str | None, code: str) -> None:
    assert [row.commune_code for row in read_in(HANOI, {"xa": written}, district=district).rows] == [code]


def test_inside_one_district_the_name_is_enough(places: None) -> None:
    assert [row.commune_code for row in read_in(SOC_SON, {"xa": "Xã Phú Cường"}).rows] == [PHU_CUONG_SOC_SON]


def test_an_unknown_commune_is_answered_with_the_nearest_of_the_place(places: None) -> None:
    slip = unknown(read_in(SOC_SON, {"xa": "Xã Phú Cườg"}))
    assert "gần nhất có: Xã Phú Cường." in slip.message
    strange = unknown(read_in(SOC_SON, {"xa": "Xã Không Có"}))
    assert "nearest" not in strange.facts


def test_after_the_districts_the_province_is_enough(places: None) -> None:
    slip = unknown(read_in(HANOI, {"xa": "Phường Hoàn Kiêmm"}, month=Month.of(2025, 8)))
    assert "Phường Hoàn Kiếm" in slip.message
    assert "Huyện" not in slip.message
