"""The tables that come with the program, without a database: corrections applied, every day covered."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from ansinh.places.actions import TABLES
from ansinh.places.rules import NameIndex, search_name, split_full_name
from ansinh.places.types import Ambiguous, Place

Line = dict[str, str]
NAMESAKES = {
    "Ba Tô", "Ba Tơ", "Cẩm Giang", "Cẩm Giàng", "Lộc Thành", "Lộc Thạnh", "Sơn Hà", "Sơn Hạ",
    "Thanh An", "Thạnh An", "Tân Thành", "Tân Thạnh", "Văn Lang", "Văn Lăng",
}  # fmt: skip


@cache
def lines(name: str) -> tuple[Line, ...]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def on(day: str, kind: str = "") -> list[Line]:
    return [
        line
        for line in lines("units.csv")
        if line["starts_on"] <= day and (not line["ends_on"] or day < line["ends_on"]) and kind in ("", line["kind"])
    ]


def indexes(day: str) -> Iterator[tuple[list[Line], NameIndex]]:
    """The communes under each district, or under each province from 1/7/2025, and the index of their names."""
    below: dict[str, list[Line]] = defaultdict(list)
    for line in on(day, "commune"):
        below[line["parent_code"]].append(line)
    for parent_code, found in below.items():
        yield (
            found,
            NameIndex(
                Place(0, line["code"], "commune", line["type"], line["name"], parent_code, (), date(2015, 1, 1), None)
                for line in found
            ),
        )


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2025-06-30", {"province": 63, "district": 696, "commune": 10035}),
        ("2025-07-01", {"province": 34, "commune": 3321}),
        ("2026-11-22", {"province": 34, "commune": 3321}),
    ],
)
def test_counts_of_a_day(day: str, counts: dict[str, int]) -> None:
    assert Counter(line["kind"] for line in on(day)) == counts


def test_types_after_the_two_tiers() -> None:
    """QĐ 19/2025/QĐ-TTg: 2,621 communes, 687 wards, 13 special zones; 22 communes became wards in 2026."""
    assert Counter(line["type"] for line in on("2025-07-01", "commune")) == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}
    assert Counter(line["type"] for line in on("2026-11-22", "commune")) == {"Xã": 2599, "Phường": 709, "Đặc khu": 13}
    assert Counter(line["type"] for line in on("2026-11-22", "province")) == {"Tỉnh": 25, "Thành phố": 9}


def test_every_correction_stands_in_the_table() -> None:
    known = {(line["code"], line["starts_on"], line["ends_on"]): line for line in lines("units.csv")}
    for correction in lines("corrections.csv"):
        span = correction["code"], correction["starts_on"], correction["ends_on"]
        assert correction["source"], span
        assert correction["why"], span
        if correction["full_name"]:
            line = known[span]
            assert (line["type"], line["name"]) == split_full_name(correction["full_name"])
            assert line["parent_code"] == correction["parent_code"]
        else:
            day = correction["starts_on"]
            assert correction["code"] not in {line["code"] for line in on(day)}


def test_every_correction_of_a_succession_stands_in_the_table() -> None:
    known = {(line["old_code"], line["new_code"], line["on"]) for line in lines("successors.csv")}
    for correction in lines("corrections_of_successors.csv"):
        pair = correction["old_code"], correction["new_code"], correction["on"]
        assert correction["source"], pair
        assert (pair in known) == (correction["op"] == "add"), pair


def test_nothing_ends_without_an_heir_and_nothing_comes_from_nowhere() -> None:
    ended = {(line["old_code"], line["on"]) for line in lines("successors.csv")}
    # Districts of 30/6/2025 ended for good; their communes have the heirs.
    assert not {
        line["code"]
        for line in lines("units.csv")
        if line["ends_on"]
        and (line["code"], line["ends_on"]) not in ended
        and (line["kind"] != "district" or line["ends_on"] != "2025-07-01")
    }
    heirs = {line["new_code"] for line in lines("successors.csv") if line["on"] == "2025-07-01"}
    assert {line["code"] for line in on("2025-07-01")} == heirs


def test_both_ends_of_a_succession_are_there_on_their_day() -> None:
    for day in {line["on"] for line in lines("successors.csv")}:
        before = {line["code"] for line in on((date.fromisoformat(day) - timedelta(days=1)).isoformat())}
        after = {line["code"] for line in on(day)}
        pairs = [line for line in lines("successors.csv") if line["on"] == day]
        assert {line["old_code"] for line in pairs} <= before
        assert {line["new_code"] for line in pairs} <= after


def test_how_many_communes_were_shared_out() -> None:
    split = [line for line in lines("successors.csv") if line["part"] == "split" and line["on"] == "2025-07-01"]
    assert len({line["old_code"] for line in split}) == 441
    shares = Counter((line["old_code"], line["on"]) for line in lines("successors.csv"))
    assert all(
        (shares[line["old_code"], line["on"]] > 1) == (line["part"] == "split") for line in lines("successors.csv")
    )


def test_names_are_written_as_names() -> None:
    for line in lines("units.csv"):
        assert re.fullmatch(r"[^\W_]+(?:[ '-]+[^\W_]+)*", line["name"]), line
        assert line["name"][0].isupper() or line["name"][0].isdigit(), line


@pytest.mark.parametrize("day", ["2020-08-01", "2021-06-01", "2025-06-30", "2025-07-01", "2026-11-22"])
def test_every_commune_is_found_by_its_full_name(day: str) -> None:
    for found, index in indexes(day):
        for line in found:
            assert index.find(f"{line['type']} {line['name']}") == line["code"], line


def test_only_namesakes_need_their_accents() -> None:
    """Eight pairs within one province differ by accents alone (two of them Tân Thành, Tân Thạnh)."""
    unclear = {
        line["name"]
        for found, index in indexes("2026-11-22")
        for line in found
        if isinstance(index.find(search_name(f"{line['type']} {line['name']}")), Ambiguous)
    }
    assert unclear == NAMESAKES
