"""The proofs of the books: silent on sound ones, naming the entry on each planted corruption."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from ansinh.ledger.actions import post_entries
from ansinh.ledger.models import Entry
from ansinh.ledger.queries import PROOFS, find_broken_links, find_unbalanced, verify_chain
from tests.ledger.conftest import CLERK, made
from tests.seeding import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrupt() -> Callable[[str], None]:
    """Three sound entries, and a hand that changes them behind the triggers' back."""
    post_entries(book="064", entries=[made("a"), made("b"), made("c")], by=CLERK, at=AT)

    def change(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("ledger_entry", "ledger_posting", "ledger_book"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement)

    return change


def test_sound_books_are_silent(corrupt: Callable[[str], None]) -> None:
    assert [found for proof in PROOFS for found in proof.find()] == []


@pytest.mark.parametrize(
    "change",
    ["document = 'batch:9'", "month = '2020-09-01'", "posted_by = 99", "place = '02050'", "key = 'other'",
     "posted_at = posted_at + interval '1 second'", "hash = repeat('0', 64)", "previous = repeat('0', 64)",
     "number = 7"],
)  # fmt: skip
def test_a_changed_entry_is_named(corrupt: Callable[[str], None], change: str) -> None:
    second = Entry.objects.get(number=2)
    corrupt("UPDATE ledger_entry SET CHANGE WHERE number = 2".replace("CHANGE", change))
    assert second.pk in {found.facts.get("entry") for found in find_broken_links()}


def test_a_changed_posting_is_named_twice(corrupt: Callable[[str], None]) -> None:
    second = Entry.objects.get(number=2)
    corrupt(
        "UPDATE ledger_posting SET dong = dong + 1"
        " WHERE dong > 0 AND entry_id = (SELECT id FROM ledger_entry WHERE number = 2)"
    )
    (link,), (unbalanced,) = find_broken_links(), find_unbalanced()
    assert link.facts["entry"] == second.pk
    assert unbalanced.facts["difference"] == 1
    assert "064/2" in unbalanced.what


def test_money_moved_to_another_account_breaks_the_chain(corrupt: Callable[[str], None]) -> None:
    post_entries(book="064", entries=[made("d", place="02050")], by=CLERK, at=AT)
    corrupt(
        "UPDATE ledger_posting SET account_id = (SELECT id FROM ledger_account WHERE place = '02050' AND kind = 'owed')"
        " WHERE dong > 0 AND entry_id = (SELECT id FROM ledger_entry WHERE number = 1)"
    )
    assert find_unbalanced() == []
    assert [found.facts["number"] for found in verify_chain("064")] == [1]


def test_a_missing_entry_is_seen_also_at_the_end(corrupt: Callable[[str], None]) -> None:
    corrupt("DELETE FROM ledger_posting WHERE entry_id = (SELECT id FROM ledger_entry WHERE number = 3)")
    assert [found.facts["found"] for found in find_unbalanced()] == [0]
    corrupt("DELETE FROM ledger_entry WHERE number = 3")
    (found,) = find_broken_links()
    assert found.facts == {"book": "064", "declared": 3, "found": 2}
