"""SQL files: true to their headers, writing their own app's tables only, and valid on the migrated database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from ansinh.platform.sql import reading
from tests.architecture.sources import CODE, floor_of
from tests.architecture.statements import Statement, placeholders, read_statement, statement_in

FILES = sorted(CODE.glob("*/sql/*.sql"))
# Names under which statements read rows of a caller's own, with a query that gives such rows.
_GIVEN = {"payout_toldrow": "payout/list_given_rows"}
HEADINGS = {"what", "reads", "writes", "safe to repeat"}


def faults_of(statement: Statement) -> list[str]:
    """Where a statement and its header, or the floors, disagree."""
    faults = []
    if set(statement.header) != HEADINGS:
        faults.append(f"header has {sorted(statement.header)}")
    if statement.count != 1:
        faults.append(f"{statement.count} statements")
    if statement.writes != statement.declared("writes"):
        faults.append(f"writes {sorted(statement.writes)}, header says {sorted(statement.declared('writes'))}")
    unsaid = statement.touches - statement.declared("reads") - statement.declared("writes")
    unread = statement.declared("reads") - statement.touches
    faults += [f"reads {table}, unsaid" for table in unsaid] + [f"does not read {table}" for table in unread]
    faults += [f"writes {t} of another app" for t in statement.writes if not t.startswith(f"{statement.app}_")]
    own = floor_of()[statement.app]
    owners = {table: table.split("_", 1)[0] for table in statement.touches}
    faults += [f"reads {table} of a higher floor" for table, app in owners.items() if floor_of().get(app, own) < own]
    return faults


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_statement_is_what_its_header_says(path: Path) -> None:
    assert faults_of(read_statement(path)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_statement_is_valid_on_the_migrated_tables(path: Path) -> None:
    given = {table: query for table, query in _GIVEN.items() if table in path.read_text(encoding="utf-8")}
    text = reading(f"{path.parent.parent.name}/{path.stem}", given)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {text}", placeholders(text) or None)
        assert cursor.fetchone()


def test_planted_faults_are_seen() -> None:
    lines = ["-- what: x", "-- reads: access_user", "-- writes: nothing", "-- safe to repeat: yes"]
    planted = statement_in("\n".join([*lines, "UPDATE payroll_line SET a = 1"]), app="registry", name="x")
    assert sorted(faults_of(planted)) == [
        "does not read access_user",
        "reads payroll_line of a higher floor",
        "reads payroll_line, unsaid",
        "writes ['payroll_line'], header says []",
        "writes payroll_line of another app",
    ]
