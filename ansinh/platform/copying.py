"""Many rows at once into one table, by COPY: the fast door for sets that come from Python.

The planner knows a table by its statistics: after a large set it is told at once, not when autovacuum comes by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from psycopg import Connection, Copy, Cursor, sql

from ansinh.platform.sql import text_of

# No value, in a line of COPY.
NONE = "\\N"

# So many lines are sent at a time.
_LINES = 2_000


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Append the rows, columns in the order given, inside the current transaction; how many went in."""

    def written(copy: Copy) -> None:
        for row in rows:
            copy.write_row(row)

    return _copy_into(table, columns, written)


def copy_lines(table: str, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Append rows written already as lines of COPY (values between tabs, a text as `as_copied`, none as `NONE`).

    Three times as fast as `copy_rows`; none but the lines being sent are held.
    """
    left = iter(lines)
    first = list(islice(left, _LINES))

    def write(copy: Copy) -> None:
        made = first
        while made:
            copy.write("\n".join([*made, ""]))
            made = list(islice(left, _LINES))

    if first:
        _copy_into(table, columns, write)


def copy_text(table: str, columns: Sequence[str], text: bytes) -> int:
    """The same of such lines in one text, each with its end; how many went in."""
    return _copy_into(table, columns, lambda copy: copy.write(text))


def list_lines(name: str, params: Mapping[str, Any]) -> list[str]:
    """The rows of the named query as lines of COPY: two rows alike are two lines alike."""
    with _session().cursor() as cursor:
        query = sql.SQL("COPY ({}) TO STDOUT").format(sql.SQL(text_of(name)))
        with cursor.copy(query, dict(params)) as copy:
            return b"".join(map(bytes, copy)).decode().split("\n")[:-1]


def as_copied(text: str) -> str:
    """A text as a line of COPY holds it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _copy_into(table: str, columns: Sequence[str], write: Callable[[Copy], None]) -> int:
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    with _session().cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table])
        if not (cursor.fetchone() or (False,))[0]:
            _copied(cursor, sql.Identifier(table), named, write)
            return cursor.rowcount
        # PostgreSQL copies into no table whose rows it must ask a policy about: they are copied aside, then inserted.
        parts = {"aside": sql.Identifier(f"{table}_copied"), "table": sql.Identifier(table), "columns": named}
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {aside} ON COMMIT DROP AS SELECT {columns} FROM {table} LIMIT 0").format(**parts)
        )
        _copied(cursor, parts["aside"], named, write)
        cursor.execute(sql.SQL("INSERT INTO {table} ({columns}) SELECT {columns} FROM {aside}").format(**parts))
        count = cursor.rowcount
        cursor.execute(sql.SQL("DROP TABLE {aside}").format(**parts))
        return count


def _session() -> Connection[Any]:
    connection.ensure_connection()
    return cast("Connection[Any]", connection.connection)


def _copied(cursor: Cursor[Any], table: sql.Composable, columns: sql.Composable, write: Callable[[Copy], None]) -> None:
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)) as copy:
        write(copy)


def write_bytes(table: str, column: str, row_id: int, content: bytes) -> None:
    """Put large bytes into one row as they are, not spelled out as text twice their length."""
    named = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    # Django's own cursors bind on this side; this one hands the bytes to the server apart from the statement.
    with Cursor(_session()) as cursor:
        cursor.execute(sql.SQL("UPDATE {table} SET {column} = %b WHERE id = %s").format(**named), [content, row_id])


def take_ids(sequence: str, count: int) -> range:
    """`count` fresh ids of a sequence, consecutive, so that rows can point to each other before they are saved."""
    with connection.cursor() as cursor:
        # The lock keeps two allotments of one sequence from interleaving; setval moves it past ours in one step.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [sequence])
        cursor.execute("SELECT nextval(%s)", [sequence])
        first = int(cursor.fetchone()[0])
        if count > 1:
            cursor.execute("SELECT setval(%s, %s)", [sequence, first + count - 1])
    return range(first, first + count)


def refresh_statistics(*tables: str) -> None:
    """Count the tables anew for the planner, inside the current transaction; one another is counting is left to it.

    The count holds its table to the end of the transaction: sessions that waited for it would work one after the other.
    """
    with _session().cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("ANALYZE (SKIP_LOCKED) {}").format(sql.Identifier(table)))


def refresh_columns(table: str, columns: Sequence[str]) -> None:
    """The same of the columns named alone, a fraction of the work; of the others autovacuum tells when it comes by."""
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    with _session().cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE (SKIP_LOCKED) {} ({})").format(sql.Identifier(table), named))


# Rows of a table of the transaction's own that are looked at to count it: three hundred times this.
_OWN_TARGET = "10"


def refresh_own(table: str) -> None:
    """The same of a table of the transaction's own, joined as a whole: little but how many rows it has matters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('default_statistics_target')")
        before = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('default_statistics_target', %s, TRUE)", [_OWN_TARGET])
        refresh_statistics(table)
        cursor.execute("SELECT set_config('default_statistics_target', %s, TRUE)", [before])


# A table is counted anew when it has grown by half since, and never for less than so many pages (of 8 KB).
_GROWN, _LEAST_PAGES = 1.5, 16


def refresh_grown(*tables: str) -> None:
    """Count anew, for the planner, those of the tables that have grown by half since they were last counted.

    Asked after each of thousands of loads it counts a few times, as often as the table doubles; to ask costs little.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass [])"
            " AND pg_relation_size(oid) > %s * current_setting('block_size')::bigint * greatest(relpages, %s)",
            [list(tables), _GROWN, _LEAST_PAGES],
        )
        grown = [name for (name,) in cursor.fetchall()]
    refresh_statistics(*grown)


# Up to here a table's statistics name every load it holds.
_FEW_LOADS = 200


def refresh_loaded(*tables: str, loads: QuerySet[Any]) -> None:
    """Let the planner know rows just written, of one more of `loads`: the runs or batches the tables' rows are of.

    While loads are few the statistics list each by its id, and one they do not list counts as a single row: a join of
    thousands is then planned as if it were of one. Among many an unlisted one counts as an average one, where the
    table was counted at all: a new month's is not.
    """
    # Asked so that it costs the same among eighty thousand.
    if loads.order_by()[_FEW_LOADS - 1 : _FEW_LOADS].exists():
        refresh_grown(*tables)
    else:
        refresh_statistics(*tables)
