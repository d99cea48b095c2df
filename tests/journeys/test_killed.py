"""A month through kill -9 of every command, and of the database, in the middle of it: one effect, nothing lost.

Then the same command by many processes at once: one effect.
"""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import Home
from ansinh.reconcile.types import LIST_COLUMNS, OUTCOME_WORDS, PROOF_WORDS
from tests.journeys.conftest import EXAMPLES, CommandLine
from tests.journeys.killed import killed_while_writing

EXPECTED = json.loads((EXAMPLES / "cho-don-2020-08.expected.json").read_text(encoding="utf-8"))
TOTAL = EXPECTED["total_vnd"]
AUGUST, SEPTEMBER = ("2020-08", "--place", "064"), ("2020-09", "--place", "064")
# How a command ends when what it was to do had been done before it was killed.
DONE_ALREADY = {"nothing_to_release", "step_not_allowed"}


@pytest.fixture(scope="module")
def chance() -> random.Random:
    """The moments of death; the seed is told, so that a failure can be had again."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    return random.Random(seed)  # noqa: S311 - moments, no secret


@pytest.fixture(scope="module")
def registered(ansinh: CommandLine) -> CommandLine:
    """Chợ Đồn's register on a home of its own."""
    file = EXAMPLES / "cho-don-2020-08.xlsx"
    ansinh.json("register", "import", str(file), "--place", "064", "--month", "2020-08")
    return ansinh


def asked(line: CommandLine, statement: str) -> list[tuple[Any, ...]]:
    """Rows of the home's database, whatever became of its server."""
    with psycopg.connect(running_server(Home(line.home)).conninfo) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def through_death(line: CommandLine, *words: str, chance: random.Random, at_once: int = 1) -> list[dict[str, Any]]:
    """A command killed twice, the database under it once, then done by so many at once: their answers.

    Nothing may differ in between. Whoever comes too late is refused, with a reason.
    """
    deaths = [False, True, False]
    caught = [killed_while_writing(line, *words, chance=chance, database=database) for database in deaths]
    print(f"{' '.join(words[:2])}: caught while writing {caught}")
    assert line.json("verify")["differences"] == 0
    processes = [line.start(*words, "--json") for _ in range(at_once)]
    answers = []
    for process in processes:
        out, err = process.communicate(timeout=600)
        answers.append(json.loads(out or "{}"))
        assert process.returncode == 0 or answers[-1].get("refused") in DONE_ALREADY, err
    return answers


def test_a_month_played_through_deaths_comes_to_the_dong(registered: CommandLine, chance: random.Random) -> None:
    """Each death lets the month come a little further; it goes on from where it stood, and ends as if undisturbed."""
    play = ("month", "play", *AUGUST, "--unpaid", "12")
    caught = [killed_while_writing(registered, *play, chance=chance, database=False)]
    for number in range(4):
        after = chance.uniform(0.0, 2.0 + number)
        caught.append(
            killed_while_writing(registered, *play, "--continue", chance=chance, database=number % 3 == 1, after=after)
        )
    print(f"month play: caught while writing {caught}")
    assert registered.json("verify")["differences"] == 0
    played = registered.json(*play, "--continue")
    assert (played["lines"], played["total_dong"]) == (EXPECTED["rows"], TOTAL)
    assert played["paid_dong"] + played["unpaid_dong"] == TOTAL
    assert registered.json("verify")["differences"] == 0
    assert asked(registered, "SELECT count(*), sum(amount_dong)::bigint FROM payout_result WHERE kind = 'paid'") == [
        (people_of_august(registered) - 12, played["paid_dong"])
    ]
    assert registered.json("month", "play", *AUGUST, code=1)["refused"] == "month_already_open"


def counts(taken: dict[str, Any]) -> dict[str, int]:
    """What an import counted."""
    return {name: taken[name] for name in ("file_id", "rows", "applied", "repeats", "set_aside", "paid_dong")}


def people_of_august(line: CommandLine) -> int:
    """People of August's list: each has one order."""
    ((people,),) = asked(line, "SELECT count(DISTINCT person_id) FROM payroll_line WHERE payroll_month = '2020-08-01'")
    return int(people)


@pytest.fixture(scope="module")
def september(registered: CommandLine) -> CommandLine:
    """September approved, after an August with twelve not collected, whichever tests ran before on this home."""
    if not asked(registered, "SELECT 1 FROM settlement_settlement WHERE month = '2020-08-01' AND state = 'CLOSED'"):
        registered.json("month", "play", *AUGUST, "--unpaid", "12", "--continue")
    for verb in ("open", "compute", "check"):
        registered.json("month", verb, *SEPTEMBER)
    asked(
        registered,
        "UPDATE payroll_runfinding SET cleared_at = now(), cleared_by = 'canbo', cleared_reason = 'Đã xác minh'",
    )
    for verb in ("submit", "approve"):
        registered.json("month", verb, *SEPTEMBER)
    return registered


