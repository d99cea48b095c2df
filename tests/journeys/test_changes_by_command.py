"""What became of people, told on the command line: looked at, recorded, read again, taken back."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import CommandLine


@pytest.fixture(scope="module")
def place(ansinh: CommandLine) -> str:
    """The demonstration's commune, with two months listed."""
    made = ansinh.json("demo")
    assert made["made"]
    return str(made["place"])


def test_a_change_is_looked_at_recorded_read_and_undone(ansinh: CommandLine, place: str) -> None:
    recent = ansinh.json("change", "list", "--place", place)
    assert recent["found"] == 0
    first = ansinh.json("change", "list", "1")
    assert first["changes"] == []
    death = ("change", "death", "1", "--on", "2026-09-03", "--evidence", "Trích lục khai tử")
    looked = ansinh.json(*death, "--preview")
    assert not looked["recorded"]
    assert looked["people"][0]["person_id"] == 1
    assert {line["kind"] for line in looked["people"][0]["lines"]} <= {"recovery", "arrears", "regular"}
    assert looked["people"][0]["total_dong"] < looked["people"][0]["total_without_dong"]
    assert ansinh.json("change", "list", "1")["changes"] == []
    told = ansinh.json(*death)
    assert (told["recorded"], told["kind"], told["effective_on"]) == (True, "death", "2026-09-03")
    assert ansinh.json(*death, code=1)["refused"] == "already_dead"
    code, out, _ = ansinh.run("change", "list", "1")
    assert code == 0
    assert "Qua đời" in out
    (listed,) = ansinh.json("change", "list", "--place", place)["changes"]
    assert (listed["name"], listed["is_undone"]) == ("Qua đời", False)
    then = ansinh.json("change", "known", "1", "--on", "2020-01-01")
    assert "died_on" not in then["facts"]
    undo = ("change", "undo", str(told["change_id"]))
    assert ansinh.json(*undo, code=1)["refused"] == "undone_without_reason"
    undone = ansinh.json(*undo, "--reason", "trùng tên")
    assert undone["kind"] == "undo_change"
    code, out, _ = ansinh.run(*death, "--preview")
    assert code == 0
    assert "Xem trước, chưa ghi gì" in out


@pytest.mark.usefixtures("place")
def test_what_cannot_be_read_is_refused_in_words(ansinh: CommandLine) -> None:
    assert ansinh.json("change", "list", code=1)["refused"] == "whose_changes"
    children = ("change", "children", "1", "--on", "2026-09-03", "--child")
    assert ansinh.json(*children, "hôm qua", code=1)["refused"] == "child_unread"
    told = ansinh.json(*children, "2012-05-05:studying")
    assert told["kind"] == "children"
    fact = ansinh.json("change", "fact", "1", "poverty", "rich", "--on", "2026-09-03", code=1)
    assert fact["refused"] == "unknown_fact_value"
