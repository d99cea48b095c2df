"""A province's month through kill -9 of what does it and of the database: a register made up, what people are owed
worked out, many lists opened, computed, checked, submitted and approved, a payer's file taken in and recorded; each
done whole, once, or not."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from ansinh.reconcile.types import LIST_COLUMNS, OUTCOME_WORDS, PROOF_WORDS
from tests.journeys.caught import asked, begun, killed_at_its_end, until
from tests.journeys.conftest import CommandLine, ready_home

PROVINCE, MONTH, POST = "04", "2026-10", "buu-dien"
THERE = (MONTH, "--place", PROVINCE)
# More than are decided in one transaction.
PEOPLE = 11_000
WORKER_OR_DATABASE = pytest.mark.parametrize("database", [False, True], ids=["worker", "database"])
_PARTS_OF_TABLES = """
SELECT (SELECT count(*) FROM pg_indexes WHERE tablename LIKE 'registry_%'),
    (SELECT count(*) FROM pg_constraint WHERE conrelid::regclass::text LIKE 'registry_%')
"""


# A list nobody is in; one that says it is computed and has no line, or the other way about; one that says it is
# submitted and is not sealed; one approved whose money is not set aside.
_NOT_WHOLE = """
SELECT run.id FROM payroll_run AS run
WHERE NOT EXISTS (SELECT 1 FROM payroll_rosterentry AS entry WHERE entry.run_id = run.id)
    OR (run.computed_at IS NOT NULL) <> EXISTS (SELECT 1 FROM payroll_line AS line WHERE line.run_id = run.id)
    OR (run.submitted_at IS NOT NULL)
        <> EXISTS (SELECT 1 FROM payroll_communelist AS sealed WHERE sealed.run_id = run.id)
    OR (run.approved_at IS NOT NULL)
        <> EXISTS (SELECT 1 FROM funds_reservation AS kept WHERE kept.document = 'run:' || run.id)
"""
# What the trail says was done to a list more than once.
_TWICE = """
SELECT facts ->> 'run_id', count(*) FROM platform_auditentry WHERE action = %s GROUP BY 1 HAVING count(*) > 1
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """A home with nobody in its register."""
    line = CommandLine(ready_home(tmp_path_factory))
    line.json("start")
    yield line
    line.run("stop")


@pytest.fixture(scope="module")
def peopled(empty: CommandLine) -> CommandLine:
    """A province with people."""
    empty.json("synth", "--people", str(PEOPLE), "--province", PROVINCE, "--month", MONTH)
    return empty


@pytest.fixture(scope="module")
def opened(peopled: CommandLine) -> CommandLine:
    """Its month opened: a list a commune."""
    peopled.json("month", "open", *THERE)
    return peopled


@pytest.fixture(scope="module")
def commune(opened: CommandLine) -> str:
    """The commune with the fewest people of those with a hundred; its month's orders are in the payer's hands."""
    ((code,),) = asked(
        opened,
        "SELECT run.place_code FROM payroll_run AS run INNER JOIN payroll_rosterentry AS entry ON entry.run_id = run.id"
        " GROUP BY run.place_code HAVING count(*) >= 100 ORDER BY count(*), run.place_code LIMIT 1",
    )
    there = (MONTH, "--place", code)
    for verb in ("compute", "check", "submit", "approve", "issue"):
        opened.json("month", verb, *there)
    for fund in ("tcxh", "social_pension"):
        opened.json("funds", "budget", code, fund, "2026", "900000000", "--decision", "01", "--on", "2025-12-20")
    sent = opened.json("funds", "transfer", "request", *there, "--payer", POST)
    opened.json("funds", "transfer", "sent", str(sent["transfer_id"]), "--voucher", "U1", "--on", today(opened))
    opened.json("month", "release", *there)
    return str(code)


def today(line: CommandLine) -> str:
    ((day,),) = asked(line, "SELECT to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')")
    return str(day)


def state_of(line: CommandLine, job: int) -> str:
    return str(asked(line, "SELECT state FROM jobs_job WHERE id = %s", job)[0][0])


def done_through_death(line: CommandLine, job: int, *, wrote: Any, database: bool, after: str = "") -> dict[str, Any]:
    """What came of a job whose worker, or the database under it, was killed as it would have committed."""
    with begun(line, "worker", "--concurrency", "1") as worker:
        killed_at_its_end(line, worker, wrote=wrote, database=database, after=after)
        if database:
            # The same worker starts the server again and finds the job it had to let go.
            until(lambda: state_of(line, job) not in {"WAITING", "RUNNING"})
    if not database:
        assert state_of(line, job) == "RUNNING"
        assert asked(line, _NOT_WHOLE) == []
        with begun(line, "worker", "--concurrency", "1"):
            until(lambda: state_of(line, job) not in {"WAITING", "RUNNING"})
    shown = line.json("jobs", "show", str(job))
    assert (shown["state"], shown["attempts"]) == ("DONE", 2), shown["fault"]
    assert line.json("verify")["differences"] == 0
    return dict(shown["result"])


@WORKER_OR_DATABASE
def test_a_register_made_up_half_leaves_it_empty(empty: CommandLine, database: bool) -> None:
    before = asked(empty, _PARTS_OF_TABLES)
    with begun(empty, "synth", "--people", "300", "--province", PROVINCE, "--month", MONTH, "--workers", "2") as synth:
        killed_at_its_end(empty, synth, wrote="registry_person", database=database)
    assert asked(empty, "SELECT (SELECT count(*) FROM registry_person), (SELECT count(*) FROM registry_grant)") == [
        (0, 0)
    ]
    assert asked(empty, _PARTS_OF_TABLES) == before


