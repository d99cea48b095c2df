"""The proofs of results files: silent over what was done in order, naming each row broken by SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from django.db import connection

from ansinh.platform.proofs import Break
from ansinh.reconcile.actions import resolve_row
from ansinh.reconcile.queries import PROOFS, list_open_rows
from tests.reconcile.conftest import LATER, Office, take
from tests.reconcile.files import listed, row, unpaid

FIND: dict[str, Callable[[], list[Break]]] = {proof.code: proof.find for proof in PROOFS}


@pytest.fixture
def taken(office: Office) -> int:
    """A file with a row of every kind, one of them matched by hand; its id."""
    content = listed(
        row(1, **office.cells(1)), unpaid(1, **office.cells(2) | {"amount": None}),
        row(1, **office.cells(3) | {"order_code": "?"}), row(1, **office.cells(4) | {"amount": 5}),
        row(1, **office.cells(5), outcome=None),
    )  # fmt: skip
    file_id = take(office, content).file_id
    first, _ = list_open_rows(by=office.desk.payer)
    resolve_row(row_id=first.row_id, how="match_order", order_code=office.item(3).order_code, reason="đã gọi",
                by=office.desk.payer, at=LATER)  # fmt: skip
    take(office, listed(row(1, **office.cells(1)), row(1, **office.cells(6))))
    return file_id


def broken(statement: str, values: Sequence[int]) -> None:
    """The statement, past all guards."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE payout_result DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def test_nothing_is_found_in_order(taken: int) -> None:
    assert {code: find() for code, find in FIND.items()} == {code: [] for code in FIND}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reconcile_resultsfile SET paid_dong = paid_dong + 1 WHERE id = %s",
        "UPDATE reconcile_resultsfile SET rows = rows + 1, applied = applied + 1 WHERE id = %s",
        "UPDATE reconcile_resultsrow SET verdict = 'unreported' WHERE verdict = 'applied' AND file_id = %s",
    ],
)
def test_a_file_counted_wrong_is_named(taken: int, statement: str) -> None:
    broken(statement, [taken])
    [found] = FIND["results_file_is_as_counted"]()
    assert found.facts["file"] == taken
    assert f"số {taken} " in found.what


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE reconcile_resultsrow SET outcome = 'unpaid' WHERE row = 4 AND file_id = %s", "Dòng 4"),
        ("UPDATE reconcile_resultsrow SET amount_dong = 1 WHERE row = 5 AND file_id = %s", "Dòng 5"),
        ("UPDATE reconcile_resultsrow SET happened_on = '2020-08-01' WHERE row = 6 AND file_id = %s", "Dòng 6"),
        ("UPDATE reconcile_resultsrow SET verdict = 'repeat' WHERE row = 4 AND file_id = %s", "Kết quả"),
    ],
)
def test_a_row_unlike_its_result_is_named(taken: int, statement: str, named: str) -> None:
    broken(statement, [taken])
    [found] = FIND["file_rows_are_results"]()
    assert found.facts["file"] == taken
    assert named in found.what
    assert found.place_code == "02053"
