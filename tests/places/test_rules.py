"""Names of places as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.places.rules import NameIndex, address_of, code_in, kind_of_code, readings, search_name, split_full_name
from ansinh.places.types import Ambiguous, Place

DAY = date(2020, 8, 1)
NAMES = {
    "02020": "Thị trấn Bằng Lũng",
    "02050": "Xã Phương Viên",
    "02053": "Xã Ngọc Phái",
    "02077": "Xã Yên Mỹ",
    "19780": "Phường Phường Đúc",
    "19960": "Phường Phú Bài",
    "19987": "Xã Thủy Phù",
    "19993": "Xã Dương Hòa",
    "24829": "Phường B'Lao",
    "31318": "Phường 1",
    "31330": "Phường 7",
    "20137": "Xã Chân Mây - Lăng Cô",
    "25807": "Xã Thanh An",
    "27676": "Xã Thạnh An",
    "90001": "Xã Tân Hội",
    "90002": "Xã Tân Hới",
    "90003": "Thị trấn Phú Lộc",
    "90004": "Xã Phú Lộc",
}


def _place(code: str, full_name: str) -> Place:
    written_type, name = split_full_name(full_name)
    return Place(int(code), code, "commune", written_type, name, "064", ("06", "064", code), DAY, None)


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(_place(code, full_name) for code, full_name in NAMES.items())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Xã Ngọc Phái", "02053"),
        ("xã  NGỌC PHÁI ", "02053"),
        ("ngoc phai", "02053"),
        ("X. Ngọc Phái", "02053"),
        ("Xã Ngo\u0323c Pha\u0301i", "02053"),
        ("Xã Ngọc Phái, huyện Chợ Đồn", "02053"),
        ("TT Bằng Lũng", "02020"),
        ("tt. bang lung", "02020"),
        ("TT.Bằng Lũng", "02020"),
        ("THỊ TRẤN BẰNG LŨNG", "02020"),
        ("P. Phú Bài", "19960"),
        ("P.Phú Bài", "19960"),
        ("Phương Viên", "02050"),
        ("phuong vien", "02050"),
        ("Xã Phương Viên", "02050"),
        ("Phường Đúc", "19780"),
        ("phuong duc", "19780"),
        ("Phường Phường Đúc", "19780"),
        ("Thuỷ Phù", "19987"),
        ("Xã Dương Hoà", "19993"),
        ("Yên Mĩ", "02077"),
        ("B’Lao", "24829"),
        ("Phường 7", "31330"),
        ("P7", "31330"),
        ("P.07", "31330"),
        ("Phường VII", "31330"),
        (7.0, "31330"),
        ("Chân Mây – Lăng Cô", "20137"),
        ("02053", "02053"),
        (2053, "02053"),
        (2053.0, "02053"),
        ("2053.0", "02053"),
        ("Tân Hội", "90001"),
        ("xã tân hới", "90002"),
        ("Xã Thanh An", "25807"),
        ("thạnh an", "27676"),
        ("TT Phú Lộc", "90003"),
        ("xa phu loc", "90004"),
        # An old list says "Xã" of what is a ward by now.
        ("Xã Phú Bài", "19960"),
    ],
)
def test_a_name_is_found_as_it_is_written(index: NameIndex, written: object, code: str) -> None:
    assert index.find(written) == code


@pytest.mark.parametrize(
    "written", ["Xã Không Có", "", "  ", "Viên", "huyện Ngọc Phái", "99999", 12.5, None, True, "x"]
)
def test_what_is_no_name_is_not_found(index: NameIndex, written: object) -> None:
    assert index.find(written) is None


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("tan hoi", ("90001", "90002")),
        ("Thanh An", ("25807", "27676")),
        ("Phú Lộc", ("90003", "90004")),
        ("phu loc", ("90003", "90004")),
    ],
)
def test_a_name_of_several_is_left_to_a_person(index: NameIndex, written: str, codes: tuple[str, ...]) -> None:
    assert index.find(written) == Ambiguous(codes)


def test_asking_again_gives_the_same_answer(index: NameIndex) -> None:
    assert [index.find("1") for _ in range(2)] == ["31318", "31318"]
    assert index.find(True) is None
    assert len(index) == len(NAMES)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("06", "province"),
        ("064", "district"),
        ("02053", "commune"),
        ("0", None),
        ("0205", None),
        ("x1", None),
        ("٠٦", None),
    ],
)
def test_the_length_of_a_code_tells_its_kind(code: str, kind: str | None) -> None:
    assert kind_of_code(code) == kind


def test_codes_get_their_zeros_back() -> None:
    assert code_in(64, 3) == "064"
    assert code_in("123456") is None


def test_a_full_name_has_a_type_and_a_name() -> None:
    assert split_full_name("Thị trấn Bằng Lũng") == ("Thị trấn", "Bằng Lũng")
    assert split_full_name("Thành Phố Bắc Kạn") == ("Thành phố", "Bắc Kạn")
    assert split_full_name("Bắc Kạn") == ("", "Bắc Kạn")


def test_a_name_is_searched_without_signs() -> None:
    assert search_name("Đạ M'Rông") == "da mrong"
    assert search_name("Phan Rang - Tháp Chàm") == "phan rang thap cham"
    assert search_name("Phường 05") == "phuong 5"


def test_an_unaccented_type_may_be_part_of_the_name() -> None:
    assert [(reading.type, reading.loose) for reading in readings("phuong vien")] == [
        ("Phường", "vien"),
        (None, "phuong vien"),
    ]
    assert [reading.type for reading in readings("Phương Viên")] == [None]


def test_an_address_goes_from_small_to_great() -> None:
    district = Place(1, "064", "district", "Huyện", "Chợ Đồn", "06", ("06", "064"), DAY, None)
    assert address_of([_place("02053", "Xã Ngọc Phái"), district]) == "Xã Ngọc Phái, huyện Chợ Đồn"
