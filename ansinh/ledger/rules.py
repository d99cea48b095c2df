"""What an entry must be, and the hash that binds it to the one before; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.types import NewEntry, Posting


class Unbalanced(Refusal):
    """Bút toán "{recipe}" của {document} không cân: ghi Nợ trừ ghi Có còn {difference} đồng. Chưa ghi gì vào sổ;
    hãy báo cho người phụ trách phần mềm."""


class NothingToBook(Refusal):
    """Bút toán "{recipe}" của {document} không có dòng nào, hoặc có dòng 0 đồng. Chưa ghi gì vào sổ;
    hãy báo cho người phụ trách phần mềm."""


def must_balance(entry: NewEntry) -> None:
    """Refuses an entry without money (NothingToBook), or whose debits and credits differ (Unbalanced)."""
    if not entry.postings or not all(posting.dong for posting in entry.postings):
        raise NothingToBook(recipe=entry.recipe, document=entry.document)
    if difference := total(posting.dong for posting in entry.postings):
        raise Unbalanced(recipe=entry.recipe, document=entry.document, difference=difference)


def joined(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """One posting an account, accounts in order; what cancels out within the entry is left out."""
    sums: dict[object, Posting] = {}
    for posting in postings:
        known = sums.get(posting.account)
        sums[posting.account] = posting if known is None else Posting(posting.account, known.dong + posting.dong)
    return tuple(sorted((one for one in sums.values() if one.dong), key=lambda one: one.account))


def debits(postings: Iterable[Posting]) -> Dong:
    """The sum of the debits."""
    return total(posting.dong for posting in postings if posting.dong > Dong(0))


def hash_of(
    *,
    previous: str,
    book: str,
    number: int,
    recipe: str,
    document: str,
    key: str,
    month: Month,
    place: str,
    posted_at: datetime,
    posted_by: int,
    postings: Sequence[str],
) -> str:
    """The fingerprint of an entry and, through `previous`, of everything before it in its book.

    `postings` as `written` gives them, in any order.
    """
    said = [previous, book, number, recipe, document, key, month, place, posted_at, posted_by, sorted(postings)]
    return digest_of(said)


def written(posting: Posting) -> str:
    """A posting as the fingerprint reads it: kind|fund|year|payer|place|đồng."""
    account = posting.account
    return f"{account.kind}|{account.fund}|{account.year}|{account.payer}|{account.place}|{posting.dong.value}"
