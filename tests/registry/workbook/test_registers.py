"""The two registers an office sent: the clean one comes in whole, the faulty one shows each fault in its cell."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.registry.workbook import RegisterReading, Surroundings, read_register
from tests.registry.workbook.books import LAW

REGISTERS = Path(__file__).parents[3] / "examples" / "registers"
EXPECTED = json.loads((REGISTERS / "cho-don-2020-08.expected.json").read_text(encoding="utf-8"))
KEY: list[dict[str, Any]] = json.loads((REGISTERS / "faulty-register.faults.json").read_text(encoding="utf-8"))
HUONG_THUY = (
    "Phú Sơn", "Thủy Dương", "Thủy Châu", "Thủy Phương", "Thủy Thanh", "Thủy Tân", "Phú Bài", "Thủy Phù", "Thủy Lương",
    "Dương Hòa",
)  # fmt: skip


class Named:
    """Communes found by name with or without their kind."""

    def __init__(self, codes: dict[str, str]) -> None:
        self._codes = codes

    def find(self, text: str) -> str | None:
        key = folded(text)
        # "Phương Viên" starts like a ward's kind once its tones are gone.
        bare = next(
            (key.removeprefix(kind) for kind in ("xa ", "phuong ", "thi tran ", "tt ") if key.startswith(kind)), key
        )
        return self._codes.get(key) or self._codes.get(bare)

    def names(self) -> tuple[str, ...]:
        return tuple(self._codes)


def read_file(name: str, month: str, communes: Named) -> RegisterReading:
    surroundings = Surroundings(
        month=Month.parse(month), law=LAW, bases={"tcxh": (Dong(270_000), Dong(360_000))}, communes=communes
    )
    return read_register((REGISTERS / name).read_bytes(), filename=name, around=surroundings)


@pytest.fixture(scope="module")
def clean() -> RegisterReading:
    communes = {folded(v["name"]).split(" ", 1)[1]: code for code, v in EXPECTED["by_commune"].items()}
    communes["bang lung"] = "02020"
    return read_file("cho-don-2020-08.xlsx", "2020-08", Named(communes))


@pytest.fixture(scope="module", params=["2021-03", "2021-06", "2021-10"])
def faulty(request: pytest.FixtureRequest) -> RegisterReading:
    return read_file("faulty-register.xlsx", request.param, Named({folded(name): folded(name) for name in HUONG_THUY}))


def test_the_clean_register_comes_in_whole(clean: RegisterReading) -> None:
    assert len(clean.accepted) == EXPECTED["rows"]
    assert not clean.set_aside
    assert sum(row.amount.value for row in clean.rows if row.amount) == EXPECTED["total_vnd"]
    assert not [found for found in clean.findings if found.severity == "error"]


def test_the_clean_register_by_commune_and_group(clean: RegisterReading) -> None:
    communes = Counter(row.commune_code for row in clean.rows)
    assert communes == {code: want["count"] for code, want in EXPECTED["by_commune"].items()}
    headings = Counter(row.group_heading for row in clean.rows)
    assert headings == {name: want["count"] for name, want in EXPECTED["by_group"].items()}


def test_every_planned_fault_is_found_in_its_cell(faulty: RegisterReading) -> None:
    found = {(f.row, f.column, f.code) for f in faulty.findings}
    planned = {(row, key["column"], key["fault"]) for key in KEY for row in (key["row"], *key.get("also", []))}
    assert planned - found == set()


def test_rows_without_a_planned_fault_have_no_error(faulty: RegisterReading) -> None:
    planned = {row for key in KEY for row in (key["row"], *key.get("also", []))}
    assert [f for f in faulty.findings if f.severity == "error" and f.row not in planned] == []


def test_only_four_faults_set_a_row_aside(faulty: RegisterReading) -> None:
    aside = {"impossible_date", "unknown_category", "missing_name", "unknown_commune"}
    assert {row.row for row in faulty.set_aside} == {key["row"] for key in KEY if key["fault"] in aside}
    assert len(faulty.rows) == len(faulty.accepted) + len(faulty.set_aside) == 300
