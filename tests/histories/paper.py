"""The money as a careful clerk keeps it on paper: orders as cards, batches as folders, cash as sums by commune.

Nothing here asks the program anything; what the program did is written down once and compared ever after.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ansinh.kernel.month import Month
from ansinh.payout.types import ReportedResult
from tests.histories.owing import Debt, Taken
from tests.histories.people import codes_of

Cell = tuple[str, str, str]


@dataclass(eq=False)
class Folder:
    """A batch: which orders, where each stands with it, from where, carried or not, in which round."""

    pk: int
    payer: str
    month: Month
    place: str
    run_id: int
    items: list[Item] = field(default_factory=list)
    state: str = "ISSUED"
    released_on: date | None = None

    @property
    def is_payable(self) -> bool:
        """Whether every order can still be paid as presented."""
        return all(item.is_payable for item in self.items)


@dataclass(eq=False)
class Card:
    """An order."""

    pk: int
    code: str
    person: int
    month: Month
    run_id: int
    place: str
    payer: str
    parts: dict[str, int]
    commune: str
    state: str = "ISSUED"
    round: int = 0
    folder: Folder | None = None
    presented: list[Item] = field(default_factory=list)
    # (kind, settlement month, folder, day) of every result; what is paid and came back are counted from them.
    results: list[tuple[str, Month, Folder, date | None]] = field(default_factory=list)
    cancelled_in: Month | None = None
    is_replaced: bool = False
    paid_on: date | None = None
    returned_on: date | None = None
    round_began: date | None = None
    # What was withheld from it for what the person owes back.
    withheld: list[Taken] = field(default_factory=list)
    # The settlement month of the folder it waits in, if any.
    waits_in: Month | None = None

    @property
    def amount(self) -> int:
        return sum(self.parts.values())

    @property
    def standing(self) -> str:
        """The commune its money stands at: of its latest released presentation."""
        return self.presented[-1].commune if self.presented else self.commune

    def count(self, kind: str) -> int:
        return sum(1 for one, *_ in self.results if one == kind)


@dataclass(eq=False)
class Item:
    """An order's place in a folder."""

    card: Card
    folder: Folder
    commune: str
    origin: str
    is_carried: bool
    round: int

    @property
    def is_payable(self) -> bool:
        card = self.card
        if not self.is_carried:
            return card.state == "ISSUED"
        return (card.state, self.round) in (("UNPAID", card.round), ("RETURNED", card.round + 1))


@dataclass(frozen=True)
class Act:
    """A sum that moved, for the settlement of a month."""

    what: str
    payer: str
    commune: str
    fund: str
    month: Month
    dong: int


