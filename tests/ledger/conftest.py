"""Entries of money given to a payer and paid out, in books of their own."""

from __future__ import annotations

from ansinh.access.types import EVERYWHERE, Actor, Appointment, Role
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.types import AccountKey, NewEntry, Posting
from tests.seeding import AUGUST

CLERK = Actor(7, "Lục Thị Toán", (Appointment(Role.FINANCE, EVERYWHERE),))


def made(key: str, dong: int = 405_000, *, place: str = "02053", month: Month = AUGUST, to: str = "owed") -> NewEntry:
    """An entry that moves `dong` from the payer to `to`."""
    debit, credit = AccountKey(to, "tcxh", place, "buu-dien"), AccountKey("with_payer", "tcxh", place, "buu-dien")
    return NewEntry("pay", "batch:1", key, month, place, (Posting(debit, Dong(dong)), Posting(credit, Dong(-dong))))
