"""Reading the books: balances as sums of postings, an account down to its documents, and the proofs of the books."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.models import Book, Entry
from ansinh.ledger.rules import hash_of
from ansinh.ledger.types import AccountKey, AccountLine, Balance
from ansinh.places.queries import find_place
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof

_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """Which postings are asked for; what is left empty chooses all."""

    kind: str = ""
    fund: str = ""
    payer: str = ""
    place: str = ""
    year: int = 0
    month: Month | None = None
    document: str = ""


def list_balances(
    *,
    kinds: Sequence[str] = (),
    funds: Sequence[str] = (),
    payers: Sequence[str] = (),
    places: Sequence[str] = (),
    years: Sequence[int] = (),
) -> list[Balance]:
    """What each account of the choice holds, debits less credits; accounts back at zero are told too.

    An empty choice chooses all. Whoever shows it to people keeps to their areas.
    """
    params = {
        "kinds": list(kinds), "funds": list(funds), "payers": list(payers), "places": list(places),
        "years": list(years),
    }  # fmt: skip
    return [Balance(_key(row), Dong(row["dong"])) for row in sql.rows("ledger/sum_accounts", params)]


def sum_recipes(
    *,
    kind: str,
    recipes: Sequence[str],
    payers: Sequence[str] = (),
    places: Sequence[str] = (),
    months: Sequence[Month] = (),
) -> list[tuple[str, Month, AccountKey, Dong]]:
    """What recipes moved on accounts of a kind, debits less credits: recipe, month, account (without year), đồng."""
    params = {
        "kind": kind, "recipes": list(recipes), "payers": list(payers), "places": list(places),
        "months": [month.first_day for month in months],
    }  # fmt: skip
    return [
        (
            row["recipe"], Month.containing(row["month"]),
            AccountKey(kind, row["fund"], row["place"], row["payer"]), Dong(row["dong"]),
        )
        for row in sql.rows("ledger/sum_recipes", params)
    ]  # fmt: skip


def list_account_lines(*, by: Actor, wanted: AccountFilter, after: int = 0, limit: int = 200) -> list[AccountLine]:
    """Postings of the chosen accounts in the actor's areas, oldest first; `after` is the last posting_id shown."""
    areas: list[str] = []
    if EVERYWHERE not in by.areas:
        areas = _reached_places(by, wanted.place)
        if not areas:
            return []
    params = {
        "kind": wanted.kind, "fund": wanted.fund, "payer": wanted.payer, "place": wanted.place, "year": wanted.year,
        "month": wanted.month.first_day if wanted.month else None, "document": wanted.document,
        "areas": areas, "after": after, "limit": limit,
    }  # fmt: skip
    return [_line(row) for row in sql.rows("ledger/list_account_lines", params)]


def newest_entry() -> int:
    """The id of the newest entry of all books; 0 while there is none."""
    return Entry.objects.aggregate(newest=Max("id"))["newest"] or 0


def count_entries(document: str) -> int:
    """How many entries were booked from a document."""
    return Entry.objects.filter(document=document).count()


def find_broken_links() -> list[Break]:
    """Each entry's fingerprint, number and link computed anew from what stands in the tables, book by book; and each
    book's own count and last fingerprint against its entries."""
    books = {*Book.objects.values_list("code", flat=True), *Entry.objects.values_list("book_id", flat=True).distinct()}
    return [found for book in sorted(books) for found in verify_chain(book)]


def verify_chain(book: str) -> list[Break]:
    """What of a book's chain does not hold: an entry changed, put in, taken out or out of order; nothing if sound."""
    kept = Book.objects.filter(pk=book).first()
    previous, number = "", 0
    breaks: list[Break] = []
    for row in _chain(book):
        number += 1
        why = _fault(row, book, previous, number)
        if why:
            facts = {"entry": row["id"], "book": book, "number": row["number"], "document": row["document"]}
            what = f"Bút toán {book}/{row['number']} ({row['recipe']}, {row['document']}): {why}"
            breaks.append(Break(what, facts, row["place"]))
        # Go on from what the entry says, so that one fault is told once.
        previous, number = row["hash"], row["number"]
    if kept is None or kept.entries != number or kept.head != previous:
        declared = kept.entries if kept is not None else 0
        facts = {"book": book, "declared": declared, "found": number}
        what = f"Sổ {book} ghi có {declared} bút toán, tìm thấy {number}, hoặc dấu vết cuối không khớp"
        breaks.append(Break(what, facts, book))
    return breaks


def find_unbalanced() -> list[Break]:
    """Of every entry: the sum of its postings against zero, their number and the sum of debits against those it
    declares."""
    return [
        Break(
            f"Bút toán {row['book']}/{row['number']} ({row['recipe']}, {row['document']}): chênh lệch Nợ − Có "
            f"{Dong(row['difference'])} đồng; {row['found']} dòng, khai {row['declared']}; "
            f"ghi Nợ {Dong(row['debit_dong'])} đồng, khai {Dong(row['declared_dong'])}",
            {
                key: row[key]
                for key in ("id", "book", "number", "document", "difference", "found", "declared", "debit_dong",
                            "declared_dong")
            },
            row["place"],
        )
        for row in sql.rows("ledger/find_unbalanced_entries")
    ]  # fmt: skip


PROOFS: tuple[Proof, ...] = (
    Proof("entry_balances", 4, "Mọi bút toán cân và đủ số dòng đã khai", find_unbalanced),
    Proof("ledger_chain", 10, "Chuỗi dấu vết của sổ cái không đứt", find_broken_links),
)


def _chain(book: str) -> Iterator[dict[str, Any]]:
    """The entries of a book in order, a few thousand at a time."""
    after = 0
    while rows := sql.rows("ledger/read_chain", {"book": book, "after": after, "limit": _AT_ONCE}):
        yield from rows
        after = rows[-1]["number"]


def _fault(row: Mapping[str, Any], book: str, previous: str, number: int) -> str:
    """What is wrong with an entry, in Vietnamese; empty when nothing is."""
    if row["number"] != number:
        return f"thiếu bút toán trước nó (số phải là {number})"
    if row["previous"] != previous:
        return "không nối với bút toán liền trước"
    found = hash_of(
        previous=row["previous"], book=book, number=row["number"], recipe=row["recipe"], document=row["document"],
        key=row["key"], month=Month.containing(row["month"]), place=row["place"], posted_at=row["posted_at"],
        posted_by=row["posted_by"], postings=row["written"],
    )  # fmt: skip
    return "" if found == row["hash"] else "nội dung không còn như lúc ghi sổ"


def _reached_places(by: Actor, place: str) -> list[str]:
    """The places of accounts that lie in the actor's areas, each asked of the first month it was booked to."""
    reached = []
    for row in sql.rows("ledger/list_account_places", {"place": place}):
        found = find_place(row["place"], row["month"])
        if found is not None and by.reaches(found.path):
            reached.append(found.code)
    return reached


def _key(row: Mapping[str, Any]) -> AccountKey:
    return AccountKey(row["kind"], row["fund"], row["place"], row["payer"], row["year"])


def _line(row: Mapping[str, Any]) -> AccountLine:
    return AccountLine(
        posting_id=row["posting_id"], entry_id=row["entry_id"], book=row["book"], number=row["number"],
        recipe=row["recipe"], document=row["document"], month=Month.containing(row["month"]),
        place=row["entry_place"], posted_at=row["posted_at"], posted_by=row["posted_by"], account=_key(row),
        dong=Dong(row["dong"]),
    )  # fmt: skip
