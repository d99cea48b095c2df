"""The pack: every value has its article, faults are told by file and place, tables say what papers print."""

from __future__ import annotations

import doctest
import itertools
import shutil
import time
from datetime import date
from pathlib import Path

import pytest

import ansinh.policy
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import NoStandardAmount, NoSuchCategory, PackFault, citations, decide, explaining, load_pack
from ansinh.policy.citations import printed
from ansinh.policy.clauses import MERIT, REGISTER
from ansinh.policy.compiled import rules_of
from ansinh.policy.types import Circle, Grant, PersonFacts

PACK = load_pack()
HOME = Path(ansinh.policy.__file__).parent / "pack"


def test_every_clause_and_every_level_names_a_law_of_the_pack() -> None:
    for category in PACK.categories:
        assert category.clauses
        assert {clause.law for clause in category.clauses.values()} <= set(PACK.laws)
        assert all(level.law in PACK.laws and printed(level.article) for level in category.levels)


def test_each_clause_of_the_pack_has_its_function_and_each_function_its_clause_in_words() -> None:
    written = {
        (MERIT if category.kind == MERIT else category.code, law)
        for category in PACK.categories
        for law in category.clauses
    }
    assert {(entry.category, entry.law) for entry in REGISTER} == written
    assert all(len(entry.text) > 20 for entry in REGISTER)


def test_clauses_of_a_category_follow_each_other_without_overlap() -> None:
    for clauses in rules_of(PACK).clauses.values():
        for earlier, later in itertools.pairwise(clauses):
            assert earlier.until == later.since


def test_the_six_groups_of_papers_until_june_2021() -> None:
    assert PACK.list_groups(Month.of(2020, 8)) == (
        "Trẻ em không có nguồn nuôi dưỡng",
        "Người nhiễm HIV thuộc hộ nghèo",
        "Người đơn thân nuôi con nhỏ thuộc hộ nghèo",
        "Người cao tuổi",
        "Người khuyết tật theo Nghị định 28/2012/NĐ-CP",
        "Hộ gia đình nhận nuôi dưỡng, chăm sóc người khuyết tật, trẻ em mất nguồn nuôi dưỡng",
    )


def test_every_category_in_force_has_a_group() -> None:
    for month in (Month.of(2021, 8), Month.of(2025, 8), Month.of(2026, 11)):
        for category in PACK.categories:
            if PACK.levels_in(category.code, month) and category.kind != MERIT:
                assert PACK.group_of(category.code, month) in PACK.list_groups(month)


@pytest.mark.parametrize(
    ("month", "dong", "law"),
    [("2015-01", 270_000, "nd136"), ("2021-06", 270_000, "nd136"), ("2021-07", 360_000, "nd20"),
     ("2024-07", 500_000, "nd76"), ("2026-06", 500_000, "nd76"), ("2026-07", 540_000, "nd335")],
)  # fmt: skip
def test_the_national_standard_amount(month: str, dong: int, law: str) -> None:
    found = PACK.standard_amount("tcxh", Month.parse(month))
    assert (found.dong, found.law, found.area) == (Dong(dong), law, None)


def test_a_province_pays_its_own_level_only_while_it_is_the_higher_one() -> None:
    assert PACK.standard_amount("tcxh", Month.of(2022, 1), ("01",)).dong == Dong(440_000)
    assert PACK.standard_amount("tcxh", Month.of(2024, 8), ("01",)).dong == Dong(500_000)
    assert PACK.standard_amount("social_pension", Month.of(2026, 6), ("08",)).dong == Dong(530_000)
    assert PACK.standard_amount("social_pension", Month.of(2026, 7), ("08",)).dong == Dong(540_000)


def test_an_area_merged_later_does_not_get_the_levels_of_the_old_province() -> None:
    assert PACK.standard_amount("tcxh", Month.of(2022, 2), ("31",)).dong == Dong(500_000)
    assert PACK.standard_amount("tcxh", Month.of(2022, 2), ("31", "30")).dong == Dong(360_000)


