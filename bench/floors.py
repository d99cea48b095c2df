"""What a month's list is measured beside: the finished lines copied into the same table, and into a bare one.

The lines are read out of the month they were computed into, so what the floor writes is what the product wrote, row
for row, for a month that never comes. The runs must not be submitted yet: the table's own triggers refuse the rest.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

# A payroll month nobody will ever list; its partition is made and dropped by each round.
_NEVER = "2199-01-01"
_PARTITION = "payroll_line_floor"
_BARE = "bench_line"
_BLOCK = 1 << 20
# So many lines are copied at most, and what it took counted up to all of them: copying more costs more a line, as the
# indexes grow, so this floor is rather too low than too high.
_MOST = 250_000


@dataclass(frozen=True, slots=True)
class Finished:
    """Lines of a month written to files, to be copied back."""

    # Halves of the lines, as COPY reads them.
    files: tuple[Path, Path]
    columns: tuple[str, ...]
    lines: int
    # Of so many in the whole month.
    of: int

    @property
    def scale(self) -> float:
        return self.of / self.lines


def finished_lines(month: str, folder: Path, *, most: int = _MOST) -> Finished:
    """The lines of a payroll month (its first day, "2026-08-01"), whole runs until `most` is reached."""
    with closing(_opened()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'payroll_line'::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
        )
        columns = tuple(row[0] for row in cursor.fetchall())
        cursor.execute(
            "SELECT run_id, count(*) FROM payroll_line WHERE payroll_month = %s GROUP BY run_id ORDER BY run_id",
            [month],
        )
        counted = [(int(run_id), int(lines)) for run_id, lines in cursor.fetchall()]
        halves: tuple[list[int], list[int]] = ([], [])
        lines = 0
        for run_id, more in counted:
            if lines < most:
                halves[0 if lines < min(most, sum(c for _, c in counted)) / 2 else 1].append(run_id)
                lines += more
        files = (folder / "lines.1", folder / "lines.2")
        for file, run_ids in zip(files, halves, strict=True):
            _write(connection, file, columns, month, run_ids)
    return Finished(files, columns, lines, sum(more for _, more in counted))


def copy_seconds(finished: Finished) -> float:
    """COPY into payroll_line itself, one session: primary key, indexes, foreign keys, checks, triggers, all on."""
    with closing(_opened()) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {_PARTITION}")
        connection.execute(f"CREATE TABLE {_PARTITION} PARTITION OF payroll_line FOR VALUES IN ('{_NEVER}')")
        try:
            began = time.perf_counter()
            with connection.transaction(), connection.cursor() as cursor:
                _copy(cursor, "payroll_line", finished.columns, finished.files)
            return (time.perf_counter() - began) * finished.scale
        finally:
            connection.execute(f"DROP TABLE {_PARTITION}")


def bare_seconds(finished: Finished, *, sessions: int = 2) -> float:
    """The hard floor: COPY in two sessions into a table with nothing on it, its indexes built in two sessions after."""
    with closing(_opened()) as connection:
        connection.execute(f"DROP TABLE IF EXISTS {_BARE}")
        connection.execute(f"CREATE TABLE {_BARE} (LIKE payroll_line)")
        indexes = [
            row[0].replace("ON ONLY public.payroll_line ", f"ON {_BARE} ").replace(f" INDEX {row[1]} ", " INDEX ")
            for row in connection.execute(
                "SELECT pg_get_indexdef(indexrelid), indexrelid::regclass::text FROM pg_index"
                " WHERE indrelid = 'payroll_line'::regclass ORDER BY indexrelid"
            ).fetchall()
        ]
        try:
            with ThreadPoolExecutor(sessions) as pool:
                began = time.perf_counter()
                list(pool.map(lambda file: _copy_bare(finished.columns, file), finished.files))
                list(pool.map(_indexed, (indexes[number::sessions] for number in range(sessions))))
                return (time.perf_counter() - began) * finished.scale
        finally:
            connection.execute(f"DROP TABLE {_BARE}")


def _copy_bare(columns: tuple[str, ...], file: Path) -> None:
    with closing(_opened()) as connection, connection.transaction(), connection.cursor() as cursor:
        _copy(cursor, _BARE, columns, (file,))


def _indexed(indexes: list[str]) -> None:
    with closing(_opened()) as connection:
        for index in indexes:
            connection.execute(index)


def _copy(cursor: psycopg.Cursor[Any], table: str, columns: tuple[str, ...], files: tuple[Path, ...]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as copy:
        for file in files:
            with file.open("rb") as source:
                while block := source.read(_BLOCK):
                    copy.write(block)


def _write(
    connection: psycopg.Connection[Any], file: Path, columns: tuple[str, ...], month: str, run_ids: list[int]
) -> None:
    never = sql.Literal(_NEVER)
    moved = {
        "payroll_month": never,
        "entitlement_month": sql.SQL("CASE kind WHEN 'regular' THEN {} ELSE entitlement_month END").format(never),
    }
    values = sql.SQL(", ").join(moved.get(column, sql.Identifier(column)) for column in columns)
    asked = sql.SQL(
        "COPY (SELECT {} FROM payroll_line WHERE payroll_month = {} AND run_id = ANY({})) TO STDOUT"
    ).format(values, sql.Literal(month), sql.Literal(run_ids))
    with file.open("wb") as target, connection.cursor() as cursor, cursor.copy(asked) as copy:
        for block in copy:
            target.write(block)


def _opened() -> psycopg.Connection[Any]:
    """A session of the database Django is set up on, as its owner, each statement committed by itself."""
    from django.db import connection

    asked = {key: value for key, value in connection.get_connection_params().items() if key in _SIGN_IN}
    return psycopg.connect(**asked, autocommit=True)


_SIGN_IN = ("host", "port", "dbname", "user", "password")
