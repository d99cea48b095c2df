"""A draft of levels: read as strictly as the pack, laid over it as another pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import (
    DraftFault,
    Pack,
    digest_of_levels,
    draft_of,
    lay_agreed,
    lay_over,
    load_pack,
    read_draft,
)

PACK = load_pack()
LOCAL = {"regime": "tcxh", "area": "06", "from": "2027-01", "value": 600_000, "law": "Nghị quyết 12/2026/NQ-HĐND"}
LAW = {"nd400": {"title": "Nghị định 400/2026/NĐ-CP", "in_force": "2027-01-01", "money_from": "2027-01"}}
NATIONAL = {"regime": "tcxh", "from": "2027-01", "value": 700_000, "law": "nd400", "article": "d4.k2"}
BANDS = [
    {"from": "2027-01", "value": "2.5", "law": "nd400", "article": "d5.k1", "under_age": 16},
    {"from": "2027-01", "value": "2.0", "law": "nd400", "article": "d5.k1", "from_age": 16},
]


def laid(**content: Any) -> Pack:
    return lay_over(PACK, draft_of({"title": "Thử", **content}, "thu.yaml", PACK))


def amount(pack: Pack, month: Month, *areas: str) -> Dong:
    return pack.standard_amount("tcxh", month, areas).dong


def test_a_local_level_counts_where_and_from_when_it_says() -> None:
    pack = laid(levels=[LOCAL])
    assert [amount(pack, Month.of(2026, 12), "06"), amount(pack, Month.of(2027, 1), "02053", "06")] == [
        Dong(540_000),
        Dong(600_000),
    ]
    assert amount(pack, Month.of(2027, 1), "01000") == amount(PACK, Month.of(2027, 1), "01000")
    assert pack.digest not in (PACK.digest, laid(levels=[{**LOCAL, "value": 602_000}]).digest)
    assert pack.with_settings({}).digest == pack.digest


def test_a_newer_local_level_ends_the_areas_earlier_one() -> None:
    """Hà Nội pays 650.000 from 2025; a lower draft from 2027 is the level then, and the national one is its floor."""
    pack = laid(levels=[{**LOCAL, "area": "01"}])
    assert [amount(pack, Month.of(year, month), "01") for year, month in ((2026, 12), (2027, 1))] == [
        Dong(650_000),
        Dong(600_000),
    ]


def test_a_national_level_names_its_law() -> None:
    pack = laid(laws=LAW, levels=[NATIONAL], coefficients={"disabled_severe": BANDS})
    found = pack.standard_amount("tcxh", Month.of(2027, 1))
    assert (found.dong, pack.laws[found.law].title) == (Dong(700_000), "Nghị định 400/2026/NĐ-CP")
    assert [str(one.value) for one in pack.levels_in("disabled_severe", Month.of(2027, 1))] == ["2.5", "2.0"]


@pytest.mark.parametrize(
    ("content", "place", "cause"),
    [
        ({"levels": [{**LOCAL, "value": 0}]}, "levels[0]", "lớn hơn 0"),
        ({"levels": [LOCAL, {**LOCAL, "value": "600000"}]}, "levels[1]", "phải là số nguyên"),
        ({"levels": [{**LOCAL, "from": "1/2027"}]}, "levels[0]", "NĂM-THÁNG"),
        ({"levels": [{**LOCAL, "regime": "merit"}]}, "levels[0]", "không có chế độ"),
        ({"levels": [{**LOCAL, "muc": 1}]}, "levels[0]", "không hiểu khóa muc"),
        ({"levels": [{**LOCAL, "until": "2026-01"}]}, "levels[0]", "phải sau"),
        ({"levels": [{**LOCAL, "value": 600_001}]}, "-", "không ra số đồng nguyên"),
        ({"levels": [NATIONAL]}, "levels[0]", "không có trong laws.yaml"),
        ({"levels": [{**NATIONAL, "law": "nd335", "from": "2026-07"}]}, "levels[0]", "đã có mức toàn quốc"),
        ({"laws": LAW, "levels": [{k: v for k, v in NATIONAL.items() if k != "article"}]}, "levels[0]", "điều khoản"),
        ({"laws": LAW, "coefficients": {"nobody": BANDS}}, "coefficients.nobody", "không có diện"),
        ({"laws": LAW, "coefficients": {"disabled_severe": BANDS[:1]}}, "coefficients.disabled_severe[0]", "nối liền"),
        ({}, "-", "phải có"),
    ],
)
def test_faults_name_their_place(content: dict[str, Any], place: str, cause: str) -> None:
    with pytest.raises(DraftFault) as refused:
        laid(**content)
    assert (refused.value.facts["file"], refused.value.facts["place"]) == ("thu.yaml", place)
    assert cause in refused.value.message


def test_a_file_is_read_as_text_of_its_kind() -> None:
    text = "title: Thử\nlevels:\n  - {regime: tcxh, area: '06', from: '2027-01', value: 600000, law: Nghị quyết}\n"
    assert read_draft(text.encode(), "thu.yaml", PACK).starts == Month.of(2027, 1)
    for raw in (b"\xff\xfe", b"title: [", b"a: &a [1]\nb: *a\n", b"x" * 70_000, b"- 1", b""):
        with pytest.raises(DraftFault):
            read_draft(raw, "thu.yaml", PACK)


def test_the_examples_are_drafts() -> None:
    files = sorted((Path(__file__).resolve().parents[2] / "examples" / "levels").glob("*.yaml"))
    assert [read_draft(one.read_bytes(), one.name, PACK).starts for one in files] == [
        Month.of(2027, 7),
        Month.of(2027, 1),
    ]


AGREED = """
title: Nghị định 400
laws: {nd400: {title: Nghị định 400/2026/NĐ-CP, in_force: "2027-01-01", money_from: "2027-01"}}
levels:
  - {regime: tcxh, from: "2027-01", value: 700000, law: nd400, article: d4.k2}
  - {regime: tcxh, area: "06", from: "2027-03", value: 800000, law: Nghị quyết 12}
