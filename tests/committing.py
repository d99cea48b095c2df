"""A database of its own for a test whose work really commits: threads with connections of their own, killed work.

The tables refuse truncation and deletion, so nothing can be cleaned up behind such a test: its database is copied from
the run's and dropped afterwards. A conftest imports `transactional_db` from here to have it so for its tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

import psycopg
import pytest
from django.db import connection, connections
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

T = TypeVar("T")


@pytest.fixture
def transactional_db(first_load: object, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In the place of pytest-django's fixture of this name, whose flush our tables refuse."""
    with own_database(django_db_blocker):
        yield


@contextmanager
def own_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Everything inside happens, and commits, in a copy of the run's database."""
    with blocker.unblock():
        settings = connections.settings["default"]
        original = settings["NAME"]
        copied = f"{original}_committing"
        connection.close()
        _drop(copied)
        _maintain(
            "CREATE DATABASE {copied} TEMPLATE {original}",
            copied=sql.Identifier(copied),
            original=sql.Identifier(original),
        )
        settings["NAME"] = connection.settings_dict["NAME"] = copied
        try:
            yield
        finally:
            connection.close()
            settings["NAME"] = connection.settings_dict["NAME"] = original
            _drop(copied)


def at_once(times: int, work: Callable[[int], T]) -> list[T]:
    """The answers of `times` threads that start `work` at the same moment, each on a connection of its own."""
    start = Barrier(times)

    def one(number: int) -> T:
        try:
            start.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def _drop(copied: str) -> None:
    """End our own sessions in the copy, then drop it.

    Not WITH (FORCE): that wants the right to end every session there, and autovacuum's is not ours. A plain drop asks
    autovacuum to leave by itself.
    """
    _maintain(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {name} AND usename = current_user",
        name=sql.Literal(copied),
    )
    _maintain("DROP DATABASE IF EXISTS {copied}", copied=sql.Identifier(copied))


def _maintain(statement: str, **parts: sql.Composable) -> None:
    params = {**connection.get_connection_params(), "dbname": "postgres"}
    kept = {key: params[key] for key in ("host", "port", "user", "password", "dbname") if params.get(key)}
    with psycopg.connect(**kept, autocommit=True) as maintenance:
        maintenance.execute(sql.SQL(statement).format(**parts))