def test_levels_not_taken_leave_the_amount_before() -> None:
    found = PACK.standard_amount("tcxh", Month.of(2021, 9), levels_not_taken=frozenset({"nd20"}))
    assert found.dong == Dong(270_000)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(NoSuchCategory, match="orphan"):
        PACK.category("orphan")
    with pytest.raises(NoStandardAmount, match="06/2025"):
        PACK.standard_amount("social_pension", Month.of(2025, 6))


@pytest.mark.parametrize(
    ("name", "old", "new", "parts"),
    [
        ("standard_amounts.yaml", "law: nd20, ", "", ("tcxh[3]", "law")),
        ("standard_amounts.yaml", "value: 360000", 'value: "360000"', ("tcxh[3]", "value")),
        ("standard_amounts.yaml", 'from: "2021-07", value: 360000', 'from: "07/2021", value: 360000', ("from",)),
        ("categories/children.yaml", ", article: d6.k1.a", "", ("child_no_care.values[0]", "article")),
        ("categories/children.yaml", "article: d6.k1.a", 'article: "Điều 6"', ("child_no_care.values[0]", "article")),
        ("categories/children.yaml", "under_age: 4", "under_age: 5", ("child_no_care", "nối liền")),
        ("categories/children.yaml", "kind: tcxh", "kind: other", ("child_no_care", "kind")),
        ("categories/children.yaml", "order: 10", "rank: 10", ("child_no_care", "order")),
        ("settings.yaml", "default: birthday_22", "default: forever", ("study_cap", "birthday_22")),
        ("groups.yaml", "[single_parent_poor]", "[single_parent]", ("groups[2]", "single_parent")),
        ("provinces/01.yaml", 'area: "01"', "area: 1", ("levels[0]", "area")),
        ("laws.yaml", 'in_force: "2021-07-01"', 'in_force: "1/7/2021"', ("nd20", "in_force")),
        ("pack.yaml", "version:", "version: [", ("YAML",)),
    ],
)
def test_a_fault_in_the_pack_names_file_place_and_cause(
    tmp_path: Path, name: str, old: str, new: str, parts: tuple[str, ...]
) -> None:
    home = tmp_path / "pack"
    shutil.copytree(HOME, home)
    text = (home / name).read_text(encoding="utf-8")
    assert old in text
    (home / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackFault) as refused:
        load_pack(home)
    for part in (name, *parts):
        assert part in refused.value.message


def test_the_digest_follows_every_value(tmp_path: Path) -> None:
    home = tmp_path / "pack"
    shutil.copytree(HOME, home)
    assert load_pack(home).digest == PACK.digest
    other = tmp_path / "other"
    shutil.copytree(HOME, other)
    text = (other / "standard_amounts.yaml").read_text(encoding="utf-8")
    (other / "standard_amounts.yaml").write_text(text.replace("540000", "560000"), encoding="utf-8")
    assert load_pack(other).digest != PACK.digest


def test_loading_and_deciding_are_fast(tmp_path: Path) -> None:
    """Generous bounds: a slow machine passes, a loop over months or a slow loader does not."""
    home = tmp_path / "pack"
    shutil.copytree(HOME, home)
    began = time.process_time()
    load_pack(home)
    assert time.process_time() - began < 0.3
    circle = Circle({"p": PersonFacts(born=date(1932, 1, 1))}, (Grant("g", "p", "elderly_80_no_pension"),))
    decide(circle, PACK)
    began = time.process_time()
    for _ in range(500):
        decide(circle, PACK)
    assert (time.process_time() - began) / 500 < 0.001


def test_the_examples_in_docstrings_hold() -> None:
    for module in (citations, explaining):
        found = doctest.testmod(module)
        assert found.attempted > 0
        assert found.failed == 0
