"""Offices' words for the groups of the law."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from ansinh.kernel.month import Month
from ansinh.registry.workbook.wordings import Wordings, category_by_rule, families_of_heading, wording_key
from tests.registry.workbook.books import LAW, codes, person, read_people

AUGUST = Month.of(2020, 8)


def words(own: dict[str, str] | None = None) -> Wordings:
    return Wordings(AUGUST, own or {}, lambda code: LAW.regime(code) is not None)


@pytest.mark.parametrize(
    ("wording", "category"),
    [
        ("NKT  NẶNG", "disabled_severe"),
        ("người khuyết tật đặc biệt nặng.", "disabled_exceptional"),
        ("disabled_severe", "disabled_severe"),
        ("Người đơn thân nghèo đang nuôi con (02 con)", "single_parent_poor"),
        ("NCT cô đơn thuộc hộ nghèo", "elderly_poor_no_carer"),
        ("Hộ nhận nuôi dưỡng trẻ em mồ côi", "carer_child_no_care"),
        ("Hộ gia đình chăm sóc NKT đặc biệt nặng", "carer_household_exceptional"),
        ("Trẻ em khuyết tật nặng dưới 16 tuổi", "disabled_severe"),
        ("Khuyết tật nặng - thần kinh tâm thần", "disabled_severe"),
        ("Trẻ em dưới 3 tuổi thuộc hộ nghèo", "child_under3_special_area"),
        ("Cán bộ hưu trí", None),
        ("Người khuyết tật", None),
        ("NKT nhẹ", None),
        ("Người khuyết tật nặng, đặc biệt nặng", None),
        ("Hộ gia đình có NKT nặng", None),
        ("Thương binh", None),
        ("", None),
    ],
)
def test_wordings(wording: str, category: str | None) -> None:
    read = words().read(wording)
    assert (read.categories[0] if read.categories else None) == category


def test_counts_of_children() -> None:
    said = ("con (02 con)", "03 con", "hai con")
    assert [words().read(f"Người đơn thân nghèo đang nuôi {count}").children for count in said] == [2, 3, 2]
    assert words().read("Trẻ em dưới 3 tuổi nghèo vùng ĐBKK").children is None


def test_two_groups_in_one_cell() -> None:
    read = words().read("NKT nặng + Người đơn thân nghèo đang nuôi con (01 con)")
    assert (read.categories, read.children) == (("disabled_severe", "single_parent_poor"), 1)


def test_an_offices_own_words_go_first() -> None:
    assert words({"Diện 7": "disabled_severe"}).read("diện 7").categories == ("disabled_severe",)
    reading = read_people(person(1, loai="Diện 7"), wordings={"DIỆN 7": "disabled_severe"})
    assert reading.rows[0].category == "disabled_severe"


def test_shipped_wordings_name_categories_of_the_law_and_agree_with_the_rules() -> None:
    text = resources.files("ansinh.registry.workbook").joinpath("wordings.csv").read_text(encoding="utf-8")
    for line in csv.DictReader(text.splitlines()):
        assert LAW.regime(line["category"]) is not None, line
        assert category_by_rule(wording_key(line["wording"])) in (line["category"], None), line


def test_a_guess_is_told_and_no_finding_sets_anybody_apart() -> None:
    reading = read_people(
        person(1, loai="Khuyết tật nặng - thần kinh"),
        person(2, "Lê Ba", loai="Người có HIV nghèo xã Xuân Lạc"),
        ["II", None, "Người nhiễm HIV thuộc hộ nghèo"],
        person(3, "Lê Tư"),
        person(4, "Lê Năm", loai="Nhiễm HIV + NKT nặng"),
        person(5, "Lê Sáu", loai=None),
    )
    assert {"group_heading_contradicts_category", "two_categories_in_one_row"} <= codes(reading).keys()
    assert "category_by_rule" in codes(reading, 2)
    assert "category_by_rule" not in codes(reading, 3)
    assert not [f for f in reading.findings if "hiv" in f"{f.message} {f.facts}".lower()]
    by_code: dict[str, set[str]] = {}
    for found in reading.findings:
        by_code.setdefault(found.code, set()).add(found.message)
    assert len(by_code["category_from_heading"]) == 1
    assert not [message for said in by_code.values() for message in said if "kín" in message]


def test_headings() -> None:
    assert "disabled_severe" in families_of_heading("Người khuyết tật theo Nghị định 28/2012/NĐ-CP")
    assert families_of_heading("Người khuyết tật nặng, đặc biệt nặng") == {"disabled_severe", "disabled_exceptional"}
    assert families_of_heading("Thôn Nà Pài") == frozenset()