@pytest.fixture(scope="module")
def issued(september: CommandLine, chance: random.Random) -> CommandLine:
    through_death(september, "month", "issue", *SEPTEMBER, chance=chance)
    return september


@pytest.fixture(scope="module")
def released(issued: CommandLine, chance: random.Random) -> CommandLine:
    issued.json("funds", "budget", "064", "tcxh", "2020", "2000000000", "--decision", "7/QĐ", "--on", "2020-08-20")
    sent = issued.json("funds", "transfer", "request", "2020-09", "--place", "064", "--payer", "buu-dien")
    issued.json("funds", "transfer", "sent", str(sent["transfer_id"]), "--voucher", "UNC-9", "--on", "2020-08-24")
    answers = through_death(issued, "month", "release", *SEPTEMBER, chance=chance, at_once=5)
    assert sum("refused" not in answer for answer in answers) <= 1
    return issued


@pytest.fixture(scope="module")
def results(released: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """September's list as the post office sends it back: every thirtieth not collected."""
    heading = {column.field: column.heading for column in LIST_COLUMNS}
    orders = asked(
        released,
        "SELECT listed.code, listed.amount_dong, to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY')"
        " FROM payout_order AS listed WHERE listed.state = 'RELEASED' ORDER BY listed.id",
    )
    file = tmp_path_factory.mktemp("results") / "ket-qua.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(heading.values()))
        writer.writeheader()
        for number, (code, amount, today) in enumerate(orders):
            told = {"order_code": code, "amount": amount, "outcome": OUTCOME_WORDS["paid"], "happened_on": today,
                    "proof": PROOF_WORDS["signature"]}  # fmt: skip
            if number % 30 == 29:
                told |= {"outcome": OUTCOME_WORDS["unpaid"], "reason": "Vắng nhà", "proof": ""}
            writer.writerow({heading[field]: value for field, value in told.items()})
    return file


def test_orders_are_issued_once(issued: CommandLine) -> None:
    ((orders, people, carried),) = asked(
        issued,
        "SELECT count(*), count(DISTINCT person_id), (SELECT count(*) FROM payout_batchitem WHERE is_carried)"
        " FROM payout_order WHERE month = '2020-09-01'",
    )
    assert (orders, carried) == (people, 12)
    assert issued.json("month", "issue", *SEPTEMBER)["batches"] == []


def test_batches_are_released_once(released: CommandLine) -> None:
    assert asked(released, "SELECT count(*) FROM payout_order WHERE state = 'ISSUED'") == [(0,)]
    assert asked(released, "SELECT DISTINCT state FROM payout_batch") == [("RELEASED",)]
    assert released.json("month", "release", *SEPTEMBER, code=1)["refused"] == "nothing_to_release"


def test_results_are_recorded_once(released: CommandLine, results: Path, chance: random.Random) -> None:
    answers = through_death(
        released, "results", "import", str(results), "--month", "2020-09", chance=chance, at_once=10
    )
    taken = answers[0]
    assert {tuple(sorted(counts(one).items())) for one in answers} == {tuple(sorted(counts(taken).items()))}
    rows = results.read_text(encoding="utf-8-sig").count("\n") - 1
    assert (taken["rows"], taken["applied"], taken["set_aside"]) == (rows, rows, 0)
    ((paid, unpaid),) = asked(
        released,
        "SELECT sum(amount_dong) FILTER (WHERE kind = 'paid')::bigint,"
        " sum(amount_dong) FILTER (WHERE kind = 'unpaid')::bigint FROM payout_result"
        " JOIN payout_batch ON payout_batch.id = batch_id WHERE month = '2020-09-01'",
    )
    assert (taken["paid_dong"], taken["unpaid_dong"]) == (paid, unpaid)
    assert released.json("verify")["differences"] == 0


def test_the_month_is_closed_once(released: CommandLine, results: Path, chance: random.Random) -> None:
    released.json("results", "import", str(results), "--month", "2020-09")
    through_death(released, "month", "close", *SEPTEMBER, chance=chance)
    states = asked(released, "SELECT DISTINCT state FROM settlement_settlement WHERE month = '2020-09-01'")
    assert states == [("CLOSED",)]
    assert released.json("month", "close", *SEPTEMBER, code=1)["refused"] == "step_not_allowed"
    assert released.json("verify")["differences"] == 0
