"""Breaking rows behind the program's back, as only the owner of the database could, and asking what `verify` says."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from ansinh.ops.proving import every_proof, prove
from ansinh.registry.models import Person


def break_rows(*statements: str, tables: Sequence[str], without: Sequence[str] = (), for_person: int = 7) -> None:
    """Run the statements with the triggers of the tables switched off and some constraints gone ("table.name").

    A name without a table is a unique index. `an` in a statement is Lý Ngọc An's id. Triggers are on again
    afterwards: only the rows tell.
    """
    facts = {"an": Person.objects.get(full_name="Lý Ngọc An").pk, "for_person": for_person}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for constraint in without:
            table, _, name = constraint.rpartition(".")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}" if table else f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement, facts)
            assert cursor.rowcount > 0, f"nothing was broken by: {statement}"
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def found_by_proof() -> dict[str, list[str]]:
    """What each proof that finds something says; a proof that fails fails the test."""
    done = prove(every_proof())
    assert [(one.proof.code, one.fault) for one in done if one.fault] == []
    return {one.proof.code: [row.what for row in one.breaks] for one in done if one.breaks}


def found() -> dict[str, list[str]]:
    """The same without the guards themselves, some of which a test had to take away."""
    return {code: rows for code, rows in found_by_proof().items() if code != "database_guards"}
