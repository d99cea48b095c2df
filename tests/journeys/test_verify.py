"""`ansinh verify` as an operator runs it: nothing to find, then a line changed behind the program's back."""

from __future__ import annotations

import psycopg
import pytest

from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import Home
from tests.journeys.conftest import EXAMPLES, CommandLine


@pytest.fixture(scope="module")
def listed(ansinh: CommandLine) -> CommandLine:
    """Chợ Đồn, August 2020, played."""
    file = EXAMPLES / "cho-don-2020-08.xlsx"
    ansinh.json("register", "import", str(file), "--place", "064", "--month", "2020-08")
    ansinh.json("month", "play", "2020-08", "--place", "064")
    return ansinh


def test_an_untouched_month_shows_no_difference(listed: CommandLine) -> None:
    answer = listed.json("verify")
    assert (answer["differences"], answer["faults"]) == (0, 0)
    assert {1, 2, 3, 4, 6, 8, 9, 10} <= {one["number"] for one in answer["invariants"]}
    assert [one["code"] for one in answer["invariants"] if one["rows"]] == []


def test_a_changed_line_is_named_and_the_answer_is_no(listed: CommandLine) -> None:
    with psycopg.connect(running_server(Home(listed.home)).conninfo) as connection:
        connection.execute("ALTER TABLE payroll_line_202008 DISABLE TRIGGER USER")
        changed = connection.execute(
            "UPDATE payroll_line SET base_dong = base_dong * 2, amount_dong = amount_dong * 2 "
            "WHERE id = (SELECT min(id) FROM payroll_line WHERE commune_code = '02053') RETURNING id, person_id"
        ).fetchone()
    assert changed is not None
    line_id, person_id = changed
    answer = listed.json("verify", code=1)
    found = {one["code"]: one for one in answer["invariants"] if one["differences"]}
    assert answer["differences"] == sum(one["differences"] for one in found.values())
    assert found["lines_equal_due"]["rows"][0]["person_id"] == person_id
    assert found["lists_as_signed"]["rows"][0]["commune_code"] == "02053"
    assert "approved_line_never_changes" in str(found["database_guards"]["rows"])
    code, page, _ = listed.run("verify", "--only", "lines_equal_due", "--place", "02053")
    assert code == 1
    assert f"(người số {person_id})" in page
    assert listed.json("verify", "--only", "lines_equal_due", "--place", "01")["differences"] == 0
    assert line_id


def test_an_unknown_proof_or_place_is_refused(listed: CommandLine) -> None:
    assert listed.json("verify", "--only", "everything", code=1)["refused"] == "no_such_proof"
    assert listed.json("verify", "--place", "00999", code=1)["refused"] == "unknown_place"
