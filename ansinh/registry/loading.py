"""Tables filled from empty: what checks and finds rows is taken away, the rows are copied, and all of it is made again.

Inside one transaction, so that nobody ever sees the register without its constraints and a broken load leaves nothing.
What is taken away is read from the catalogue and made again word for word; primary keys, which other tables point to,
triggers and policies stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import sql

from ansinh.platform import sql as statements
from ansinh.platform.copying import copy_text
from ansinh.registry.ports import COLUMNS
from ansinh.registry.types import LoadedBlock

TABLES = tuple(COLUMNS)
# Tables whose rows bring their ids.
_NUMBERED = ("registry_household", "registry_person", "registry_grant")
# What PostgreSQL calls a foreign key.
_FOREIGN_KEY = "f"


def copy_block(block: LoadedBlock) -> int:
    """The block's rows into their tables; how many."""
    with connection.wrap_database_errors:
        return sum(copy_text(table, COLUMNS[table], text) for table, text in block.texts.items())


@contextmanager
def bare_tables() -> Iterator[None]:
    """Inside, the tables have no index but their primary key and no foreign key; afterwards all they had before."""
    found = statements.rows("registry/list_table_parts", {"tables": list(TABLES)})
    # Foreign keys go first and come last: they stand on indexes.
    parts = sorted(found, key=lambda part: (part["kind"] == _FOREIGN_KEY, part["name"]))
    with connection.cursor() as cursor:
        for part in reversed(parts):
            cursor.execute(part["drop"])
    yield
    with connection.cursor() as cursor:
        for table in TABLES:
            # Before the foreign keys are checked: their join is then planned for what is there.
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
        for part in parts:
            cursor.execute(part["make"])


def set_sequences() -> None:
    """The next ids come after the greatest loaded."""
    with connection.cursor() as cursor:
        for table in _NUMBERED:
            greatest = sql.SQL("SELECT setval(%s, greatest(max(id), 1)) FROM {}").format(sql.Identifier(table))
            cursor.execute(greatest, [f"{table}_id_seq"])


def rows_in(tables: Iterable[str]) -> bool:
    """Whether any of the tables has a row."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
            if (cursor.fetchone() or (False,))[0]:
                return True
    return False


def settle_tables() -> None:
    """What autovacuum would come to do after a large load, done at once; refuses nothing, outside any transaction."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
