"""A post office's files on the command line: checked, applied, sent twice, killed half-way, settled row by row."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.home import Home
from tests.journeys.conftest import CommandLine
from tests.reconcile.files import book, listed, row, unpaid

PLACE, MONTH, POST = "01726", "2026-10", "buu-dien"


@dataclass(frozen=True)
class Sent:
    """A demonstration month in the post's hands: the command line and each order's code and amount."""

    line: CommandLine
    orders: tuple[tuple[str, int], ...]
    folder: Path

    def cells(self, number: int) -> dict[str, Any]:
        """Code and amount of an order, and a day it can be paid on."""
        code, amount = self.orders[number]
        return {"order_code": code, "amount": amount, "happened_on": today()}

    def file(self, name: str, content: bytes) -> str:
        """A file to import."""
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def results(self) -> int:
        """How many results stand in the books."""
        return len(asked(self.line, "SELECT 1 FROM payout_result"))


def today() -> date:
    """The legal day: seven hours before Greenwich's."""
    return (datetime.now(UTC) + timedelta(hours=7)).date()


def asked(line: CommandLine, query: str) -> list[tuple[Any, ...]]:
    """What the database of the home answers."""
    cluster = find_cluster(Home(line.home))
    assert cluster is not None
    with psycopg.connect(cluster.address.conninfo) as connection:
        return connection.execute(query.encode()).fetchall()


