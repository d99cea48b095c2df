"""Two who post at once, on connections of their own: numbers without a gap, one effect a key."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from ansinh.ledger.actions import EntryAlreadyPosted, lock_book, post_entries
from ansinh.ledger.models import Book, Entry
from ansinh.ledger.queries import verify_chain
from tests.ledger.conftest import CLERK, made
from tests.seeding import AT

BOOK, OTHER = "99901", "99902"
_THREADS, _ROUNDS = 6, 10
_CLEARED = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE ledger_posting DISABLE TRIGGER USER;
ALTER TABLE ledger_entry DISABLE TRIGGER USER;
ALTER TABLE ledger_account DISABLE TRIGGER USER;
ALTER TABLE ledger_book DISABLE TRIGGER USER;
DELETE FROM ledger_posting;
DELETE FROM ledger_entry;
DELETE FROM ledger_account;
DELETE FROM ledger_book;
ALTER TABLE ledger_posting ENABLE TRIGGER USER;
ALTER TABLE ledger_entry ENABLE TRIGGER USER;
ALTER TABLE ledger_account ENABLE TRIGGER USER;
ALTER TABLE ledger_book ENABLE TRIGGER USER;
"""


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work that really commits; the books are emptied afterwards, which no flush could do."""
    with django_db_blocker.unblock():
        yield
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_CLEARED)
        connection.close()


@pytest.mark.django_db
def test_whoever_holds_a_book_may_hold_it_again() -> None:
    assert lock_book(BOOK) == lock_book(BOOK)
    assert Book.objects.get(pk=BOOK).entries == 0


def test_numbers_have_no_gap_when_many_post_at_once(committed: None) -> None:
    start = Barrier(_THREADS)

    def post(thread: int) -> int:
        start.wait()
        try:
            for turn in range(_ROUNDS):
                book = (BOOK, OTHER)[(thread + turn) % 2]
                with transaction.atomic():
                    entries = [made(f"{thread}:{turn}:{half}", place=f"9990{thread}") for half in (1, 2)]
                    post_entries(book=book, entries=entries, by=CLERK, at=AT)
        finally:
            connection.close()
        return thread

    with ThreadPoolExecutor(_THREADS) as pool:
        assert sorted(pool.map(post, range(_THREADS))) == list(range(_THREADS))
    for book in (BOOK, OTHER):
        numbers = list(Entry.objects.filter(book=book).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, _THREADS * _ROUNDS + 1))
        assert verify_chain(book) == []


def test_the_same_key_at_once_is_booked_once(committed: None) -> None:
    start = Barrier(_THREADS)

    def post(_: int) -> bool:
        start.wait()
        try:
            with transaction.atomic():
                post_entries(book=BOOK, entries=[made("same")], by=CLERK, at=AT)
        except EntryAlreadyPosted:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(_THREADS) as pool:
        assert sum(pool.map(post, range(_THREADS))) == 1
    assert Book.objects.get(pk=BOOK).entries == 1
    assert verify_chain(BOOK) == []


def test_a_book_is_locked_within_a_transaction_only(committed: None) -> None:
    with pytest.raises(RuntimeError):
        post_entries(book=BOOK, entries=[made("a")], by=CLERK, at=AT)
