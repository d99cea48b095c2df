"""Random months: every act of the money in any order, killed and done again; after each the books must agree."""

from __future__ import annotations

import copy
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ansinh.platform.proofs import Proof
from tests.histories.base import Books
from tests.histories.checks import OF_LISTS, must_agree, must_prove
from tests.histories.paper import Card, Folder
from tests.histories.people import FIRST
from tests.histories.reporting import FLAVOURS, Sent
from tests.histories.sending import PAYERS
from tests.histories.settling import Settling
from tests.histories.world import Tally, World
from tests.seeding import Desk

ANY = st.integers(0, 10_000)
# Every third act is killed at its end and done again.
KILLED = st.sampled_from((False, False, True))
PAYER = st.sampled_from((*PAYERS, PAYERS[0], PAYERS[0]))
IN_FILE = st.lists(
    st.tuples(ANY, st.sampled_from(("paid", "unpaid", "returned", "other_amount", "stranger", "tomorrow"))),
    min_size=1,
    max_size=4,
)
SMALLER = st.sampled_from((
    "ask", "confirm", "withdraw", "record_return", "record_advance", "return_advance", "budget", "hand over",
    "list back", "issue", "dismiss",
))  # fmt: skip
FEW = st.lists(st.tuples(ANY, st.sampled_from(FLAVOURS)), min_size=1, max_size=4)


