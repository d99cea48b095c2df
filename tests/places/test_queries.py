"""Places of a day: by code, by name, above, below, before and after 1/7/2025."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.places.queries import (
    CommuneIndex,
    UnknownPlace,
    ancestors,
    deciding_bodies,
    find_last_place,
    find_place,
    get_place,
    list_children,
    list_commune_codes,
    list_commune_paths,
    list_communes,
    list_paths,
    list_predecessors,
    list_within,
    path_of,
    search_places,
    successors,
)
from ansinh.places.types import Ambiguous, PlacesLoaded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

AUGUST_2020, JUNE_2021 = date(2020, 8, 1), date(2021, 6, 1)
LAST_OF_DISTRICTS, FIRST_OF_TWO_TIERS = date(2025, 6, 30), date(2025, 7, 1)
TODAY = date(2026, 11, 22)

CHO_DON = {
    "02020": "Thị trấn Bằng Lũng", "02023": "Xã Xuân Lạc", "02026": "Xã Nam Cường", "02029": "Xã Đồng Lạc",
    "02032": "Xã Tân Lập", "02035": "Xã Bản Thi", "02038": "Xã Quảng Bạch", "02041": "Xã Bằng Phúc",
    "02044": "Xã Yên Thịnh", "02047": "Xã Yên Thượng", "02050": "Xã Phương Viên", "02053": "Xã Ngọc Phái",
    "02059": "Xã Đồng Thắng", "02062": "Xã Lương Bằng", "02065": "Xã Bằng Lãng", "02068": "Xã Đại Sảo",
    "02071": "Xã Nghĩa Tá", "02077": "Xã Yên Mỹ", "02080": "Xã Bình Trung", "02083": "Xã Yên Phong",
}  # fmt: skip
HUONG_THUY = {
    "Phường Phú Bài": "19960", "Xã Thủy Vân": "19963", "Xã Thủy Thanh": "19966", "Phường Thủy Dương": "19969",
    "Phường Thủy Phương": "19972", "Phường Thủy Châu": "19975", "Phường Thủy Lương": "19978", "Xã Thủy Bằng": "19981",
    "Xã Thủy Tân": "19984", "Xã Thủy Phù": "19987", "Xã Phú Sơn": "19990", "Xã Dương Hòa": "19993",
}  # fmt: skip


def test_the_communes_of_cho_don_in_august_2020() -> None:
    cho_don = get_place("064", AUGUST_2020)
    assert cho_don.full_name == "Huyện Chợ Đồn"
    assert {place.code: place.full_name for place in list_communes(cho_don, AUGUST_2020)} == CHO_DON
    index = CommuneIndex("064", AUGUST_2020)
    assert {index.find(name): name for name in CHO_DON.values()} == CHO_DON
    assert index.find("TT Bằng Lũng") == "02020"


def test_huong_thuy_before_two_communes_went_to_hue() -> None:
    index = CommuneIndex("479", JUNE_2021)
    assert {name: index.find(name) for name in HUONG_THUY} == HUONG_THUY
    assert len(index) == len(HUONG_THUY)
    assert index.find("Xã Không Có") is None
    later = CommuneIndex("479", date(2021, 7, 1))
    assert len(later) == len(HUONG_THUY) - 2
    assert later.find("Xã Thủy Vân") is None


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [(LAST_OF_DISTRICTS, 63, 696, 10035), (FIRST_OF_TWO_TIERS, 34, 0, 3321), (TODAY, 34, 0, 3321)],
)
def test_the_nation_is_complete(day: date, provinces: int, districts: int, communes: int) -> None:
    found = [place for province in list_children(None, day) for place in list_within(province, day)]
    assert [sum(place.level == level for place in found) for level in (1, 2, 3)] == [provinces, districts, communes]
    assert len(CommuneIndex(None, day)) == communes


def test_a_code_means_another_place_on_another_day() -> None:
    assert get_place("46", date(2024, 12, 31)).full_name == "Tỉnh Thừa Thiên Huế"
    assert get_place("46", date(2025, 1, 1)).full_name == "Thành phố Huế"
    assert get_place("02020", LAST_OF_DISTRICTS).full_name == "Thị trấn Bằng Lũng"
    assert get_place("02020", FIRST_OF_TWO_TIERS).full_name == "Xã Chợ Đồn"
    assert get_place("75", date(2026, 4, 30)).full_name == "Thành phố Đồng Nai"
    assert get_place("07294", date(2026, 9, 19)).full_name == "Xã Bố Hạ"
    assert get_place("07294", date(2026, 9, 20)).full_name == "Phường Bố Hạ"
    assert find_place("064", FIRST_OF_TWO_TIERS) is None


@pytest.mark.parametrize(
    ("code", "day", "said"),
    [
        ("02053", TODAY, "đến hết ngày 30/06/2025; nay thuộc Xã Chợ Đồn (02020)"),
        ("064", TODAY, "Mã này là Huyện Chợ Đồn đến hết ngày 30/06/2025"),
        ("475", JUNE_2021, "từ ngày 01/01/2025"),
        ("02054", AUGUST_2020, "Xã Ngọc Phái (02053)"),
        ("999", TODAY, "không còn cấp huyện"),
        ("2053", AUGUST_2020, "giữ cả số 0 ở đầu"),
    ],
)
def test_a_code_that_is_not_there_is_refused_with_the_nearest(code: str, day: date, said: str) -> None:
    with pytest.raises(UnknownPlace) as refused:
        get_place(code, day)
    assert refused.value.code == "unknown_place"
    assert said in refused.value.message
    assert code in refused.value.message


def test_paths_go_up_from_the_place_itself() -> None:
    assert path_of("02053", AUGUST_2020) == ("02053", "064", "06")
    assert path_of("02020", TODAY) == ("02020", "19")
    assert path_of("06", AUGUST_2020) == ("06",)
    assert list_commune_codes("064", AUGUST_2020) == tuple(CHO_DON)
    assert list_commune_paths("064", AUGUST_2020)["02053"] == ("02053", "064", "06")
    with pytest.raises(UnknownPlace):
        path_of("02053", TODAY)


def test_who_lies_above() -> None:
    ngoc_phai = get_place("02053", AUGUST_2020)
    assert [place.full_name for place in ancestors(ngoc_phai, AUGUST_2020)] == ["Huyện Chợ Đồn", "Tỉnh Bắc Kạn"]
    phu_son = get_place("19990", JUNE_2021)
    assert [place.name for place in ancestors(phu_son, JUNE_2021)] == ["Hương Thủy", "Thừa Thiên Huế"]
    assert [place.name for place in ancestors(phu_son, LAST_OF_DISTRICTS)] == ["Hương Thủy", "Huế"]


def test_districts_decide_until_communes_do() -> None:
    assert [body.code for body in deciding_bodies(get_place("02053", AUGUST_2020), AUGUST_2020)] == ["064"]
    assert [body.code for body in deciding_bodies(get_place("064", AUGUST_2020), AUGUST_2020)] == ["064"]
    bac_kan = deciding_bodies(get_place("06", AUGUST_2020), AUGUST_2020)
    assert len(bac_kan) == 8
    assert {body.kind for body in bac_kan} == {"district"}
    cho_don = get_place("02020", FIRST_OF_TWO_TIERS)
    assert deciding_bodies(cho_don, FIRST_OF_TWO_TIERS) == (cho_don,)
    assert len(deciding_bodies(get_place("19", TODAY), TODAY)) == 92
    with pytest.raises(UnknownPlace):
        deciding_bodies(get_place("064", AUGUST_2020), TODAY)


def test_who_came_after() -> None:
    ngoc_phai = get_place("02053", AUGUST_2020)
    assert [heir.place for heir in successors(ngoc_phai, LAST_OF_DISTRICTS)] == [ngoc_phai]
    (heir,) = successors(ngoc_phai, TODAY)
    assert (heir.place.full_name, heir.part) == ("Xã Chợ Đồn", "whole")
    (province,) = successors(get_place("06", AUGUST_2020), TODAY)
    assert province.place.full_name == "Tỉnh Thái Nguyên"


def test_a_commune_follows_every_change_of_its_code() -> None:
    thuy_van = get_place("19963", JUNE_2021)
    assert [str(heir.place) for heir in successors(thuy_van, date(2021, 7, 1))] == ["Phường Thủy Vân (19963)"]
    phu_thuan = get_place("19744", JUNE_2021)
    assert {heir.place.name: heir.part for heir in successors(phu_thuan, date(2021, 7, 1))} == {
        "Thuận Hòa": "split",
        "Tây Lộc": "split",
    }
    # Huế's old city and its two districts; the island district without communes.
    hue = get_place("474", JUNE_2021)
    assert {heir.place.full_name for heir in successors(hue, LAST_OF_DISTRICTS)} == {"Quận Thuận Hóa", "Quận Phú Xuân"}
    (island,) = successors(get_place("318", AUGUST_2020), TODAY)
    assert (island.place.full_name, island.part) == ("Đặc khu Bạch Long Vĩ", "whole")


def test_what_became_of_a_place_is_told_step_by_step() -> None:
    told = {one.code: one for one in list_predecessors(["02020"], FIRST_OF_TWO_TIERS)}
    # Thị trấn Bằng Lũng went on under its code: nothing became of it.
    assert set(told) == {"02050", "02053", "02065"}
    ngoc_phai = told["02053"]
    assert (ngoc_phai.heir_code, ngoc_phai.part, str(ngoc_phai.heir_from)) == ("02020", "whole", "2025-07")
    assert list_predecessors(["02020"], LAST_OF_DISTRICTS) == ()
    # The code 19756 was Phú Hiệp's to 6/2021 and Gia Hội's after: one place, as all of it went on.
    (phu_cat, gia_hoi) = [one for one in list_predecessors(["19753"], TODAY) if one.code in ("19771", "19756")]
    assert (phu_cat.heir_code, gia_hoi.heir_code) == ("19756", "19753")
    assert (gia_hoi.starts_on.year, gia_hoi.ended_on.year) == (2015, 2025)
    divided = [one for one in list_predecessors(["00082"], TODAY) if one.code == "00076"]
    assert {(one.heir_code, one.part) for one in divided} == {("00070", "split"), ("00082", "split")}


def test_paths_of_codes_leave_out_what_was_not_there() -> None:
    assert list_paths(["02053", "02020"], TODAY) == {"02020": ("02020", "19")}


def test_the_heirs_of_a_district_are_those_of_its_communes() -> None:
    heirs = successors(get_place("064", AUGUST_2020), TODAY)
    assert {heir.place.parent_code for heir in heirs} == {"19"}
    assert {heir.part for heir in heirs} == {"split"}
    assert "Chợ Đồn" in {heir.place.name for heir in heirs}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ngoc phai", "02053"),
        ("Xã Ngọc Phái", "02053"),
        ("phai", "02053"),
        ("TT Bằng Lũng", "02020"),
        ("tt. bang lung", "02020"),
        ("P. Phú Bài", "19960"),
        ("H. Chợ Đồn", "064"),
        ("huyen cho don", "064"),
        ("thi xa huong thuy", "479"),
        ("tx huong thuy", "479"),
        ("bac kan", "06"),
        ("T. Bắc Kạn", "06"),
        ("vi da", "19777"),
        ("phuong vien", "02050"),
        ("02053", "02053"),
    ],
)
def test_a_search_finds_what_people_type(text: str, code: str) -> None:
    assert code in [place.code for place in search_places(text, AUGUST_2020)[:3]]


@pytest.mark.parametrize("code", ["06", "064", "06406"])
def test_a_whole_code_comes_before_longer_ones(code: str) -> None:
    found = search_places(code, AUGUST_2020)
    assert found[0].code == code
    assert all(place.code.startswith(code) for place in found)


def test_the_last_name_of_a_place_that_ended_is_still_known() -> None:
    then, now = find_last_place("064", AUGUST_2020), find_last_place("064", TODAY)
    assert then == now
    assert now is not None
    assert now.full_name == "Huyện Chợ Đồn"
    first = find_last_place("02053", date(1990, 1, 1))
    assert first is not None
    assert first.full_name == "Xã Ngọc Phái"
    assert find_last_place("999", TODAY) is None


def test_a_search_stays_within_a_place_and_a_day() -> None:
    cho_don = get_place("064", AUGUST_2020)
    assert {place.code for place in search_places("yen", AUGUST_2020, within=cho_don)} == {
        "02044", "02047", "02077", "02083",
    }  # fmt: skip
    assert {place.code for place in search_places("0204", AUGUST_2020, within=cho_don)} == {"02041", "02044", "02047"}
    assert search_places("Huyện Chợ Đồn", TODAY) == ()
    assert len(search_places("xã yên", AUGUST_2020, limit=7)) == 7
    assert search_places("  ", AUGUST_2020) == ()
    assert search_places("100%", AUGUST_2020) == ()


def test_namesakes_within_a_province_need_their_accents() -> None:
    index = CommuneIndex("19", TODAY)
    assert index.find("xa cho don") == "02020"
    found = {name: index.find(name) for name in ("Xã Yên Phong", "xa yen phong")}
    assert set(found.values()) == {"02083"}
    assert not any(isinstance(code, Ambiguous) for code in found.values())


def test_every_new_commune_is_found_by_its_own_name() -> None:
    for province in list_children(None, TODAY):
        index = CommuneIndex(province.code, TODAY)
        assert [place.code for place in list_communes(province, TODAY)] == [
            index.find(place.full_name) for place in list_communes(province, TODAY)
        ]


def test_the_load_is_what_the_tables_hold(loaded: PlacesLoaded) -> None:
    assert loaded.units > 14_000


def test_a_commune_named_with_its_district_is_told_from_its_namesake(loaded: object, db: None) -> None:
    """Two communes Phú Cường stood in Hà Nội in 2020: in huyện Sóc Sơn and in huyện Ba Vì."""
    hanoi = CommuneIndex("01", date(2020, 8, 1))
    soc_son, ba_vi = hanoi.find("Xã Phú Cường, Huyện Sóc Sơn"), hanoi.find("xa phu cuong, h. Ba Vì")
    assert isinstance(soc_son, str)
    assert isinstance(ba_vi, str)
    assert soc_son != ba_vi
    assert isinstance(hanoi.find("Xã Phú Cường"), Ambiguous)
    assert isinstance(hanoi.find("Xã Phú Cường, huyện Chương Mỹ"), Ambiguous)
