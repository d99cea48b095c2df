"""Rows against the law, against each other, and the place they belong to."""

from __future__ import annotations

from typing import Any

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.registry.workbook.nearest import NearestNames
from ansinh.registry.workbook.reading import read_register
from tests.registry.workbook.books import HEAD, LAW, around, book, codes, person, read, read_people


def test_a_row_without_fault_has_no_finding() -> None:
    assert not codes(read_people(person(1)), 2)


def test_amounts_and_coefficients() -> None:
    reading = read_people(
        person(1, tien=123_456),
        person(2, "Lê Ba", he_so=7.5),
        person(3, "Lê Tư", he_so=2, tien=540_000),
        person(4, "Lê Năm", 1950, he_so=1.5, cccd=""),
        person(5, "Lê Sáu", he_so=3, tien=810_000),
    )
    assert codes(reading, 2) == {"amount_not_coefficient_times_base": "Số tiền"}
    assert codes(reading, 3) == {"coefficient_not_in_law": "Hệ số"}
    assert codes(reading, 4) == {"coefficient_not_for_this_person": "Hệ số"}
    assert "coefficient_not_for_this_person" in codes(reading, 5)
    assert codes(reading, 6) == {"coefficient_not_for_this_person": "Hệ số"}
    assert len(reading.accepted) == 5


def test_another_base_of_the_last_year_is_one_warning_for_the_file() -> None:
    bases = {"tcxh": (Dong(360_000), Dong(270_000))}
    reading = read_people(person(1), person(2, "Lê Ba"), person(3, "Lê Tư", tien=540_000), month="2021-10", bases=bases)
    found = [f for f in reading.findings if f.code == "amounts_at_another_base"]
    assert [(f.sheet, f.row, f.facts["count"], f.facts["base"]) for f in found] == [("", 0, 2, "270.000")]
    assert "amount_not_coefficient_times_base" not in codes(reading)


def test_ages() -> None:
    reading = read_people(
        person(1, "Lê Già", "15/06/1975", loai="NCT từ đủ 80 tuổi trở lên", he_so=1, tien=270_000, cccd=None),
        person(2, "Lê Trẻ", "15/06/2000", loai="Trẻ em mồ côi", he_so=1.5, cccd=None),
        person(3, "Lê Mười Sáu", "15/08/2004", loai="Trẻ em mồ côi", he_so=1.5, cccd=None),
        person(4, "Lê Tám Mươi", "31/08/1940", loai="NCT từ đủ 80 tuổi trở lên", he_so=1, tien=270_000, cccd=None),
        person(5, "Lê Cổ", "1890", cccd=None, he_so=2, tien=540_000),
    )
    assert "too_young_for_category" in codes(reading, 2)
    assert "too_old_for_category" in codes(reading, 3)
    # The month of the birthday itself belongs to the old age and to the new one.
    assert codes(reading, 4).keys() == {"missing_id"}
    assert codes(reading, 5).keys() == {"missing_id"}
    assert "birth_too_long_ago" in codes(reading, 6)


def test_children_of_single_parents() -> None:
    wording = "Người đơn thân nghèo đang nuôi con (02 con)"
    reading = read_people(
        person(1, loai=wording, he_so=2, tien=540_000), person(2, "Lê Ba", loai=wording, he_so=1, tien=270_000)
    )
    assert reading.rows[0].children == 2
    assert not codes(reading, 2)
    assert codes(reading, 3) == {"children_contradict_coefficient": "Hệ số"}


def test_one_number_on_two_people() -> None:
    reading = read_people(
        person(1, cccd="095727376"), person(2, "Lê Ba", cccd="095 727 376"), person(3, "Lê Tư", cccd="095727377")
    )
    assert codes(reading, 2) == codes(reading, 3) == {"duplicate_id": "Số CCCD"}
    assert not codes(reading, 4)


def test_one_number_typed_on_every_row_stays_cheap() -> None:
    reading = read_people(*(person(n, f"Lê {'A' * n}", cccd="095727376") for n in range(1, 300)))
    assert sum(f.code == "duplicate_id" for f in reading.findings) == 299


def test_one_person_twice() -> None:
    reading = read_people(
        person(
            1, "Hồ Công Ngọc", "21/04/1938", loai="NCT từ đủ 80 tuổi trở lên", he_so=1, tien=270_000, cccd="191575311"
        ),
        person(2, "HO CONG NGOC", "21-4-1938", he_so=2, tien=540_000, cccd="191028356"),
    )
    assert codes(reading, 2) == codes(reading, 3) == {"same_person_twice": "Họ và tên"}


