"""A list above its threshold without the second signature, or signed by a hand that prepared it, is named."""

from __future__ import annotations

from django.db import connection

from ansinh.payroll.actions import countersign_run
from ansinh.payroll.queries.signing_proofs import find_runs_not_countersigned, find_runs_of_one_hand
from tests.payroll.conftest import desk  # noqa: F401 - the fixture
from tests.payroll.test_second_approval import another, approved, decided, submitted
from tests.seeding import AT, Desk


def broken(table: str, statement: str) -> None:
    """As somebody who owns the tables could: the triggers looking away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_what_was_signed_twice_shows_nothing_and_what_was_not_is_named(desk: Desk) -> None:  # noqa: F811
    decided(desk, 5)
    run = submitted(desk)
    approved(desk, run)
    countersign_run(run_id=run.pk, by=another(desk), at=AT)
    assert find_runs_not_countersigned() == []
    assert find_runs_of_one_hand() == []
    broken(
        "payroll_run", "UPDATE payroll_run SET threshold_id = NULL, countersigned_by = NULL, countersigned_at = NULL"
    )
    (found,) = find_runs_not_countersigned()
    assert "1.620.000 đồng vượt ngưỡng" in found.what
    broken(
        "payroll_runhand",
        "UPDATE payroll_runhand AS hand SET user_id = run.opened_by FROM payroll_run AS run WHERE did = 'approve_run'",
    )
    (same,) = find_runs_of_one_hand()
    assert "cũng là người mở, tính" in same.what
