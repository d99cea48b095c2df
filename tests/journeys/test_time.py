"""Chợ Đồn taken over in February 2021, on the command line: what the calendar foresees, what changed, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import EXAMPLES, CommandLine

REGISTER = str(EXAMPLES / "cho-don-2020-08.xlsx")
PLACE = ("--place", "064")


@pytest.fixture(scope="module")
def played(ansinh: CommandLine) -> CommandLine:
    """The register imported and February played."""
    ansinh.json("register", "import", REGISTER, *PLACE, "--month", "2021-02")
    ansinh.json("month", "play", "2021-02", *PLACE)
    return ansinh


def test_foreseen_played_compared_and_explained(played: CommandLine) -> None:
    """Seen from 20 February over a month: exactly whose line changes in March, when one child turns 4 (2,5 → 1,5).

    Then that line is explained, and what is wrong is refused with the way out.
    """
    ahead = played.json("register", "upcoming", *PLACE, "--on", "2021-02-20", "--days", "30")
    foreseen = {row["person_id"] for row in ahead["upcoming"]}
    assert [(row["said"], row["before_dong"], row["after_dong"], row["decided"]) for row in ahead["upcoming"]] == [
        ("đủ 4 tuổi", 675_000, 405_000, False)
    ]
    assert {"category", "benefit"}.isdisjoint(ahead["upcoming"][0])
    played.json("month", "play", "2021-03", *PLACE)
    told = played.json("month", "compare", "2021-03", *PLACE)
    assert {one["person_id"] for one in told["changes"]} == foreseen
    assert {one["cause"] for one in told["changes"]} == {"calendar"}
    one = told["changes"][0]
    explained = played.json("policy", "explain", "--person", str(one["person_id"]), "--month", "2021-03")
    assert explained["due_dong"] == explained["listed_dong"]
    assert one["full_name"] in explained["explained"][0]
    (line,) = explained["lines"]
    assert (line["kind"], line["amount_dong"]) == ("regular", explained["listed_dong"])
    slip = played.home / "phieu.pdf"
    asked = ("policy", "explain", "--person", str(one["person_id"]), "--month", "2021-03", "--pdf")
    assert played.json(*asked, str(slip), "--without-category")["pdf"] == str(slip)
    assert slip.read_bytes().startswith(b"%PDF")
    assert played.json(*asked, str(played.home / "không-có" / "phieu.pdf"), code=1)["refused"] == "slip_unwritable"
    assert played.json("policy", "explain", "--person", "1", code=1)["refused"] == "say_what"
    same = played.json("month", "compare", "2021-03", "--with", "2021-03", *PLACE, code=1)
    assert same["refused"] == "same_month"
    days = played.json("register", "upcoming", *PLACE, "--on", "2021-03-01", "--days", "0", code=1)
    assert days["refused"] == "days_out_of_range"


def test_a_level_is_loaded_by_two_and_listed(played: CommandLine, tmp_path: Path) -> None:
    """270.000 → 300.000 from 3/2021, listed from 4/2021: looked at, loaded, approved by another, played, proved."""
    # Listed already where the test before this one ran on this home.
    code, _, err = played.run("month", "play", "2021-03", *PLACE)
    assert code == 0 or "03/2021" in err, err
    file = tmp_path / "muc.yaml"
    file.write_text(
        'title: Nghị quyết 15\nlevels: [{regime: tcxh, area: "064", from: "2021-03", value: 300000, law: NQ 15}]\n',
        encoding="utf-8",
    )
    load = ("policy", "draft", "add", str(file), *PLACE, "--from", "2021-04")
    paper = ("--decision", "77/QĐ-UBND", "--decided-on", "2021-03-15")
    seen = played.json(*load, "--preview")
    assert seen["by_kind"]["arrears"]["more_dong"] > 0
    assert played.json("policy", "draft", "list")["level_packs"] == []
    assert played.json(*load, code=1)["refused"] == "level_pack_without_paper"
    loaded = played.json(*load, *paper)
    assert (loaded["state"], loaded["preview"]["more_dong"]) == ("PROPOSED", seen["more_dong"])
    number = str(loaded["level_pack_id"])
    assert played.json("policy", "draft", "approve", number)["state"] == "APPROVED"
    listed = played.json("month", "play", "2021-04", *PLACE)
    assert listed["by_kind"]["arrears"] == seen["by_kind"]["arrears"]["then_dong"]
    shown = played.json("policy", "draft", "show", number)
    assert (len(shown["runs"]), shown["preview"], shown["decision_no"]) == (1, None, "77/QĐ-UBND")
    late = played.json("policy", "draft", "withdraw", number, "--reason", "thử", code=1)
    assert late["refused"] == "level_pack_in_use"
    assert played.json("verify")["differences"] == 0