coefficients:
  disabled_severe: [{from: "2027-01", value: "2.5", law: nd400, article: d5.k1}]
"""


def test_levels_agreed_to_are_laid_over_again_and_again_alike() -> None:
    pack = lay_agreed(PACK, AGREED, "muc.yaml")
    assert pack.digest == lay_agreed(load_pack(), str(AGREED), "muc.yaml").digest != PACK.digest
    assert [amount(pack, Month.of(2027, 3)), amount(pack, Month.of(2027, 3), "06")] == [Dong(700_000), Dong(800_000)]
    assert digest_of_levels(AGREED, "muc.yaml") == read_draft(AGREED.encode(), "muc.yaml", PACK).digest


def test_what_a_later_release_holds_itself_counts_as_it_says() -> None:
    """The release knows the decree, at 710.000; the local level and its month are the agreed ones' alone."""
    newer = laid(laws=LAW, levels=[{**NATIONAL, "value": 710_000}], coefficients={"disabled_severe": BANDS})
    pack = lay_agreed(newer, AGREED, "muc.yaml")
    assert [amount(pack, Month.of(2027, 3)), amount(pack, Month.of(2027, 3), "06")] == [Dong(710_000), Dong(800_000)]
    assert [str(one.value) for one in pack.levels_in("disabled_severe", Month.of(2027, 1))] == ["2.5", "2.0"]
    assert lay_agreed(pack, AGREED, "muc.yaml") is pack


def test_what_rests_on_an_unknown_instrument_is_refused() -> None:
    with pytest.raises(DraftFault, match="nd400"):
        lay_agreed(PACK, AGREED.replace("laws: {nd400", "laws: {nd401"), "muc.yaml")