def test_what_people_are_owed_goes_on_with_those_left(peopled: CommandLine) -> None:
    """Two parts by two processes: the one committed stays when they are killed, the other is decided again."""
    decided = "SELECT count(*) FROM entitlement_spanstate"
    told: list[int] = []
    for database in (False, True):
        with begun(peopled, "month", "refresh", *THERE, "--workers", "2") as refresh:
            killed_at_its_end(
                peopled, refresh, wrote="entitlement_spanstate", database=database,
                after="SELECT count(*) > 0 FROM entitlement_spanstate",
            )  # fmt: skip
        told += asked(peopled, decided)[0]
    assert 0 < told[0] == told[1]
    rest = peopled.json("month", "refresh", *THERE)["people"]
    assert asked(peopled, decided) == [(told[0] + rest,)]
    assert rest > told[0]
    assert peopled.json("month", "refresh", *THERE)["people"] == 0
    assert peopled.json("verify")["differences"] == 0


def test_many_lists_are_opened_each_whole_and_once(peopled: CommandLine) -> None:
    """The fixture after this one finds all of them open."""
    job = peopled.json("jobs", "month", "open", *THERE)["job_id"]
    result = done_through_death(
        peopled, job, wrote="payroll_rosterentry", database=True, after="SELECT count(*) > 2 FROM payroll_run"
    )
    ((lists,),) = asked(peopled, "SELECT count(*) FROM payroll_run")
    assert result["passed_over"] > 2
    assert (result["done"] + result["passed_over"], result["refused"]) == (lists, 0)
    assert asked(peopled, _NOT_WHOLE) == []
    assert asked(peopled, _TWICE, "payroll.open_run") == []


@WORKER_OR_DATABASE
def test_many_lists_are_computed_each_whole_and_once(opened: CommandLine, database: bool) -> None:
    job = opened.json("jobs", "month", "compute", *THERE)["job_id"]
    result = done_through_death(opened, job, wrote="payroll_line", database=database)
    ((lists,),) = asked(opened, "SELECT count(*) FROM payroll_run")
    assert (result["done"], result["passed_over"], result["refused"]) == (lists, 0, 0)
    assert asked(opened, _NOT_WHOLE) == []


@WORKER_OR_DATABASE
def test_a_payers_file_is_taken_in_and_recorded_once(
    opened: CommandLine, commune: str, database: bool, tmp_path: Path
) -> None:
    orders = asked(
        opened,
        "SELECT listed.code, listed.amount_dong::bigint FROM payout_order AS listed"
        " INNER JOIN payout_batchitem AS item ON item.order_id = listed.id"
        " INNER JOIN payout_batch AS batch ON item.batch_id = batch.id"
        " WHERE batch.payer = %s AND listed.state = 'RELEASED' AND batch.place_code = %s ORDER BY listed.id LIMIT 40",
        POST, commune,
    )  # fmt: skip
    total = sum(amount for _, amount in orders)
    recorded_before = asked(opened, "SELECT count(*) FROM payout_result")[0][0]
    file = tmp_path / "ket-qua.csv"
    file.write_text(as_sent_back(orders, on=today(opened)), encoding="utf-8-sig", newline="")
    job = opened.json("jobs", "import-results", str(file), "--payer", POST, "--month", MONTH)["job_id"]
    taken = done_through_death(opened, job, wrote="reconcile_resultsrow", database=database)
    assert (taken["state"], taken["rows"]) == ("CHECKED", len(orders))
    assert asked(opened, "SELECT count(*) FROM payout_result") == [(recorded_before,)]
    job = opened.json("jobs", "apply-results", str(taken["file_id"]))["job_id"]
    recorded = done_through_death(opened, job, wrote="payout_result", database=database)
    assert (recorded["applied"], recorded["paid_dong"]) == (len(orders), total)
    assert asked(opened, "SELECT count(*) - %s FROM payout_result", recorded_before) == [(len(orders),)]


def test_many_lists_are_moved_on_each_once(opened: CommandLine, commune: str) -> None:
    """All but the one whose money is paid already; those moved on before the end stay so, the rest follow."""
    opened.json("month", "compute", *THERE)
    ((lists,),) = asked(opened, "SELECT count(*) FROM payroll_run")
    for step, state, database in (
        ("check", "CHECKED", False), ("submit", "SUBMITTED", True), ("approve", "APPROVED", False)
    ):  # fmt: skip
        job = opened.json("jobs", "month", step, *THERE)["job_id"]
        result = done_through_death(
            opened, job, wrote="payroll_run", database=database,
            after=f"SELECT count(*) > 2 FROM payroll_run WHERE state = '{state}'",  # noqa: S608
        )  # fmt: skip
        assert result["passed_over"] > 2
        assert (result["done"] + result["passed_over"], result["refused"]) == (lists, 0)
        assert asked(opened, "SELECT state FROM payroll_run WHERE place_code <> %s GROUP BY 1", commune) == [(state,)]
        assert asked(opened, _NOT_WHOLE) == []
        assert asked(opened, _TWICE, f"payroll.{step}_run") == []


def as_sent_back(orders: list[tuple[Any, ...]], *, on: str) -> str:
    """Our list with its last columns filled: everybody was paid."""
    heading = {column.field: column.heading for column in LIST_COLUMNS}
    out = StringIO()
    writer = csv.DictWriter(out, fieldnames=list(heading.values()))
    writer.writeheader()
    day = "/".join(reversed(on.split("-")))
    for code, amount in orders:
        told = {"order_code": code, "amount": amount, "outcome": OUTCOME_WORDS["paid"], "happened_on": day,
                "proof": PROOF_WORDS["signature"]}  # fmt: skip
        writer.writerow({heading[field]: value for field, value in told.items()})
    return out.getvalue()
