"""Ten who send the same results file at once, each on a connection of their own: one effect."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import LiteralString

import pytest
from django.db import connection, transaction
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from ansinh.payout.queries import get_order
from ansinh.reconcile.actions import apply_results, import_results
from ansinh.reconcile.models import ResultsFile
from ansinh.reconcile.types import ResultsAccount
from tests.reconcile.conftest import LATER, POST, Office, open_office, take
from tests.reconcile.files import listed, row, unpaid

_SENDERS = 10


@pytest.fixture
def committed(first_load: object, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work that really commits; afterwards every table that was empty before is empty again.

    No flush could do that: what must not change refuses it.
    """
    with django_db_blocker.unblock():
        kept = {table for table in _tables() if _is_filled(table)}
        yield
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            # Partitions made meanwhile included.
            cleared = sorted(_tables() - kept)
            for table in cleared:
                cursor.execute(_of("ALTER TABLE {} DISABLE TRIGGER USER", table))
            cursor.execute(_of("TRUNCATE {}", *cleared))
            for table in cleared:
                cursor.execute(_of("ALTER TABLE {} ENABLE TRIGGER USER", table))
        connection.close()


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')"
        )
        return {str(name) for (name,) in cursor.fetchall()}


def _is_filled(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_of("SELECT EXISTS (SELECT 1 FROM {})", table))
        return bool(cursor.fetchone() == (True,))


def _of(statement: LiteralString, *tables: str) -> str:
    return sql.SQL(statement).format(sql.SQL(", ").join(map(sql.Identifier, tables))).as_string()


def test_ten_senders_of_one_file_have_one_effect(committed: None) -> None:
    office = open_office(people=4)
    content = listed(*(row(1, **office.cells(number)) for number in (1, 2, 3)), unpaid(1, **office.cells(4)))
    start = Barrier(_SENDERS)

    def send(sender: int) -> ResultsAccount:
        start.wait()
        try:
            checked = import_results(
                content=content, file_name=f"gui-{sender}.xlsx", payer=POST, by=office.desk.payer, at=LATER
            )
            return apply_results(file_id=checked.file_id, by=office.desk.payer, at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(_SENDERS) as pool:
        answers = list(pool.map(send, range(_SENDERS)))
    assert sum(not answer.already_known for answer in answers) == 1
    assert len({(a.file_id, a.rows, a.applied, a.repeats, a.set_aside, a.paid_dong) for a in answers}) == 1
    assert (answers[0].rows, answers[0].applied) == (4, 4)
    assert ResultsFile.objects.count() == 1
    assert _one_result_each(office) == [1, 1, 1, 1]


def test_one_after_the_other_likewise(office: Office) -> None:
    """Also tells pytest-django that this module needs the test database, when it runs alone."""
    content = listed(row(1, **office.cells(1)))
    assert not take(office, content).already_known
    assert take(office, content).already_known


def _one_result_each(office: Office) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM payout_result GROUP BY order_id")
        counts = [int(count) for (count,) in cursor.fetchall()]
    assert get_order(office.item(4).order_id, by=office.desk.officer).state == "UNPAID"
    return counts
