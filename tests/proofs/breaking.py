"""Breaking rows behind the program's back, as only the owner of the database could, and asking what `verify` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

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


def loosen(table: str) -> None:
    """Take away every constraint and unique index of a table and every key that points to it, its own key excepted."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype IN ('f', 'c', 'u', 'x') AND %s::regclass IN (conrelid, confrelid) AND conparentid = 0",
            [table],
        )
        for owner, name in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {owner} DROP CONSTRAINT {name}")
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
            [table],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def copy_of(table: str, values: Mapping[str, str], where: str) -> str:
    """A statement that puts in one more row like those found, with some values (SQL) of its own and a new id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND attgenerated = '' AND attidentity = '' ORDER BY attnum",
            [table],
        )
        columns = [row[0] for row in cursor.fetchall()]
    given = ", ".join(values.get(column, column) for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {given} FROM {table} WHERE {where}"  # noqa: S608 - ours


def found_by_proof() -> dict[str, list[str]]:
    """What each proof that finds something says; a proof that fails fails the test."""
    done = prove(every_proof())
    assert [(one.proof.code, one.fault) for one in done if one.fault] == []
    return {one.proof.code: [row.what for row in one.breaks] for one in done if one.breaks}


def found() -> dict[str, list[str]]:
    """The same without the guards themselves, some of which a test had to take away."""
    return {code: rows for code, rows in found_by_proof().items() if code != "database_guards"}


def found_after(table: str, statement: str) -> dict[str, list[str]]:
    """What is found once a statement has broken a table that keeps nothing by itself; mended again afterwards."""
    with transaction.atomic():
        loosen(table)
        break_rows(statement, tables=[table])
        said = found()
        transaction.set_rollback(True)
    return said
