"""Acts that bring money to the payers and give batches free."""

from __future__ import annotations

from collections import Counter
from functools import partial

from ansinh.funds.actions import (
    assign_budget,
    cancel_transfer,
    record_advance,
    record_return,
    record_transfer,
    request_transfer,
    return_advance,
)
from ansinh.funds.models import TransferPart
from ansinh.funds.types import FUNDS, MoneyRow
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.actions import (
    cancel_batch,
    cancel_order,
    hand_over_batch,
    reissue_order,
    release_batch,
)
from ansinh.payout.models import Order, OrderPart
from tests.histories.base import Base
from tests.histories.owing import Taken
from tests.histories.paper import Act, Card, Folder
from tests.histories.people import DISTRICT, MERGED, home_of
from tests.histories.world import BANK, POST, WrongAnswer

PAYERS = (POST, BANK)
_NO_MONEY = ("no_budget", "budget_exceeded")


class Sending(Base):
    """Verbs of the finance office, and of the officer and approver on batches and orders."""

    def request(self, payer: str, place: str, month: Month, *, killed: bool = False) -> int | None:
        """Ask the treasury for all a payer lacks; the number of the transfer."""
        needs = self._needs(payer, place, month)
        refusals: tuple[str, ...] = _NO_MONEY if needs else ("nothing_to_move", "month_closed")
        if any(self.paper.open_month(payer, commune, month) != month for commune, _, _ in needs):
            refusals = ("month_closed",)
        if any(not self.has_contract(payer, commune) for commune, _, _ in needs):
            refusals = ("no_contract",)
        asked = self.world.act(
            "request_transfer",
            lambda: request_transfer(payer=payer, place_code=place, month=month, by=self.desk.finance, at=self.now),
            refusals=refusals,
            killed=killed,
        )
        if asked is None:
            return None
        parts = TransferPart.objects.filter(transfer_id=asked.transfer_id)
        found = sorted((part.commune_code, part.fund, part.amount_dong.value) for part in parts)
        if found != needs:
            raise WrongAnswer(f"đề nghị chuyển {found}, cần {needs}")
        self.books.transfers[asked.transfer_id] = (payer, month, tuple(found))
        return asked.transfer_id

    def _needs(self, payer: str, place: str, month: Month) -> list[tuple[str, str, int]]:
        """What the month's orders need in the communes a place then has, what was promised taken off."""
        promised = [
            Act("transferred", whose, commune, fund, asked_for, dong)
            for whose, asked_for, parts in self.books.transfers.values()
            for commune, fund, dong in parts
        ]
        lacking = self.paper.lacking(payer, month, promised)
        return sorted(
            (commune, fund, dong)
            for (commune, fund), dong in lacking.items()
            if dong and self.lies_in(commune, place, month)
        )

    @staticmethod
    def lies_in(commune: str, place: str, month: Month) -> bool:
        """Whether a place has a commune of that code in the month: old codes are no places after the merger."""
        if month < MERGED:
            return place in (DISTRICT, commune) and commune != "02026"
        return commune == place

    def send(self, transfer_id: int, *, again: bool = False, killed: bool = False) -> bool:
        """The treasury confirms; `again`: with a voucher used before. Whether the money was sent."""
        waiting = transfer_id in self.books.transfers
        voucher = "UNC-1" if again else f"UNC-{transfer_id}"
        refusals: tuple[str, ...] = ("budget_exceeded", "no_budget", "month_closed", "voucher_used")
        done = self.world.act(
            "record_transfer",
            lambda: record_transfer(
                transfer_id=transfer_id, voucher_no=voucher, sent_on=self.world.today, by=self.desk.finance, at=self.now
            ),
            refusals=refusals if waiting else ("step_not_allowed",),
            killed=killed,
        )  # fmt: skip
        if done is not None:
            payer, month, parts = self.books.transfers.pop(transfer_id)
            self.paper.transfer("transferred", payer, month, parts)
        return done is not None

    def drop(self, transfer_id: int) -> None:
        """A request withdrawn."""
        waiting = transfer_id in self.books.transfers
        done = self.world.act(
            "cancel_transfer",
            lambda: cancel_transfer(transfer_id=transfer_id, reason="Nhầm", by=self.desk.finance, at=self.now),
            refusals=() if waiting else ("step_not_allowed",),
        )
        if done is not None:
            del self.books.transfers[transfer_id]

    def move_money(self, what: str, n: int, *, killed: bool = False) -> None:
        """Spare money returned to the treasury, or cash given to the payer's staff and accounted for."""
        payer = self.pick(PAYERS, n)
        held = self.paper.with_staff if what == "return_advance" else self.paper.with_payer
        cells = [(commune, fund, dong) for (whose, commune, fund), dong in sorted(held.items())
                 if whose == payer and dong > 0]  # fmt: skip
        cells = self.paper.spare(payer) if what == "record_return" else cells
        if not cells:
            return
        commune, fund, dong = self.pick(cells, n // 2)
        month = self.paper.open_month(payer, commune, self.month)
        if not self.lies_in(commune, home_of(commune, month) if month >= MERGED else DISTRICT, month):
            return
        parts = (MoneyRow(commune, fund, Dong(dong)),)
        verb = {
            "record_return": partial(record_return, reason="Nộp trả", by=self.desk.finance),
            "record_advance": partial(record_advance, by=self.desk.payer),
            "return_advance": partial(return_advance, by=self.desk.payer),
        }[what]

        def work() -> object:
            return verb(payer=payer, place_code=commune, month=month, parts=parts, voucher_no=f"CT-{self.now:%y%j}",
                        sent_on=self.world.today, at=self.now)  # fmt: skip

        refusals = ("not_of_month",) if what == "record_return" else ()
        if self.world.act(what, work, refusals=refusals, killed=killed) is not None:
            told = {"record_return": "money_returned", "record_advance": "advance", "return_advance": "advance_return"}
            self.paper.transfer(told[what], payer, month, [(commune, fund, dong)])

    def decide_budget(self, n: int) -> None:
        """A decision that gives more, or takes back much."""
        place = self.pick((DISTRICT, "02020", "02026"), n)
        dong = -40_000_000 if n % 5 == 4 else 20_000_000
        self.world.act(
            "assign_budget",
            lambda: assign_budget(
                place_code=place, fund=self.pick(FUNDS, n // 3), year=2025, amount_dong=Dong(dong),
                decision_no=f"{self.now:%j}/QĐ", decided_on=self.world.today, by=self.desk.finance, at=self.now,
            ),
            refusals=("budget_already_used",),
        )  # fmt: skip

    def release(self, folder: Folder, *, killed: bool = False) -> bool:
        """Give a batch free; whether it was. What must stand in the way is known beforehand."""
        done = self.world.act(
            "release_batch",
            lambda: release_batch(batch_id=folder.pk, by=self.desk.finance, at=self.now),
            refusals=self._in_the_way(folder),
            killed=killed,
        )
        if done is None:
            return False
        if self._in_the_way(folder):
            raise WrongAnswer(f"đợt {folder.pk} xuất được dù: {self._in_the_way(folder)}")
        self.paper.release(folder, self.world.today)
        return True

    def _in_the_way(self, folder: Folder) -> tuple[str, ...]:
        if folder.state != "ISSUED":
            return ("step_not_allowed",)
        if not folder.is_payable:
            return ("batch_changed",)
        needed: Counter[tuple[str, str]] = Counter()
        held: Counter[tuple[str, str]] = Counter()
        for card in self.paper.orders("RELEASED", "UNPAID", "RETURNED"):
            if card.payer == folder.payer and card not in [item.card for item in folder.items]:
                needed.update({(card.standing, fund): dong for fund, dong in card.parts.items()})
        for item in folder.items:
            for fund, dong in item.card.parts.items():
                needed[item.commune, fund] += dong
                if item.is_carried and item.origin != item.commune:
                    held[item.commune, fund] += dong
        for sums in (self.paper.with_payer, self.paper.with_staff):
            for (payer, commune, fund), dong in sums.items():
                held[commune, fund] += dong if payer == folder.payer else 0
        communes = {item.commune for item in folder.items}
        lacking = [cell for cell, dong in needed.items() if cell[0] in communes and dong > max(0, held[cell])]
        return ("money_not_sent",) if lacking else ()

    def give_up(self, folder: Folder, *, killed: bool = False) -> None:
        """A batch cancelled before its release."""
        waiting = folder.state == "ISSUED"
        done = self.world.act(
            "cancel_batch",
            lambda: cancel_batch(batch_id=folder.pk, reason="Lập lại", by=self.desk.officer, at=self.now),
            refusals=() if waiting else ("step_not_allowed",),
            killed=killed,
        )
        if done is not None:
            self.paper.give_up(folder)

    def hand_over(self, folder: Folder, digest: str) -> None:
        """The payer takes the list; the same again is answered, another file refused."""
        released = folder.state == "RELEASED"
        done = self.world.act(
            "hand_over_batch",
            lambda: hand_over_batch(batch_id=folder.pk, file_digest=digest * 32, by=self.desk.payer, at=self.now),
            refusals=("other_file_handed_over",) if released else ("batch_not_released",),
        )
        if done is not None and done.file_digest != digest * 32:
            raise WrongAnswer(f"đợt {folder.pk} giao {digest}, trả lời {done.file_digest}")

    def cancel(self, card: Card, *, killed: bool = False) -> None:
        """An order given up."""
        may = card.state in ("ISSUED", "UNPAID", "RETURNED")
        done = self.world.act(
            "cancel_order",
            lambda: cancel_order(order_id=card.pk, reason="Không chi nữa", by=self.desk.approver, at=self.now),
            refusals=() if may else ("step_not_allowed",),
            killed=killed,
        )
        if done is not None and self.paper.cancel(card) != done.booked_month:
            raise WrongAnswer(f"hủy lệnh {card.code} ghi vào {done.booked_month}, phải là {card.cancelled_in}")

    def reissue(self, card: Card, *, killed: bool = False) -> None:
        """A cancelled order made anew: the same money, once."""
        refusals = ("not_cancelled",) if card.state != "CANCELLED" else ()
        refusals = ("already_reissued",) if card.is_replaced else refusals
        done = self.world.act(
            "reissue_order",
            lambda: reissue_order(order_id=card.pk, reason="Đổi hình thức", by=self.desk.approver, at=self.now),
            refusals=refusals,
            killed=killed,
        )
        if done is None:
            return
        card.is_replaced = True
        order = Order.objects.get(pk=done.order_id)
        parts = {part.fund: part.amount_dong.value for part in OrderPart.objects.filter(order=order)}
        new = Card(order.pk, order.code, card.person, card.month, card.run_id, card.place, order.payer, parts,
                   order.commune_code)  # fmt: skip
        sums: Counter[tuple[int, str]] = Counter()
        for entry in order.recovery_entries.all():
            sums[entry.recovery_id, entry.kind] += entry.amount_dong.value
        new.withheld = [Taken(self.paper.debts[debt], kind, dong) for (debt, kind), dong in sums.items()]
        if new.amount + sum(sums.values()) != card.amount + sum(one.dong for one in card.withheld):
            raise WrongAnswer(f"lập lại {card.code}: {parts} trừ {sums}, phải là {card.parts} trừ {card.withheld}")
        for one in new.withheld:
            one.debt.lessen(one.dong)
        self.paper.issue([new], [])
