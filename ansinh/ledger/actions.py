"""Adding entries to a book. Called by the keeper of the recipes alone, inside the transaction of its action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.ledger.types import EntriesPosted, NewEntry


def lock_book(code: str) -> None:
    """Hold the book until the transaction ends, made if it is new: what is read of it then stays true."""
    raise NotImplementedError


def post_entries(*, book: str, entries: Sequence[NewEntry], by: Actor, at: datetime) -> EntriesPosted:
    """Add entries to the end of a book's chain, in the order given, numbered without a gap."""
    raise NotImplementedError
