"""Acts on people and lists: changes told between months, months listed step by step, orders issued."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Sum

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.payout.actions import issue_orders
from ansinh.payout.models import BatchItem, Order, OrderPart, Recovery
from ansinh.payout.types import OrdersIssued
from ansinh.payroll.actions import (
    approve_run,
    cancel_run,
    check_run,
    clear_finding,
    compute_run,
    open_run,
    return_run,
    submit_run,
)
from ansinh.payroll.models import Line, RosterEntry, Run
from ansinh.payroll.queries import list_findings
from ansinh.registry.actions import correct_birth, move_resident, record_death, undo_change
from ansinh.registry.types import Paper
from tests.histories.base import Base, Listed
from tests.histories.owing import OPEN, Debt, Due
from tests.histories.paper import Card, Folder, Item
from tests.histories.people import FIRST, MERGED, NEW_COMMUNES, OLD_COMMUNES, Somebody, home_of, places_of
from tests.histories.world import WrongAnswer

_PAPER = Paper("30/QĐ-UBND", date(2025, 4, 15), "", "Giấy xã gửi")
# The steps of a list in order; each leaves it in the state named.
STEPS = ("OPEN", "COMPUTED", "CHECKED", "SUBMITTED", "APPROVED")


class Lists(Base):
    """Verbs of the register and the list; each tells the paper what became true."""

    def change(self, person: Somebody, n: int, *, killed: bool) -> None:
        """One change of a person, chosen by `n`: death, birth put right, a move, or the last change taken back."""
        kinds = (self._die, self._correct_birth, self._move, self._undo)
        kinds[n % len(kinds)](person, n // len(kinds), killed)

    def _die(self, person: Somebody, n: int, killed: bool) -> None:
        day = FIRST.first_day + timedelta(days=n % max(1, (self.world.today - FIRST.first_day).days))
        told = self.world.act(
            "record_death",
            lambda: record_death(person_id=person.pk, died_on=day, paper=_PAPER, by=self.desk.officer, at=self.now),
            refusals=("already_dead", "day_in_future"),
            killed=killed,
        )
        if told is not None:
            person.change(told.change_id, "death", died=day)

    def _correct_birth(self, person: Somebody, n: int, killed: bool) -> None:
        old = person.truth.category.startswith("elderly")
        born = date(1939 - n % 9, 5, 5) if old else date(1955 + 30 * (n % 2), 5, 5 + n % 20)
        told = self.world.act(
            "correct_birth",
            lambda: correct_birth(
                person_id=person.pk, birth=BirthDate(born, "day"), paper=_PAPER, by=self.desk.officer, at=self.now
            ),
            refusals=("change_already_recorded",),
            killed=killed,
        )
        if told is not None:
            person.change(told.change_id, "birth", born=born)

    def _move(self, person: Somebody, n: int, killed: bool) -> None:
        """From this month or the next on; not across the merger, where codes change their meaning."""
        since = max(FIRST + 1, self.month + (n % 3 - 1))
        communes = ("", *(OLD_COMMUNES if since < MERGED else NEW_COMMUNES))
        commune = communes[n // 3 % len(communes)]
        told = self.world.act(
            "move_resident",
            lambda: move_resident(
                person_id=person.pk, from_month=since, commune_code=commune, paper=_PAPER, by=self.desk.officer,
                at=self.now,
            ),
            refusals=("already_lives_there", "moved_again_later", "change_already_recorded"),
            killed=killed,
        )  # fmt: skip
        if told is not None:
            stays = tuple(home for home in person.truth.homes if home[0] < since)
            person.change(told.change_id, "move", homes=(*stays, (since, commune)))

    def _undo(self, person: Somebody, _n: int, killed: bool) -> None:
        if not person.undo:
            return
        change_id, _, before = person.undo[-1]
        told = self.world.act(
            "undo_change",
            lambda: undo_change(change_id=change_id, reason="Ghi nhầm", by=self.desk.officer, at=self.now),
            refusals=("later_changes_stand",),
            killed=killed,
        )
        if told is not None:
            person.undo.pop()
            person.truth = before

    def list_on(self, steps: int, n: int, *, killed: bool) -> None:
        """Take the month's next list some steps on, its orders included; then the next place, then the next month."""
        for step in range(steps):
            waiting = [place for place in places_of(self.month) if self.state_of(place) != "ISSUED"]
            if not waiting:
                if self.month == self.last_month:
                    return
                self.month = self.month + 1
                waiting = list(places_of(self.month))
                self.world.tomorrow((self.month + -1).first_day + timedelta(days=19))
            self._step(waiting[n % len(waiting)], killed and step == steps - 1)

    def state_of(self, place: str) -> str:
        listed = self.lists.get((place, self.month))
        return "" if listed is None else listed.state

    def _step(self, place: str, killed: bool) -> None:
        listed = self.lists.get((place, self.month))
        if listed is None:
            self._open(place, killed)
            return
        verb = {
            "OPEN": self._compute, "COMPUTED": self._check, "CHECKED": self._submit, "SUBMITTED": self._approve,
            "APPROVED": self.issue,
        }[listed.state]  # fmt: skip
        verb(listed, killed)

    def _open(self, place: str, killed: bool) -> None:
        opened = self.world.act(
            "open_run",
            lambda: open_run(place_code=place, month=self.month, by=self.desk.officer, at=self.now),
            refusals=("nobody_to_pay",),
            killed=killed,
        )
        # Nobody there: nothing to list in this place and month.
        listed = Listed(place, self.month, 0 if opened is None else opened.run_id, "OPEN" if opened else "ISSUED")
        listed.truths = {one.pk: one.truth for one in self.people}
        self.lists[place, self.month] = listed

    def _compute(self, listed: Listed, killed: bool) -> None:
        self._on_list("compute_run", compute_run, listed, "COMPUTED", killed)

    def _check(self, listed: Listed, killed: bool) -> None:
        self._on_list("check_run", check_run, listed, "CHECKED", killed)

    def _submit(self, listed: Listed, killed: bool) -> None:
        run = Run.objects.get(pk=listed.run_id)
        for found in list_findings(run, severity="blocking"):
            if found.cleared_at is None:
                self.world.act(
                    "clear_finding",
                    lambda pk=found.pk: clear_finding(  # type: ignore[misc]
                        run_id=listed.run_id, finding_id=pk, reason="Đã xác minh", by=self.desk.officer, at=self.now
                    ),
                )
        self._on_list("submit_run", submit_run, listed, "SUBMITTED", killed)

    def _on_list(self, what: str, verb: object, listed: Listed, state: str, killed: bool) -> None:
        assert callable(verb)
        self.world.act(what, lambda: verb(run_id=listed.run_id, by=self.desk.officer, at=self.now), killed=killed)
        listed.state = state

    def _approve(self, listed: Listed, killed: bool) -> None:
        self.world.act(
            "approve_run",
            lambda: approve_run(run_id=listed.run_id, by=self.desk.approver, at=self.now),
            killed=killed,
        )
        listed.state = "APPROVED"
        self._must_be_what_is_owed(listed)

    def send_back(self, n: int) -> None:
        """A list returned by the approver, or given up before it is submitted and begun anew."""
        open_lists = [one for one in self.lists.values() if one.state in STEPS[:4]]
        if not open_lists:
            return
        listed = open_lists[n % len(open_lists)]
        if listed.state == "SUBMITTED":
            self.world.act("return_run", lambda: return_run(
                run_id=listed.run_id, reason="Xem lại", by=self.desk.approver, at=self.now))  # fmt: skip
            listed.state = "CHECKED"
        else:
            self.world.act("cancel_run", lambda: cancel_run(
                run_id=listed.run_id, reason="Sổ còn sai", by=self.desk.officer, at=self.now))  # fmt: skip
            del self.lists[listed.place, listed.month]

    def _must_be_what_is_owed(self, listed: Listed) -> None:
        """Everybody of the list has by now been listed, for each month, exactly what was owed when it was opened."""
        roster = set(RosterEntry.objects.filter(run_id=listed.run_id).values_list("person_id", flat=True))
        approved = Line.objects.filter(run__state="APPROVED", person_id__in=roster, payroll_month__lte=listed.month)
        sums = approved.values_list("person_id", "entitlement_month", "regime").annotate(dong=Sum("amount_dong"))
        found: dict[tuple[int, Month], dict[str, int]] = defaultdict(dict)
        for person, month, fund, dong in sums:
            if dong:
                found[person, month][fund] = dong.value
        for person in roster:
            for month in FIRST.until(listed.month + 1):
                due = listed.truths[person].due(month)
                if found.get((person, month), {}) != due:
                    raise WrongAnswer(
                        f"người {person}, {month}: danh sách đến {listed.month} ghi {found.get((person, month))}, "
                        f"phải là {due} ({listed.truths[person]})"
                    )

    def issue(self, listed: Listed, killed: bool = False) -> None:
        """Orders of an approved list; again only what stands in no live folder."""
        done = self.world.act(
            "issue_orders",
            lambda: issue_orders(run_id=listed.run_id, by=self.desk.officer, at=self.now),
            killed=killed,
        )
        assert done is not None
        listed.state = "ISSUED"
        if not listed.is_issued:
            listed.is_issued = True
            self._first_issue(listed)
        self._must_take_everything(done, listed)
        self.paper.issue([], [self._folder(pk) for pk in done.batch_ids])

    def _first_issue(self, listed: Listed) -> None:
        """Everybody of the list gets their whole sum, less what is kept for what they owe back; who owes is noted."""
        orders = Order.objects.filter(run_id=listed.run_id).order_by("pk")
        found = {order.person_id: self._card(order, listed) for order in orders}
        made = {one.person_id: one for one in Recovery.objects.filter(run_id=listed.run_id)}
        for person, due in self._dues(listed).items():
            debts = [debt for debt in self.paper.debts.values() if debt.person == person and debt.state in OPEN]
            taken = due.withheld(debts)
            card = found.pop(person, None)
            if (card.amount if card else 0) != due.order(taken):
                raise WrongAnswer(f"lệnh chi của người {person}: {card and card.parts}, phải là {due} trừ {taken}")
            for one in taken:
                one.debt.lessen(one.dong)
            if card is not None:
                card.withheld = taken
                self.paper.issue([card], [])
            self._note_debt(person, due, made.pop(person, None))
        if found or made:
            raise WrongAnswer(f"lệnh chi, khoản thu hồi của người không có trong danh sách: {found}, {made}")

    def _note_debt(self, person: int, due: Due, made: Recovery | None) -> None:
        amount = max(0, -due.back_sum)
        if (made.amount_dong.value if made else 0) != amount:
            raise WrongAnswer(f"người {person} phải nộp lại {made}, phải là {amount}: {due}")
        if made is not None:
            self.paper.debts[made.pk] = Debt(made.pk, person, made.run_id, amount, due.taken_back, amount)

    @staticmethod
    def _dues(listed: Listed) -> dict[int, Due]:
        """Lines by person: regular, and by month what is paid or taken back."""
        lines = Line.objects.filter(run_id=listed.run_id, payroll_month=listed.month)
        dues: dict[int, Due] = defaultdict(Due)
        for person, kind, month, dong in lines.values_list("person_id", "kind", "entitlement_month", "amount_dong"):
            due = dues[person]
            if kind == "regular":
                due.regular += dong.value
            else:
                due.back[month] = due.back.get(month, 0) + dong.value
            if kind == "recovery":
                due.taken_back[month] = due.taken_back.get(month, 0) - dong.value
        return dues

    def _card(self, order: Order, listed: Listed) -> Card:
        parts = {part.fund: part.amount_dong.value for part in OrderPart.objects.filter(order=order)}
        return Card(
            order.pk, order.code, order.person_id, order.month, listed.run_id, listed.place, order.payer, parts,
            order.commune_code,
        )  # fmt: skip

    def _must_take_everything(self, done: OrdersIssued, listed: Listed) -> None:
        """New batches hold the run's waiting orders and all that was carried to its communes, and nothing else."""
        waiting = self.paper.waiting()
        new = {card.pk for card in self.paper.cards.values()
               if card.run_id == listed.run_id and card.state == "ISSUED" and card.pk not in waiting}  # fmt: skip
        carried = {card.pk for card in self.paper.orders("UNPAID", "RETURNED")
                   if card.pk not in waiting and self._comes_to(card, listed)}  # fmt: skip
        items = BatchItem.objects.filter(batch_id__in=done.batch_ids).values_list("order_id", "is_carried")
        found_new = {pk for pk, is_carried in items if not is_carried}
        found_carried = {pk for pk, is_carried in items if is_carried}
        if found_new != new or found_carried | self._left_out(carried, listed) != carried:
            raise WrongAnswer(
                f"đợt chi của kỳ {listed.run_id}: mới {found_new}, cần {new}; mang sang {found_carried}, cần {carried}"
            )

    def _comes_to(self, card: Card, listed: Listed) -> bool:
        assert card.folder is not None
        home = home_of(card.standing, listed.month)
        here = listed.place in (home, "064")
        return card.folder.month < listed.month and here

    def _left_out(self, carried: set[int], listed: Listed) -> set[int]:
        """Carried orders of a payer without a contract where they go now."""
        cards = [self.paper.cards[pk] for pk in carried]
        return {card.pk for card in cards if not self.has_contract(card.payer, home_of(card.standing, listed.month))}

    def _folder(self, pk: int) -> Folder:
        items = list(BatchItem.objects.filter(batch_id=pk).select_related("batch").order_by("order_id"))
        batch = items[0].batch
        folder = Folder(pk, batch.payer, batch.month, batch.place_code, batch.run_id)
        folder.items = [
            Item(self.paper.cards[item.order_id], folder, item.commune_code, item.from_commune_code, item.is_carried,
                 item.round)
            for item in items
        ]  # fmt: skip
        return folder
