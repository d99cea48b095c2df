"""Posting: numbered without a gap, chained, balanced by the database, once, and never changed."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.access.types import Actor, Appointment, Role
from ansinh.kernel.money import Dong
from ansinh.ledger.actions import EntryAlreadyPosted, Unbalanced, post_entries
from ansinh.ledger.models import Account, Book, Entry, Posting
from ansinh.ledger.queries import AccountFilter, list_account_lines, list_balances, newest_entry, sum_recipes
from ansinh.ledger.types import AccountKey, EntriesPosted, NewEntry
from ansinh.ledger.types import Posting as NewPosting
from tests.ledger.conftest import CLERK, made
from tests.seeding import AT, AUGUST

pytestmark = pytest.mark.django_db


def post(*entries: NewEntry, book: str = "064") -> EntriesPosted:
    return post_entries(book=book, entries=entries, by=CLERK, at=AT)


def test_entries_are_numbered_and_chained() -> None:
    assert post(made("a"), made("b")) == EntriesPosted(1, 2)
    assert post(made("c")) == EntriesPosted(3, 3)
    first, second, third = Entry.objects.order_by("number")
    assert (first.previous, second.previous, third.previous) == ("", first.hash, second.hash)
    book = Book.objects.get(pk="064")
    assert (book.entries, book.head) == (3, third.hash)
    assert newest_entry() == third.pk


def test_books_have_their_own_numbers() -> None:
    post(made("a"))
    assert post(made("b"), book="061") == EntriesPosted(1, 1)


def test_nothing_to_book_books_nothing() -> None:
    assert post() == EntriesPosted(0, 0)
    assert post().count == 0
    assert not Entry.objects.exists()


def test_balances_are_sums_of_postings() -> None:
    post(made("a"), made("b", 1_000), made("c", 7, place="02050"))
    held = {(one.account.kind, one.account.place): one.dong for one in list_balances(kinds=("owed", "with_payer"))}
    assert held == {
        ("owed", "02050"): Dong(7), ("owed", "02053"): Dong(406_000),
        ("with_payer", "02050"): Dong(-7), ("with_payer", "02053"): Dong(-406_000),
    }  # fmt: skip
    assert list_balances(places=("02053",), kinds=("owed",), payers=("nobody",)) == []
    key = AccountKey("owed", "tcxh", "02050", "buu-dien")
    assert sum_recipes(kind="owed", recipes=("pay",), places=("02050",), months=(AUGUST,)) == [
        ("pay", AUGUST, key, Dong(7))
    ]
    assert Account.objects.count() == 4


def test_an_account_is_read_down_to_its_documents(first_load: object) -> None:
    post(made("a"), made("b", 1_000, place="02050"))
    lines = list_account_lines(by=CLERK, wanted=AccountFilter(kind="owed"))
    assert [(line.place, line.document, line.dong.value) for line in lines] == [
        ("02053", "batch:1", 405_000), ("02050", "batch:1", 1_000)
    ]  # fmt: skip
    assert list_account_lines(by=CLERK, wanted=AccountFilter(kind="owed"), after=lines[0].posting_id) == lines[1:]
    assert list_account_lines(by=CLERK, wanted=AccountFilter(month=AUGUST + 1)) == []


def test_lines_keep_to_the_actors_areas(first_load: object) -> None:
    post(made("a"), made("b", 1_000, place="02050"))
    of_commune = Actor(8, "Ma Thị Xã", (Appointment(Role.FINANCE, "02050"),))
    of_elsewhere = Actor(9, "Người nơi khác", (Appointment(Role.FINANCE, "01"),))
    assert {line.place for line in list_account_lines(by=of_commune, wanted=AccountFilter())} == {"02050"}
    assert list_account_lines(by=of_elsewhere, wanted=AccountFilter()) == []


def test_an_entry_that_does_not_balance_is_refused() -> None:
    lame = NewEntry("pay", "batch:1", "a", AUGUST, "02053", (
        NewPosting(AccountKey("owed"), Dong(5)), NewPosting(AccountKey("with_payer"), Dong(-4))))  # fmt: skip
    with pytest.raises(Unbalanced):
        post(lame)
    assert not Entry.objects.exists()


def test_a_key_is_booked_once() -> None:
    post(made("a"))
    for again in ((made("a"),), (made("b"), made("b"))):
        with pytest.raises(EntryAlreadyPosted):
            post(*again)
    with pytest.raises(EntryAlreadyPosted):
        post(made("a"), book="061")
    assert Entry.objects.count() == 1


def add_by_hand(*postings: Posting) -> None:
    """An entry of two postings and 5 đồng, with these postings, past the actions."""
    entry = Entry.objects.create(
        book_id="064", number=2, recipe="pay", document="x", key="x", month=AUGUST, place="02053", posted_at=AT,
        posted_by=1, postings=2, debit_dong=Dong(5), previous=Entry.objects.get(number=1).hash, hash="0" * 64,
    )  # fmt: skip
    for posting in postings:
        posting.entry = entry
    Posting.objects.bulk_create(postings)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "amounts",
    # Unbalanced; balanced, but not the sum declared; not the number declared; nothing at all.
    [(5, -4), (6, -6), (5,), ()],
)
def test_the_database_refuses_an_entry_that_is_not_what_it_declares(amounts: tuple[int, ...]) -> None:
    post(made("a"))
    accounts = Account.objects.order_by("pk")
    postings = [Posting(account=account, dong=Dong(dong)) for account, dong in zip(accounts, amounts, strict=False)]
    with pytest.raises(IntegrityError, match=r"không cân|không có dòng nào"), transaction.atomic():
        add_by_hand(*postings)
    add_by_hand(Posting(account=accounts[0], dong=Dong(5)), Posting(account=accounts[1], dong=Dong(-5)))


def test_nothing_joins_an_old_entry() -> None:
    post(made("a"))
    accounts = Account.objects.bulk_create([Account(kind="x"), Account(kind="y")])
    pair = [Posting(entry=Entry.objects.get(), account=accounts[side], dong=Dong(5 - 10 * side)) for side in (0, 1)]
    with pytest.raises(IntegrityError, match="không cân"), transaction.atomic():
        Posting.objects.bulk_create(pair)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET document = 'batch:2'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
        "UPDATE ledger_posting SET dong = dong + 1",
        "DELETE FROM ledger_posting",
        "TRUNCATE ledger_posting",
        "UPDATE ledger_account SET payer = 'x'",
        "DELETE FROM ledger_account",
        "UPDATE ledger_book SET entries = 0, head = ''",
        "DELETE FROM ledger_book",
    ],
)
def test_books_are_only_added_to(statement: str) -> None:
    post(made("a"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
            cursor.execute(statement)