def test_one_person_in_two_communes_is_less_sure_unless_they_are_near() -> None:
    rows = (person(1, cccd=None), person(2, cccd=None, xa="Xã Nam Cường"))
    assert "maybe_same_person" in codes(read_people(*rows), 2)
    assert "same_person_twice" in codes(read_people(*rows, near=lambda one, other: True), 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Người đơn thân nghèo đang nuôi con (01 con)", 1, 270_000), ("NKT nặng", 1.5, 405_000)),
        (("Hộ gia đình chăm sóc NKT đặc biệt nặng", 1, 270_000), ("NKT nặng", 1.5, 405_000)),
    ],
)
def test_one_person_in_two_rows_where_the_law_allows_it(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    rows = [person(7, loai=w, he_so=c, tien=t) for w, c, t in (one, other)]
    found = read_people(*rows)
    assert codes(found, 2) == codes(found, 3) == {"one_person_two_rows_lawful": "Họ và tên"}


def test_a_common_name_and_a_year_prove_nothing() -> None:
    rows = [person(n, "Nguyễn Thị Hoa", 1935, he_so=2, tien=540_000, cccd=None) for n in (1, 2)]
    assert codes(read_people(*rows), 2).keys() == {"birth_year_only", "missing_id"}
    with_hamlet = read([[*HEAD, "Thôn"], *([*row, "Nà Pài"] for row in rows)])
    assert "maybe_same_person" in codes(with_hamlet, 2)
    same_number = [person(7, "Nguyễn Thị Hoa", 1984) for _ in (1, 2)]
    assert "same_person_twice" in codes(read_people(*same_number), 2)


def test_carers_and_those_they_care_for() -> None:
    head = [*HEAD, "Người được chăm sóc"]
    carer = {"loai": "Hộ gia đình chăm sóc NKT đặc biệt nặng", "he_so": 1, "tien": 270_000}
    rows = [
        [*person(1, "Lê Ba", **carer), "Ma Xuân Thảo"],
        [*person(2, "Ma Xuân Thảo"), None],
        [*person(3, "Lê Tư", **carer), None],
        [*person(4, "Lê Năm", **carer), "Người Xa Lạ"],
        [*person(5, "Lê Sáu"), "Ma Xuân Thảo"],
    ]
    reading = read([head, *rows])
    assert [codes(reading, row) for row in (2, 3)] == [{}, {}]
    assert codes(reading, 4).keys() == {"carer_without_cared_for"}
    assert codes(reading, 5).keys() == {"cared_for_not_found"}
    assert codes(reading, 6).keys() == {"cared_for_without_carer"}


def test_failed_formulas_are_found_in_the_file_itself() -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("DS")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, person(1)[:-1])
        sheet.write_formula(1, 8, "=H2*#REF!", None, "#REF!")
        sheet.write_row(2, 0, person(2, "Lê Ba")[:-1])
        sheet.write_formula(2, 8, "=H3*270000", None, 405_000)
    reading = read_register(out.getvalue(), around=around())
    assert codes(reading, 2) == {"formula_error": "Số tiền"}
    assert not codes(reading, 3)
    assert not codes(read_people(person(1, tien="#REF!")), 2).keys() - {"formula_error"}


def test_the_commune_is_trusted_in_order() -> None:
    head = ["STT", "Họ và tên", "Năm sinh", "Loại đối tượng"]
    rows = [["XÃ NAM CƯỜNG"], ["Tháng 07 năm 2020"], head, [1, "Lê An", 1990, "NKT nặng"]]
    by_tab = read_register(book({"Xuân Lạc": rows}), around=around())
    assert by_tab.rows[0].commune_code == "02023"
    assert {"sheet_and_title_disagree", "title_month_differs"} <= codes(by_tab).keys()
    by_title = read_register(book({"Sheet1": rows}), around=around())
    assert by_title.rows[0].commune_code == "02026"
    unknown = read_register(book({"Sheet1": rows[2:]}), around=around())
    assert unknown.set_aside
    assert codes(unknown, 2)["unknown_commune"] == ""
    assumed = read_register(book({"Sheet1": rows[2:]}), around=around(only_commune="02020"))
    assert assumed.rows[0].commune_code == "02020"
    assert "commune_assumed" in codes(assumed)


def test_the_commune_column_goes_before_the_tab() -> None:
    reading = read_register(
        book(
            {
                "Xuân Lạc": [
                    HEAD,
                    person(1, xa="Xã Nam Cường"),
                    person(2, "Lê Ba", xa=None),
                    person(3, "Lê Tư", xa="Xã X"),
                ]
            }
        ),
        around=around(),
    )
    assert [row.commune_code for row in reading.rows] == ["02026", "02023", None]
    assert codes(reading, 3) == {"commune_from_sheet": "Xã/Phường"}
    assert codes(reading, 4) == {"unknown_commune": "Xã/Phường"}


