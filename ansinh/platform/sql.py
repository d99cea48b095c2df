"""Sets move by SQL files: one statement a file, `<app>/sql/<verb>_<object>.sql`, run by name with named parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection

_ROOT = Path(__file__).resolve().parent.parent


@cache
def text_of(name: str) -> str:
    """The statement called "app/verb_object", header comment included."""
    app, _, file = name.partition("/")
    return (_ROOT / app / "sql" / f"{file}.sql").read_text(encoding="utf-8")


def run(name: str, params: Mapping[str, Any] | None = None) -> int:
    """Run the named statement; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(text_of(name), dict(params or {}))
        return int(cursor.rowcount)


def reading(name: str, given: Mapping[str, str]) -> str:
    """The named query, where it reads under each name of `given` from the query called so: rows of the caller's own."""
    given_first = ", ".join(
        f"{connection.ops.quote_name(table)} AS (\n{text_of(query)}\n)" for table, query in given.items()
    )
    return f"WITH {given_first}\nSELECT * FROM (\n{text_of(name)}\n) AS asked" if given else text_of(name)


def insert(
    table: str,
    columns: Sequence[str],
    name: str,
    params: Mapping[str, Any] | None = None,
    *,
    given: Mapping[str, str] | None = None,
) -> int:
    """Put the rows of the named query into a table of the caller's choice, its columns in the query's order; how
    many. `given` as `reading` takes it."""
    quoted = connection.ops.quote_name
    into = f"INSERT INTO {quoted(table)} ({', '.join(map(quoted, columns))})\n"
    with connection.cursor() as cursor:
        cursor.execute(into + reading(name, given or {}), dict(params or {}))
        return int(cursor.rowcount)


def rows(
    name: str, params: Mapping[str, Any] | None = None, *, given: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Run the named query; its rows as dictionaries by column name, in the order of the query. `given` as `reading`
    takes it."""
    with connection.cursor() as cursor:
        cursor.execute(reading(name, given or {}), dict(params or {}))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def tuples(name: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """As `rows`, for very many: each row a bare tuple in the order of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(text_of(name), dict(params or {}))
        return list(cursor.fetchall())