class Histories(RuleBasedStateMachine, Settling):
    """One history; rolled back at its end."""

    desk_of_all: ClassVar[Desk]
    beginning: ClassVar[Books]
    begins_at: ClassVar[World]
    tally: ClassVar[Tally]
    # How many usual acts go by at once, at most.
    pace: ClassVar[int]
    quick_proofs: ClassVar[tuple[Proof, ...]]
    all_proofs: ClassVar[tuple[Proof, ...]]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.desk_of_all, self.tally, self.begins_at.now)
        self.books = copy.deepcopy(self.beginning)
        self.sent: list[Sent] = []
        self.tally.histories += 1
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        try:
            listed = self.world.has_listed
            must_prove(proof for proof in self.all_proofs if listed or proof.invariant not in OF_LISTS)
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @invariant()
    def books_agree(self) -> None:
        must_agree(self.paper)
        must_prove(self.quick_proofs)

    # What usually comes next

    @rule(acts=st.integers(1, 8), share=st.integers(0, 3), killed=KILLED)
    def it_goes_on(self, acts: int, share: int, killed: bool) -> None:
        for number in range(min(acts, self.pace)):
            self.go_on(share, killed=killed and number == 0)

    @rule(who=ANY, told=ANY, acts=st.integers(1, 8), share=st.integers(0, 3), killed=KILLED)
    def something_is_told_and_it_goes_on(self, who: int, told: int, acts: int, share: int, killed: bool) -> None:
        self.change(self.pick(self.people, who), told, killed=killed)
        for _ in range(min(acts, self.pace)):
            self.go_on(share, killed=False)

    @rule(n=ANY, share=st.integers(0, 3), killed=KILLED)
    @precondition(lambda self: self.paper.orders("PAID"))
    def something_comes_back_and_it_goes_on(self, n: int, share: int, killed: bool) -> None:
        card = self.pick(self.paper.orders("PAID"), n)
        self.report(card.payer, [self.told(1, card, "returned")], killed=killed)
        for _ in range(self.pace):
            self.go_on(share, killed=False)

    @rule(share=st.integers(0, 3), killed=KILLED)
    def a_month_goes_by(self, share: int, killed: bool) -> None:
        month, acts = self.month, 0
        while self.month == month and self.month < self.last_month and acts < 2 * self.pace:
            self.go_on(share, killed=killed and acts == 0)
            acts += 1

    # Lists and people

    @rule(steps=st.integers(1, 6), n=ANY, killed=KILLED)
    def lists_are_made(self, steps: int, n: int, killed: bool) -> None:
        self.list_on(steps, n, killed=killed)

    @rule(who=ANY, n=ANY, killed=KILLED)
    def somebody_changes(self, who: int, n: int, killed: bool) -> None:
        self.change(self.pick(self.people, who), n, killed=killed)

    # Money, batches and orders

    @rule(what=SMALLER, n=ANY, killed=KILLED)
    def an_office_acts(self, what: str, n: int, killed: bool) -> None:
        self.act_of_office(what, n, killed=killed)

    def folder(self, n: int) -> Folder:
        """A batch, the newest for 0."""
        return self.pick(list(self.paper.folders.values())[::-1], n)

    def card(self, n: int) -> Card:
        """An order, the newest for 0."""
        return self.pick(self.live_cards(), n)

    @rule(n=ANY, killed=KILLED)
    def batch_released(self, n: int, killed: bool) -> None:
        self.release(self.folder(n), killed=killed)

    @rule(n=ANY, killed=KILLED)
    def batch_given_up(self, n: int, killed: bool) -> None:
        self.give_up(self.folder(n), killed=killed)

    @rule(n=ANY, killed=KILLED)
    def order_given_up(self, n: int, killed: bool) -> None:
        may = self.paper.orders("ISSUED", "UNPAID", "RETURNED")
        self.cancel(self.pick(may, n) if may and n % 4 else self.card(n), killed=killed)

    @rule(n=ANY, killed=KILLED)
    def order_made_anew(self, n: int, killed: bool) -> None:
        cancelled = self.paper.orders("CANCELLED")
        self.reissue(self.pick(cancelled, n) if cancelled and n % 4 else self.card(n), killed=killed)

    # Results

    def reportable(self, payer: str, n: int) -> Card:
        """An order, mostly one of this payer that was released."""
        live = [card for card in self.live_cards() if card.payer == payer and card.state != "ISSUED"]
        return self.pick(live, n) if live and n % 8 else self.card(n)

    @rule(payer=PAYER, told=FEW, month=ANY, killed=KILLED)
    def some_reported(self, payer: str, told: list[tuple[int, str]], month: int, killed: bool) -> None:
        rows = [
            self.told(number, self.reportable(payer, n), flavour) for number, (n, flavour) in enumerate(told, start=1)
        ]
        self.report(payer, rows, month=self.month + -(month % 4) if month % 3 == 0 else None, killed=killed)

    @rule(n=ANY, same_key=st.booleans(), killed=KILLED)
    @precondition(lambda self: self.sent)
    def report_sent_again(self, n: int, same_key: bool, killed: bool) -> None:
        self.send_again(self.pick(self.sent[::-1], n), same_key=same_key, killed=killed)

    @rule(n=ANY, flavour=st.sampled_from(FLAVOURS), killed=KILLED)
    def receipt_sent(self, n: int, flavour: str, killed: bool) -> None:
        self.receipt(self.reportable(PAYERS[0], n), flavour, f"máy {n % 20}", killed=killed)

    @rule(payer=PAYER, told=IN_FILE, killed=KILLED)
    def file_sent(self, payer: str, told: list[tuple[int, str]], killed: bool) -> None:
        rows = [
            self.told(number, self.reportable(payer, n), flavour) for number, (n, flavour) in enumerate(told, start=1)
        ]
        self.file(payer, rows, month=None, killed=killed)

    # What people owe back

    @rule(what=st.sampled_from(("decide", "decide", "repay", "write off", "look again")), n=ANY, killed=KILLED)
    @precondition(lambda self: self.paper.debts)
    def owed_back(self, what: str, n: int, killed: bool) -> None:
        self.owing(what, n, killed=killed)

    # Settlement

    @rule(n=ANY, payer=PAYER, killed=KILLED)
    def month_confirmed_and_closed(self, n: int, payer: str, killed: bool) -> None:
        month = self.pick(list(FIRST.until(self.month + 1)), n)
        place = self.pick(self.settled_together(month), n // 8)
        if n % 5 == 4 or self.confirm(payer, place, month, killed=killed):
            self.close(payer, place, month, killed=killed)

    @rule(n=ANY, killed=KILLED)
    @precondition(lambda self: self.paper.closed)
    def month_opened_again(self, n: int, killed: bool) -> None:
        closed = sorted({(payer, month) for (payer, _), months in self.paper.closed.items() for month in months})
        payer, month = self.pick(closed[::-1], n)
        self.reopen(payer, self.pick(self.settled_together(month), n // 8), month, killed=killed)

    @rule(n=st.integers(0, 3), now=st.booleans())
    def all_ended(self, n: int, now: bool) -> None:
        if now:
            self.finish(n)
