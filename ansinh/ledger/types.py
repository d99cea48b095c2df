"""Records of the books: accounts, postings, entries to be made and entries made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month

__all__ = ["AccountKey", "AccountLine", "Balance", "EntriesPosted", "NewEntry", "Posting"]


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """An account by what it is of; a dimension that does not apply is '' or 0. Kinds are named by who books."""

    kind: str
    fund: str = ""
    # A commune, or the holder of a budget.
    place: str = ""
    payer: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: `dong` above zero is a debit, below zero a credit; never zero."""

    account: AccountKey
    dong: Dong


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be made. `key` is said once in the life of all books: the same act cannot be booked twice."""

    recipe: str
    # What it is booked from, such as "batch:12".
    document: str
    key: str
    month: Month
    place: str
    postings: Sequence[Posting]


@dataclass(frozen=True, slots=True)
class EntriesPosted:
    """The numbers in their book of the entries just made, both included; 0 and 0 when there was nothing to book."""

    first: int
    last: int

    @property
    def count(self) -> int:
        """How many entries were made."""
        return self.last - self.first + 1 if self.last else 0


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account holds: debits less credits."""

    account: AccountKey
    dong: Dong


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One posting as a page of an account shows it."""

    posting_id: int
    entry_id: int
    book: str
    number: int
    recipe: str
    document: str
    month: Month
    place: str
    posted_at: datetime
    posted_by: int
    account: AccountKey
    dong: Dong
