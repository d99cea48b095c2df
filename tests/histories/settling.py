"""Months confirmed, closed and opened again; and a history taken to its end, where nothing may be stuck."""

from __future__ import annotations

from ansinh.funds.actions import assign_budget
from ansinh.funds.models import ClosedMonth
from ansinh.funds.types import FUNDS
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.reconcile.models import ResultsRow
from ansinh.settlement.actions import close_month, confirm_month, reopen_month
from ansinh.settlement.queries import list_closings
from tests.histories.listing import Lists
from tests.histories.paper import Card
from tests.histories.people import DISTRICT, FIRST, MERGED, NEW_COMMUNES, OLD_COMMUNES, home_of, places_of
from tests.histories.recovering import Recovering
from tests.histories.reporting import Reporting
from tests.histories.sending import PAYERS, Sending
from tests.histories.world import WrongAnswer

_TERMS = ("transferred", "paid", "payments_returned", "money_returned", "carried_on", "in_hand")


class Settling(Lists, Sending, Recovering, Reporting):
    """Verbs of settlement; what is closed must be what the paper has."""

    def confirm(self, payer: str, place: str, month: Month, *, sure: bool = False, killed: bool = False) -> bool:
        done = self.world.act(
            "confirm_month",
            lambda: confirm_month(payer=payer, place_code=place, month=month, by=self.desk.officer, at=self.now),
            refusals=("nothing_to_settle", "step_not_allowed", *(() if sure else ("results_missing",))),
            killed=killed,
        )
        return done is not None

    def close(self, payer: str, place: str, month: Month, *, sure: bool = False, killed: bool = False) -> bool:
        """Close a month; `sure`: nothing may be in its way."""
        maybe = ("nothing_to_settle", "not_at_zero", "not_confirmed", "step_not_allowed")
        done = self.world.act(
            "close_month",
            lambda: close_month(payer=payer, place_code=place, month=month, by=self.desk.finance, at=self.now),
            refusals=() if sure else maybe,
            killed=killed,
        )
        if done is None:
            return False
        self._read_closed()
        for home in OLD_COMMUNES if place == DISTRICT else (place,):
            self._must_be_as_closed(payer, home, month)
        return True

    def reopen(self, payer: str, place: str, month: Month, *, killed: bool = False) -> None:
        done = self.world.act(
            "reopen_month",
            lambda: reopen_month(
                payer=payer, place_code=place, month=month, reason="Sai số", by=self.desk.finance, at=self.now
            ),
            refusals=("nothing_to_settle", "step_not_allowed", "later_month_closed"),
            killed=killed,
        )
        if done is not None:
            self._read_closed()

    def _read_closed(self) -> None:
        """Which books are shut decides where later facts are booked."""
        self.paper.closed.clear()
        for payer, commune, month in ClosedMonth.objects.values_list("payer_id", "commune_code", "month"):
            self.paper.closed.setdefault((payer, commune), set()).add(month)

    def _must_be_as_closed(self, payer: str, home: str, month: Month) -> None:
        """What was signed equals the cards and acts; the equation comes out."""
        closings = list_closings(payer=payer, commune_code=home, month=month, by=self.desk.finance)
        standing = [one for one in closings if not hasattr(one, "reopening")]
        for part in (part for one in standing for part in one.parts.all()):
            found = {term: getattr(part, f"{term}_dong").value for term in _TERMS}
            wanted = self.paper.figures(payer, home, month, part.fund)
            if found != wanted:
                raise WrongAnswer(f"quyết toán {payer} {home} {month} {part.fund}: {found}, phải là {wanted}")
            left = found["transferred"] + part.carried_in_dong.value
            gone = found["paid"] - found["payments_returned"] + found["money_returned"]
            if left != gone + found["carried_on"] + found["in_hand"]:
                raise WrongAnswer(f"quyết toán {payer} {home} {month} {part.fund} không về 0: {found}")

    def go_on(self, share: int, *, killed: bool) -> None:
        """What usually comes next: batches released, results reported, the last month settled, the next one listed."""
        changed = [one for one in self.paper.folders.values() if one.state == "ISSUED" and not one.is_payable]
        waiting = [one for one in self.paper.folders.values() if one.state == "ISSUED"]
        if changed:
            self.give_up(changed[0], killed=killed)
        elif waiting:
            self._send_for(waiting[0].payer, waiting[0].place, waiting[0].month)
            self.release(waiting[0], killed=killed)
        elif released := self.paper.orders("RELEASED"):
            payer = released[0].payer
            cards = [card for card in released if card.payer == payer]
            said = ["unpaid" if share and (card.pk + share) % (share + 1) == 0 else "paid" for card in cards]
            rows = [self.told(number, *pair) for number, pair in enumerate(zip(cards, said, strict=True), start=1)]
            self.report(payer, rows, killed=killed)
        elif share and self.paper.closed.get((PAYERS[0], OLD_COMMUNES[0])) is None:
            if self.confirm(PAYERS[0], OLD_COMMUNES[0], FIRST, killed=killed):
                self.close(PAYERS[0], OLD_COMMUNES[0], FIRST, killed=killed)
            self.list_on(1, 0, killed=killed)
        else:
            self.list_on(6, share, killed=killed)

    def act_of_office(self, what: str, n: int, *, killed: bool) -> None:
        """The smaller acts."""
        transfers, folders = list(self.books.transfers), list(self.paper.folders.values())[::-1]
        issued = [one for one in self.lists.values() if one.run_id and one.state == "ISSUED"]
        month = max(FIRST, self.month + -(n // 2 % 2))
        if what == "ask":
            self.request(self.pick(PAYERS, n), self.pick(places_of(month), n // 4), month, killed=killed)
        elif what == "confirm" and transfers:
            self.send(self.pick(transfers, n), again=n % 3 == 0, killed=killed)
        elif what == "withdraw" and transfers:
            self.drop(self.pick(transfers, n))
        elif what in ("record_return", "record_advance", "return_advance"):
            self.move_money(what, n, killed=killed)
        elif what == "budget":
            self.decide_budget(n)
        elif what == "hand over":
            self.hand_over(self.pick(folders, n), self.pick(("ab", "cd"), n // 7))
        elif what == "list back":
            self.send_back(n)
        elif what == "issue" and issued:
            self.issue(self.pick(issued, n), killed)
        elif what == "dismiss":
            self.dismiss(n)

    def finish(self, n: int) -> None:
        """Everything begun is ended: all listed, sent, released, reported; then every month must close at zero."""
        self.world.tally.ended += 1
        self._end_lists()
        for _ in range(3):
            self._end_batches()
        self._end_reports(n)
        while ResultsRow.objects.filter(file__state="APPLIED", verdict="set_aside", resolved_how="").exists():
            self.dismiss(0)
        for month in FIRST.until(self.month + 1):
            for place in places_of(month):
                for payer in PAYERS:
                    self._end_month(payer, place, month)
        self._nothing_may_be_left()

    def _end_lists(self) -> None:
        while any(self.state_of(place) != "ISSUED" for place in places_of(self.month)):
            self.list_on(1, 0, killed=False)

    def _end_batches(self) -> None:
        """Batches that changed are made anew; what waits is paid for and released, the oldest month first."""
        for folder in [one for one in self.paper.folders.values() if one.state == "ISSUED" and not one.is_payable]:
            self.give_up(folder)
        for listed in [one for one in self.lists.values() if one.run_id]:
            self.issue(listed)
        for transfer_id in list(self.books.transfers):
            self.drop(transfer_id)
        for folder in [one for one in self.paper.folders.values() if one.state == "ISSUED"]:
            if not self.release(folder):
                self._send_for(folder.payer, folder.place, folder.month)
                self.release(folder)

    def _give_budget(self, place: str) -> None:
        for fund in FUNDS:
            self.world.act("assign_budget", lambda fund=fund: assign_budget(  # type: ignore[misc]
                place_code=place, fund=fund, year=2025, amount_dong=Dong(100_000_000), decision_no=f"{self.now:%j}/QĐ",
                decided_on=self.world.today, by=self.desk.finance, at=self.now))  # fmt: skip

    def _send_for(self, payer: str, place: str, month: Month) -> None:
        """All a month lacks, asked for and sent; where the budget falls short it is raised first."""
        asked = self.request(payer, place, month)
        if asked is None:
            self._give_budget(place)
            asked = self.request(payer, place, month)
        if asked is not None and not self.send(asked):
            self._give_budget(place)
            self.send(asked)

    def _end_reports(self, n: int) -> None:
        """Every released order gets a result: paid, or not collected for every `n`th."""
        for payer in PAYERS:
            cards = [card for card in self.paper.orders("RELEASED") if card.payer == payer]
            rows = [
                self.told(number, card, "unpaid" if n and number % (n + 1) == 0 else "paid")
                for number, card in enumerate(cards, start=1)
            ]
            if rows:
                self.report(payer, rows)

    def _end_month(self, payer: str, place: str, month: Month) -> None:
        if self.confirm(payer, place, month, sure=True):
            self.close(payer, place, month, sure=True)

    def _nothing_may_be_left(self) -> None:
        """Every order has its result, every month in which money moved is settled."""
        if waiting := self.paper.orders("ISSUED", "RELEASED"):
            raise WrongAnswer(f"lệnh chi còn treo: {[(card.code, card.state) for card in waiting]}")
        # Listed and given up before any money was sent: there is nothing to settle.
        for act in [act for act in self.paper.acts if act.what not in ("listed", "given_up")]:
            shut = self.paper.closed.get((act.payer, home_of(act.commune, act.month)), set())
            if act.month <= self.month and act.month not in shut:
                raise WrongAnswer(f"tháng {act.month} của {act.commune} với {act.payer} không quyết toán được: {act}")

    @staticmethod
    def settled_together(month: Month) -> tuple[str, ...]:
        """Places a month is settled for: communes one by one, the district whole."""
        return (*OLD_COMMUNES, DISTRICT) if month < MERGED else NEW_COMMUNES

    def live_cards(self) -> list[Card]:
        """Orders, the newest first."""
        return sorted(self.paper.cards.values(), key=lambda card: -card.pk)
