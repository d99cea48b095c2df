"""Adding entries to a book. Called by the keeper of the recipes alone, inside the transaction of its action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.models import Book, Entry
from ansinh.ledger.rules import NothingToBook, Unbalanced, debits, hash_of, must_balance, written
from ansinh.ledger.types import AccountKey, EntriesPosted, NewEntry
from ansinh.platform import sql
from ansinh.platform.copying import copy_rows

__all__ = ["EntryAlreadyPosted", "NothingToBook", "Unbalanced", "lock_book", "post_entries"]

_AT_ONCE = 1000


class EntryAlreadyPosted(Refusal):
    """Nghiệp vụ này đã được ghi sổ rồi (bút toán "{key}"), nên không ghi thêm lần nữa. Hãy tải lại trang để xem."""


def lock_book(code: str) -> Book:
    """Hold the book until the transaction ends, made if it is new: what is read of it then stays true."""
    if not connection.in_atomic_block:
        raise RuntimeError("a book is locked within the transaction of an action")
    locked = Book.objects.select_for_update()
    # Asked first: an INSERT that finds its row still waits for whoever is making it.
    found = locked.filter(pk=code).first()
    if found is None:
        Book.objects.bulk_create([Book(code=code)], ignore_conflicts=True)
        found = locked.get(pk=code)
    return found


def post_entries(*, book: str, entries: Sequence[NewEntry], by: Actor, at: datetime) -> EntriesPosted:
    """Add entries to the end of a book's chain, in the order given, numbered without a gap.

    Runs in the caller's transaction and holds the book until it ends; books do not wait for each other. Refuses an
    entry that does not balance (Unbalanced, NothingToBook) and a key booked before (EntryAlreadyPosted).
    """
    for entry in entries:
        must_balance(entry)
    kept = lock_book(book)
    if not entries:
        return EntriesPosted(0, 0)
    _refuse_known_keys(entry.key for entry in entries)
    rows = Entry.objects.bulk_create(_chained(kept, entries, by, at), batch_size=_AT_ONCE)
    accounts = _account_ids({posting.account for entry in entries for posting in entry.postings})
    # One statement for all postings: the database balances each entry when the statement ends.
    copy_rows(
        "ledger_posting",
        ("entry_id", "account_id", "dong"),
        (
            (row.pk, accounts[posting.account], posting.dong.value)
            for row, entry in zip(rows, entries, strict=True)
            for posting in entry.postings
        ),
    )
    Book.objects.filter(pk=book).update(entries=rows[-1].number, head=rows[-1].hash)
    return EntriesPosted(rows[0].number, rows[-1].number)


def _chained(book: Book, entries: Sequence[NewEntry], by: Actor, at: datetime) -> list[Entry]:
    """The entries as rows, each bound to the one before it."""
    rows: list[Entry] = []
    previous, number = book.head, book.entries
    for entry in entries:
        number += 1
        said = hash_of(
            previous=previous, book=book.code, number=number, recipe=entry.recipe, document=entry.document,
            key=entry.key, month=entry.month, place=entry.place, posted_at=at, posted_by=by.user_id,
            postings=[written(posting) for posting in entry.postings],
        )  # fmt: skip
        rows.append(
            Entry(
                book_id=book.code, number=number, recipe=entry.recipe, document=entry.document, key=entry.key,
                month=entry.month, place=entry.place, posted_at=at, posted_by=by.user_id,
                postings=len(entry.postings), debit_dong=debits(entry.postings), previous=previous, hash=said,
            )
        )  # fmt: skip
        previous = said
    return rows


def _refuse_known_keys(keys: Iterable[str]) -> None:
    counted = Counter(keys)
    twice = next((key for key, times in counted.items() if times > 1), None)
    known = twice or Entry.objects.filter(key__in=list(counted)).values_list("key", flat=True).first()
    if known is not None:
        raise EntryAlreadyPosted(key=known)


def _account_ids(keys: set[AccountKey]) -> dict[AccountKey, int]:
    """The accounts' ids; those never used before are made."""
    ordered = sorted(keys)
    params = {
        "kinds": [key.kind for key in ordered],
        "funds": [key.fund for key in ordered],
        "years": [key.year for key in ordered],
        "payers": [key.payer for key in ordered],
        "places": [key.place for key in ordered],
    }
    found = _found_accounts(params)
    if len(found) < len(ordered):
        sql.run("ledger/add_accounts", params)
        found = _found_accounts(params)
    return found


def _found_accounts(params: Mapping[str, Any]) -> dict[AccountKey, int]:
    return {
        AccountKey(row["kind"], row["fund"], row["place"], row["payer"], row["year"]): int(row["id"])
        for row in sql.rows("ledger/list_accounts", params)
    }