@dataclass
class Paper:
    """Everything the clerk has written down."""

    cards: dict[int, Card] = field(default_factory=dict)
    folders: dict[int, Folder] = field(default_factory=dict)
    with_payer: Counter[Cell] = field(default_factory=Counter)
    with_staff: Counter[Cell] = field(default_factory=Counter)
    owed: Counter[Cell] = field(default_factory=Counter)
    acts: list[Act] = field(default_factory=list)
    debts: dict[int, Debt] = field(default_factory=dict)
    # Results by what makes them the same act: order, outcome, amount.
    known: dict[tuple[object, ...], tuple[int, str, int | None]] = field(default_factory=dict)
    closed: dict[tuple[str, str], set[Month]] = field(default_factory=dict)

    def open_month(self, payer: str, commune: str, wanted: Month) -> Month:
        """The settlement month a fact is booked to."""
        return max([wanted, *(month + 1 for month in self.closed.get((payer, commune), ()))])

    def card_of(self, code: str) -> Card | None:
        return next((card for card in self.cards.values() if card.code == code), None)

    def waiting(self) -> set[int]:
        """Orders that wait in a folder."""
        return {item.card.pk for one in self.folders.values() if one.state == "ISSUED" for item in one.items}

    def orders(self, *states: str) -> list[Card]:
        return [card for card in self.cards.values() if card.state in states]

    def _move(self, sums: Counter[Cell], card: Card, sign: int, commune: str = "") -> None:
        for fund, dong in card.parts.items():
            sums[card.payer, commune or card.standing, fund] += sign * dong

    def _act(self, what: str, card: Card, month: Month, *, commune: str = "", sign: int = 1) -> None:
        for fund, dong in card.parts.items():
            self.acts.append(Act(what, card.payer, commune or card.standing, fund, month, sign * dong))

    def issue(self, cards: Iterable[Card], folders: Iterable[Folder]) -> None:
        """New orders, and folders of new and carried ones."""
        for card in cards:
            self.cards[card.pk] = card
            self._move(self.owed, card, 1)
            self._act("listed", card, self.open_month(card.payer, card.commune, card.month))
        for folder in folders:
            self.folders[folder.pk] = folder
            for item in folder.items:
                item.card.waits_in = folder.month

    def give_up(self, folder: Folder) -> None:
        """A folder cancelled before its release."""
        folder.state = "CANCELLED"
        for item in folder.items:
            item.card.waits_in = None

    def transfer(self, what: str, payer: str, month: Month, parts: Iterable[tuple[str, str, int]]) -> None:
        """Money sent to the payer, returned by it, given to its staff or accounted for by them."""
        for commune, fund, dong in parts:
            cell = (payer, commune, fund)
            if what in ("transferred", "money_returned"):
                self.with_payer[cell] += dong if what == "transferred" else -dong
                self.acts.append(Act(what, payer, commune, fund, month, dong))
            else:
                self.with_payer[cell] += -dong if what == "advance" else dong
                self.with_staff[cell] += dong if what == "advance" else -dong

    def release(self, folder: Folder, on: date) -> None:
        """A folder given free: its orders stand where it presents them, carried money goes along."""
        folder.state, folder.released_on = "RELEASED", on
        for item in folder.items:
            card = item.card
            card.waits_in = None
            if item.origin != item.commune:
                for sums, sign in ((self.with_payer, 1), (self.owed, 1)):
                    self._move(sums, card, -sign, item.origin)
                    self._move(sums, card, sign, item.commune)
                self._act("moved_in", card, folder.month, commune=item.origin, sign=-1)
                self._act("moved_in", card, folder.month, commune=item.commune)
            if card.round != item.round or not item.is_carried:
                card.round_began, card.paid_on = on, None
            card.presented.append(item)
            card.state, card.round, card.folder = "RELEASED", item.round, folder
            if not item.is_carried:
                self._act("ordered", card, folder.month)

    def record(self, row: ReportedResult, card: Card) -> None:
        """A result taken in."""
        folder = card.folder
        assert folder is not None
        month = self.open_month(card.payer, card.standing, folder.month)
        card.results.append((row.outcome, month, folder, row.happened_on))
        self.known[self.nonce(row, card)] = (card.pk, row.outcome, card.amount)
        if row.outcome == "paid":
            card.state, card.paid_on = "PAID", row.happened_on
            self._move(self.with_payer, card, -1)
            self._move(self.owed, card, -1)
            self._act("paid", card, month)
        elif row.outcome == "returned":
            card.state, card.returned_on = "RETURNED", row.happened_on
            self._move(self.with_payer, card, 1)
            self._move(self.owed, card, 1)
            self._act("payments_returned", card, month)
        else:
            card.state = "UNPAID"

    def cancel(self, card: Card) -> Month:
        """An order given up; the month it is booked in."""
        wanted = card.month if card.folder is None else card.folder.month
        card.cancelled_in = self.open_month(card.payer, card.standing, wanted)
        card.state = "CANCELLED"
        self._move(self.owed, card, -1)
        self._act("given_up", card, card.cancelled_in)
        if card.folder is not None:
            self._act("cancelled", card, card.cancelled_in)
        for one in card.withheld:
            one.debt.restore(one.dong)
        return card.cancelled_in

    def lacking(self, payer: str, month: Month, promised: Iterable[Act]) -> Counter[tuple[str, str]]:
        """What a month's orders need of the treasury, by commune and fund: what earlier months lack is theirs."""
        sums: dict[tuple[str, str], Counter[Month]] = {}
        signs = {"listed": 1, "money_returned": 1, "given_up": -1, "transferred": -1}
        for act in (*self.acts, *promised):
            if act.payer == payer and act.what in signs:
                sums.setdefault((act.commune, act.fund), Counter())[act.month] += signs[act.what] * act.dong
        found: Counter[tuple[str, str]] = Counter()
        for cell, months in sums.items():
            ends = [sum(months[one] for one in months if one <= end) for end in sorted(months) if end < month]
            now = sum(months[one] for one in months if one <= month)
            found[cell] = max(0, now - max([0, *ends]))
        return found

    def spare(self, payer: str) -> list[tuple[str, str, int]]:
        """Money in hand for no order, by commune and fund."""
        needed: Counter[Cell] = Counter()
        for card in self.orders("RELEASED", "UNPAID", "RETURNED"):
            self._move(needed, card, 1)
        return [
            (commune, fund, dong - needed[payer, commune, fund])
            for (whose, commune, fund), dong in sorted(self.with_payer.items())
            if whose == payer and dong > needed[payer, commune, fund]
        ]

    @staticmethod
    def nonce(row: ReportedResult, card: Card) -> tuple[object, ...]:
        """What makes a row the same act however often it is sent."""
        if row.nonce:
            return ("given", card.payer, row.nonce)
        if row.outcome == "unpaid":
            return ("unpaid", card.pk, card.folder and card.folder.pk)
        amount = row.amount_dong.value if row.amount_dong is not None else 0
        return (row.outcome, card.pk, row.happened_on, amount, row.reference or row.receiver_name)

    def figures(self, payer: str, home: str, month: Month, fund: str) -> dict[str, int]:
        """The equation's terms of a home's month as the cards and acts say, with what stood before it."""
        codes = codes_of(home, month)
        mine = [act for act in self.acts if (act.payer, act.fund) == (payer, fund) and act.commune in codes]

        def until(*what: str, month: Month = month) -> int:
            return sum(act.dong for act in mine if act.what in what and act.month <= month)

        now = {
            what: until(what) - until(what, month=month + -1)
            for what in ("transferred", "paid", "payments_returned", "money_returned")
        }
        in_hand = until("transferred", "cancelled") - until("ordered", "money_returned")
        carried = sum(
            card.parts.get(fund, 0)
            for card in self.cards.values()
            if card.payer == payer and _carried_on(card, month) in codes
        )
        return {**now, "carried_on": carried, "in_hand": in_hand}


def _carried_on(card: Card, month: Month) -> str:
    """The commune an order is carried on at, at the end of a month; "" when it is not."""
    until = [item for item in card.presented if item.folder.month <= month]
    if not until or (card.cancelled_in is not None and card.cancelled_in <= month):
        return ""
    told = [kind for kind, booked, *_ in card.results if booked <= month]
    if told.count("paid") > told.count("returned"):
        return ""
    return sorted(until, key=lambda item: item.folder.month)[-1].commune


def double_rows(rows: Sequence[ReportedResult], paper: Paper) -> set[int]:
    """Rows of one report that speak of one order again: the first stays when all say the same, else none does."""
    of_order: dict[int, list[ReportedResult]] = {}
    for row in rows:
        card = paper.card_of(row.order_code)
        if card is not None:
            of_order.setdefault(card.pk, []).append(row)
    doubles: set[int] = set()
    for pk, told in of_order.items():
        same = len({paper.nonce(row, paper.cards[pk]) for row in told}) == 1
        doubles |= {row.row for row in (told[1:] if same else told)} if len(told) > 1 else set()
    return doubles
