"""Entries balance and are fingerprinted, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ledger.rules import NothingToBook, Unbalanced, debits, hash_of, must_balance, written
from ansinh.ledger.types import AccountKey, NewEntry, Posting

CASH, DEBT = AccountKey("with_payer", "tcxh", "02053", "buu-dien"), AccountKey("owed", "tcxh", "02053", "buu-dien")
AT = datetime(2020, 8, 5, 2, 0, tzinfo=UTC)
SAID: dict[str, Any] = {
    "previous": "", "book": "064", "number": 1, "recipe": "pay", "document": "batch:1", "key": "pay:1",
    "month": Month.of(2020, 8), "place": "02053", "posted_at": AT, "posted_by": 3, "postings": ["a|1", "b|-1"],
}  # fmt: skip


def entry(*postings: Posting) -> NewEntry:
    return NewEntry("pay", "batch:1", "pay:1", Month.of(2020, 8), "02053", postings)


def test_a_balanced_entry_passes() -> None:
    must_balance(entry(Posting(DEBT, Dong(5)), Posting(CASH, Dong(-5))))


def test_debits_and_credits_that_differ_are_refused() -> None:
    with pytest.raises(Unbalanced, match="còn 1 đồng"):
        must_balance(entry(Posting(DEBT, Dong(5)), Posting(CASH, Dong(-4))))


def test_an_entry_without_money_is_refused() -> None:
    for nothing in (entry(), entry(Posting(DEBT, Dong(0)), Posting(CASH, Dong(0)))):
        with pytest.raises(NothingToBook):
            must_balance(nothing)


def test_debits_are_summed() -> None:
    assert debits([Posting(DEBT, Dong(5)), Posting(CASH, Dong(-7)), Posting(CASH, Dong(2))]) == Dong(7)


def test_everything_an_entry_says_is_in_its_fingerprint() -> None:
    others: dict[str, Any] = {
        "previous": "x", "book": "061", "number": 2, "recipe": "list_orders", "document": "batch:2", "key": "pay:2",
        "month": Month.of(2020, 9), "place": "02050", "posted_at": AT + timedelta(microseconds=1), "posted_by": 4,
        "postings": ["a|1", "b|-2"],
    }  # fmt: skip
    assert others.keys() == SAID.keys()
    for name, other in others.items():
        assert hash_of(**{**SAID, name: other}) != hash_of(**SAID), name


def test_the_order_of_postings_and_the_zone_of_the_instant_do_not_matter() -> None:
    local = AT.astimezone(timezone(timedelta(hours=7)))
    assert hash_of(**{**SAID, "posted_at": local, "postings": ["b|-1", "a|1"]}) == hash_of(**SAID)


def test_a_posting_is_written_in_one_way() -> None:
    assert written(Posting(CASH, Dong(-5))) == "with_payer|tcxh|0|buu-dien|02053|-5"
