"""The worked cases of the law, file by file, and what the runner says of a case that fails or cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.policy import CaseFault, load_cases, load_pack, run_case, run_files

HOME = Path(__file__).parent / "cases"
FILES = sorted(HOME.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_law_cases_pass(path: Path) -> None:
    said: list[str] = []
    _, failed = run_files([path], said.append)
    assert failed == 0, "\n".join(said)


def test_there_are_hundreds_of_cases_and_no_id_twice() -> None:
    ids = [case.id for path in FILES for case in load_cases(path)]
    assert len(ids) == len(set(ids)) > 400


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """
- id: A1
  law: NĐ 20 Art 6
  people: {p: {born: '1984-03-03', disability: [{grade: severe}]}}
  due:
    2024-06: [{person: p, category: disabled_severe, coefficient: 1.5, base: 360000, amount: 540000}]
"""


def test_a_failing_month_is_one_line_with_expected_got_and_why(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("540000", "540001"))
    said: list[str] = []
    assert run_files([path], said.append) == (0, 1)
    (line,) = said
    for part in ("A1", "2024-06", "540001", "540000", "mong đợi", "tính được"):
        assert part in line
    assert "\n" not in line


def test_a_line_too_many_fails_and_an_unchecked_month_does_not(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("[{person: p", "[] #"))
    said: list[str] = []
    assert run_files([path], said.append) == (0, 1)
    (case,) = load_cases(written(tmp_path, GOOD))
    assert run_case(case, load_pack()) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- id: [", ("some.yaml", "YAML")),
        ("id: A1", ("some.yaml", "danh sách")),
        (GOOD.replace("law:", "lawyer:"), ("some.yaml", "A1", "lawyer")),
        (GOOD.replace("born:", "birth:"), ("some.yaml", "A1", "people.p", "birth")),
        (GOOD.replace("{grade: severe}", "{grade: heavy}"), ("A1", "disability.1.grade", "heavy")),
        (GOOD.replace("'1984-03-03'", "'1984-13-03'"), ("A1", "born", "1984-13-03")),
        (GOOD.replace("2024-06", "'06/2024'"), ("A1", "due", "06/2024")),
        (GOOD.replace("360000", "'360000'"), ("A1", "due.2024-06.1.base")),
        (GOOD + GOOD, ("A1", "hai lần")),
        (GOOD.replace("born: '1984-03-03', ", ""), ("A1", "people.p", "born")),
        (GOOD.replace("born:", "spouse: q, born:"), ("A1", "spouse", "q")),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(tmp_path: Path, text: str, parts: tuple[str, ...]) -> None:
    path = written(tmp_path, text)
    said: list[str] = []
    passed, failed = run_files([path], said.append)
    assert (passed, failed) == (0, 1)
    for part in parts:
        assert part in said[0]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFault):
        load_cases(tmp_path / "none.yaml")