@pytest.fixture(scope="module")
def sent(ansinh: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    assert ansinh.json("demo", "--listed-only", "--month", MONTH)["made"]
    ansinh.json("month", "issue", MONTH, "--place", PLACE)
    for fund in ("tcxh", "social_pension"):
        ansinh.json("funds", "budget", PLACE, fund, "2026", "900000000", "--decision", "01", "--on", "2025-12-20")
    asked_for = ansinh.json("funds", "transfer", "request", MONTH, "--place", PLACE, "--payer", POST)
    ansinh.json("funds", "transfer", "sent", str(asked_for["transfer_id"]), "--voucher", "U1", "--on", str(today()))
    ansinh.json("month", "release", MONTH, "--place", PLACE)
    orders = asked(ansinh, "SELECT code, amount_dong FROM payout_order ORDER BY id")
    return Sent(ansinh, tuple((str(code), int(amount)) for code, amount in orders), tmp_path_factory.mktemp("files"))


def test_a_file_checked_then_applied_then_sent_again(sent: Sent) -> None:
    wrong = sent.cells(2)["amount"] + 1
    content = book_of(row(1, **sent.cells(0)), unpaid(1, **sent.cells(1) | {"happened_on": None}),
                      row(1, **sent.cells(2) | {"amount": wrong}), row(1, **sent.cells(3), outcome=None))  # fmt: skip
    file = sent.file("dot-1.xlsx", content)
    checked = sent.line.json("results", "import", file, "--check-only")
    assert (checked["state"], checked["applied"], sent.results()) == ("CHECKED", 2, 0)
    marked = sent.folder / "danh-dau.xlsx"
    taken = sent.line.json("results", "import", file, "--marked", str(marked))
    assert (taken["rows"], taken["applied"], taken["repeats"], taken["set_aside"], taken["unreported"]) == (
        4,
        2,
        0,
        1,
        1,
    )
    assert (taken["paid_dong"], taken["unpaid_dong"]) == (sent.orders[0][1], sent.orders[1][1])
    [aside] = taken["rows_set_aside"]
    assert (aside["row"], aside["column"], aside["cell"], aside["code"]) == (4, "Số tiền", "H4", "other_amount")
    assert marked.read_bytes()[:2] == b"PK"
    again = sent.line.json("results", "import", file)
    assert again == {**taken, "already_known": True}
    assert sent.results() == 2
    code, out, _ = sent.line.run("results", "import", file)
    assert code == 0
    assert "đây là kết quả lần đầu" in out


def book_of(*rows: list[Any]) -> bytes:
    """Our list without a title, so that it names no month; the first row stands in row 2."""
    from ansinh.reconcile.types import LIST_HEADINGS

    return book([LIST_HEADINGS, *rows])


def test_rows_are_seen_and_settled(sent: Sent) -> None:
    code, amount = sent.orders[4]
    file = sent.file(
        "dot-2.xlsx", book_of(row(1, **sent.cells(4) | {"order_code": "?"}), row(1, **sent.cells(4) | {"amount": 1}))
    )
    sent.line.json("results", "import", file)
    first, second = sent.line.json("results", "rows")["rows"][-2:]
    matched = sent.line.json("results", "resolve", str(first["row_id"]), "--match", code, "--reason", "đã gọi bưu cục")
    assert matched["result_id"] is not None
    assert (
        sent.line.json("results", "resolve", str(second["row_id"]), "--dismiss", "--reason", "ghi nhầm")["result_id"]
        is None
    )
    refused = sent.line.json("results", "resolve", str(second["row_id"]), "--match", code, "--reason", "x", code=1)
    assert refused["refused"] == "row_settled_already"
    assert sent.line.json("results", "resolve", "1", "--reason", "x", code=1)["refused"] == "match_or_dismiss"
    assert asked(sent.line, f"SELECT state, amount_dong FROM payout_order WHERE code = '{code}'") == [("PAID", amount)]  # noqa: S608


def test_a_layout_is_said_once(sent: Sent) -> None:
    content = book([["So LC", "Tien", "TT GD", "Ngay GD"], [sent.orders[5][0], sent.orders[5][1], "SUCCESS", today()]])
    file = sent.file("rieng.xlsx", content)
    refused = sent.line.json("results", "import", file, code=1)
    assert refused["refused"] == "unknown_columns"
    assert '"So LC"' in refused["message"]
    columns = {"order_code": "Số LC", "amount": "Tiền", "outcome": "TT GD", "happened_on": "Ngày GD"}
    words = [word for field, heading in columns.items() for word in ("--column", f"{field}={heading}")]
    saved = sent.line.json("results", "layout", POST, *words, "--word", "SUCCESS=paid")
    assert saved["layout"]["columns"] == columns
    assert sent.line.json("results", "import", file)["applied"] == 1
    assert sent.line.json("results", "layout", POST) == saved
    assert sent.line.json("results", "layout", POST, "--word", "SUCCESS", code=1)["refused"] == "not_written_as_pair"


def test_files_are_listed_and_discarded(sent: Sent) -> None:
    file = sent.file("bo.xlsx", listed(row(1, **sent.cells(6))))
    checked = sent.line.json("results", "import", file, "--check-only")
    files = sent.line.json("results", "list")["files"]
    assert (files[0]["file_id"], files[0]["state"], files[0]["file_name"]) == (checked["file_id"], "CHECKED", "bo.xlsx")
    put_away = sent.line.json("results", "discard", str(checked["file_id"]), "--reason", "nhầm tệp")
    assert put_away["state"] == "DISCARDED"
    assert sent.line.json("results", "apply", str(checked["file_id"]), code=1)["refused"] == "step_not_allowed"


def test_refusals_say_why(sent: Sent) -> None:
    assert (
        sent.line.json("results", "import", str(sent.folder / "khong-co.xlsx"), code=1)["refused"] == "file_unreadable"
    )
    empty = sent.file("rong.csv", b"")
    assert sent.line.json("results", "import", empty, code=1)["refused"] == "workbook_empty"
    other = sent.file("khac.xlsx", book_of(row(1, **sent.cells(7))))
    assert sent.line.json("results", "import", other, "--payer", "khong-co", code=1)["refused"] == "no_such_payer"


def test_killed_half_way_and_run_again_has_one_effect(sent: Sent) -> None:
    rows = [row(1, **sent.cells(number)) for number in range(10, 100)]
    file = sent.file("ca-thang.xlsx", book_of(*rows))
    before = sent.results()
    for seconds in (0.7, 1.1, 1.5, 1.9):
        killed = sent.line.start("results", "import", file)
        time.sleep(seconds)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
        assert sent.results() in (before, before + 90)
    taken = sent.line.json("results", "import", file)
    assert (taken["rows"], taken["applied"], taken["repeats"]) == (90, 90, 0)
    assert sent.results() == before + 90
