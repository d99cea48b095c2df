"""The words of row-level security, for migrations: who sees a row of a table, as a condition of PostgreSQL.

A table is `secured(table, …)` by one condition or more, any of which lets a row be seen. Every condition reads the
settings of `platform.row_security` once a query, not once a row: hashed sets and sub-selects that stand alone. A
migration keeps what it said: to say something else of a table, write a new migration, `resecured`.

Columns of the table itself are written with its name before them (`@.` until `secured` knows it): inside a sub-select a
bare name would mean the other table's column, and let everything through.
"""

from __future__ import annotations

from ansinh.platform.row_security import EVERYWHERE, HOLDERS, PLACES, USER, WEB, WORKER

_ANYWHERE = f"(SELECT current_setting('{EVERYWHERE}', TRUE)) = 'on'"


def in_places(column: str) -> str:
    """The row's place is one the visitor sees people of."""
    return f"@.{column} IN (SELECT unnest(string_to_array(current_setting('{PLACES}', TRUE), ',')))"


def among_places(column: str) -> str:
    """The same for a view, where an index on the column must serve."""
    return f"{column} = ANY((SELECT string_to_array(current_setting('{PLACES}', TRUE), ','))::text [])"


def all_in_places(column: str) -> str:
    """The row names places, and the visitor sees people of every one of them."""
    asked = f"(SELECT string_to_array(current_setting('{PLACES}', TRUE), ','))"
    return f"(cardinality(@.{column}) > 0 AND @.{column}::text [] <@ {asked})"


def in_holders(column: str) -> str:
    """The row's place is one the visitor sees the money of."""
    return f"@.{column} IN (SELECT unnest(string_to_array(current_setting('{HOLDERS}', TRUE), ',')))"


def own(column: str) -> str:
    """The row tells of something the visitor did."""
    return f"@.{column} = (SELECT nullif(current_setting('{USER}', TRUE), ''))::bigint"


def through(parent: str, column: str, *, key: str = "id") -> str:
    """A row of `parent` the visitor sees is the one this row names."""
    return f"EXISTS (SELECT 1 FROM {parent} AS seen WHERE seen.{key} = @.{column})"  # noqa: S608 - words of our own


def one_of(parent: str, column: str, *, key: str = "id") -> str:
    """As `through`, of a parent with few rows: they are gathered once a query."""
    return f"@.{column} IN (SELECT seen.{key} FROM {parent} AS seen)"  # noqa: S608 - words of our own


def secured(table: str, *conditions: str) -> str:
    """Switch row-level security on: the web reads what a condition lets it see, work that checked `by` reads all."""
    return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;{_policies(table, *conditions)}"


def resecured(table: str, *conditions: str) -> str:
    """Other conditions for a table that is secured."""
    return (
        f"DROP POLICY {table}_seen ON {table};\nDROP POLICY {table}_worked ON {table};{_policies(table, *conditions)}"
    )


def unsecured(*tables: str) -> str:
    """The way back of `secured`."""
    return "\n".join(
        f"DROP POLICY {table}_seen ON {table}; DROP POLICY {table}_worked ON {table}; "
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        for table in tables
    )


def _policies(table: str, *conditions: str) -> str:
    said = "\n    OR ".join((_ANYWHERE, *conditions)).replace("@.", f"{table}.")
    return f"""
CREATE POLICY {table}_seen ON {table} FOR SELECT TO {WEB} USING (
    {said}
);
CREATE POLICY {table}_worked ON {table} FOR ALL TO {WORKER} USING (TRUE) WITH CHECK (TRUE);
"""