def test_a_name_of_two_districts_is_settled_by_the_district_beside_it() -> None:
    head = [*HEAD, "Quận/Huyện"]
    rows = [[*person(1, xa="Xã Phú Cường"), "Huyện Sóc Sơn"], [*person(2, "Lê Ba", xa="Xã Phú Cường"), None]]
    reading = read([head, *rows])
    assert [row.commune_code for row in reading.rows] == ["00442", None]
    (found,) = (f for f in reading.findings if f.code == "unknown_commune")
    assert (found.row, found.column, found.severity, found.sets_aside) == (3, "Xã/Phường", "error", True)
    assert "Xã Phú Cường, Huyện Sóc Sơn (00442); Xã Phú Cường, Huyện Ba Vì (09625)" in found.message
    assert not reading.rows[0].extras


def test_a_district_in_the_title_settles_it_too() -> None:
    head = ["STT", "Họ và tên", "Năm sinh", "Loại đối tượng"]
    rows = [["UBND HUYỆN SÓC SƠN"], ["XÃ PHÚ CƯỜNG"], head, [1, "Lê An", 1990, "NKT nặng"]]
    told = read_register(book({"Sheet1": rows}), around=around())
    assert told.rows[0].commune_code == "00442"
    untold = read_register(book({"Sheet1": rows[1:]}), around=around())
    assert "Huyện Ba Vì" in next(f.message for f in untold.findings if f.code == "unknown_commune")


def test_a_slip_of_the_keyboard_is_answered_with_the_nearest_names() -> None:
    reading = read_people(
        person(1, xa="Xã Xuân Lạp", loai="Người khuyết tạt nặg"),
        person(2, "Lê Ba", xa="Nam Cườg", loai="Trẻ em bị nhiễm HVI thuộc hộ nghèo"),
        person(3, "Lê Tư", xa="Xã Không Có", loai="Cán bộ hưu trí"),
        person(4, "Lê Năm", loai=None),
    )
    said = {(f.row, f.code): f for f in reading.findings}
    assert said[2, "unknown_commune"].facts["nearest"] == "Xã Xuân Lạc"
    assert said[3, "unknown_commune"].facts["nearest"] == "Xã Nam Cường"
    assert "nearest" not in said[4, "unknown_commune"].facts
    assert "Người khuyết tật nặng" in said[2, "unknown_category"].message
    assert "nearest" not in said[4, "unknown_category"].facts
    assert said[5, "unknown_category"].message.startswith("Chưa ghi nhóm đối tượng")
    assert not any("HIV" in f.message for f in reading.findings)


def test_nearest_names_stay_cheap_and_few() -> None:
    names = NearestNames((f"thon so {number}", f"Thôn số {number}") for number in range(200))
    assert names.to("thon so 7") == ("Thôn số 7", "Thôn số 97", "Thôn số 87")
    assert names.to("xom gi do") == ()
    for number in range(1_000):
        names.to(f"khong biet {number}")
    assert names.to("thon so 8") == ()


def test_the_laws_ages_and_pairs() -> None:
    month = Month.of(2020, 8)
    assert LAW.age_span("elderly_80_no_pension", month) == (80, None)
    assert LAW.age_span("child_no_care", month) == (None, 16)
    assert LAW.age_span("carer_child_no_care", month) == (None, None)
    assert LAW.coefficients("elderly_80_no_pension", Month.of(2025, 8)) == frozenset()
    assert LAW.may_hold_both("single_parent_poor", "disabled_severe")
    assert not LAW.may_hold_both("elderly_80_no_pension", "disabled_severe")
    assert LAW.regime("cán bộ hưu trí") is None


def test_a_category_whose_law_has_ended_is_told() -> None:
    bases = {"tcxh": (Dong(500_000),), "social_pension": (Dong(500_000),)}
    row = person(1, "Lê Già", 1940, loai="NCT từ đủ 80 tuổi trở lên", he_so=1, tien=500_000, cccd=None)
    reading = read_people(row, month="2025-08", bases=bases)
    assert {"category_not_in_force"} == codes(reading, 2).keys() - {"birth_year_only", "missing_id"}


def test_progress_reaches_its_end() -> None:
    steps: list[tuple[int, int]] = []
    read_people(
        *(person(n, f"Lê {'A' * n}") for n in range(1, 5)), progress=lambda done, total: steps.append((done, total))
    )
    assert steps[-1][0] == steps[-1][1] > 0
    assert steps == sorted(steps)
