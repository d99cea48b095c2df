"""Two people who were listed too much in August and September 2020: one corrected, one dead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.ledger.queries import list_balances
from ansinh.payout.models import Order, Recovery
from ansinh.payout.types import OrdersIssued
from ansinh.registry.actions import correct_birth, record_death
from ansinh.registry.models import Person
from ansinh.registry.types import ChangeRecorded, Paper
from tests.payout.conftest import issue
from tests.seeding import AUGUST, Desk, add_person

SEPTEMBER, OCTOBER, NOVEMBER = AUGUST + 1, AUGUST + 2, AUGUST + 3
LEARNT_AT = datetime(2020, 9, 20, 2, 0, tzinfo=UTC)
LATER = datetime(2020, 12, 20, 2, 0, tzinfo=UTC)
PAPER = Paper("30/QĐ-UBND", date(2020, 9, 15), "", "")
DECIDED_ON, PAID_ON = date(2020, 10, 12), date(2020, 10, 20)
# Exceptionally disabled, listed at 2,5 as born in 1955, owed 2,0 as born in 1975: 0,5 × 270.000 a month too much.
REGULAR, OWED = 540_000, 270_000


@dataclass(frozen=True, slots=True)
class Owing:
    """Everybody at their desks, and the two who owe something back."""

    desk: Desk
    younger: Person
    dead: Person

    def correct(self, birth: str = "1975") -> ChangeRecorded:
        """What the papers say of the younger one's birth."""
        return correct_birth(
            person_id=self.younger.pk, birth=BirthDate.parse_vi(birth), paper=PAPER, by=self.desk.officer, at=LEARNT_AT
        )

    def bury(self) -> ChangeRecorded:
        """The death in August, learnt in September."""
        return record_death(
            person_id=self.dead.pk, died_on=date(2020, 8, 11), paper=PAPER, by=self.desk.officer, at=LEARNT_AT
        )

    def issue(self, month: Month) -> OrdersIssued:
        """A month from open to orders."""
        return issue(self.desk, month)

    def recovery(self, person: Person) -> Recovery:
        """What the person owes back."""
        return Recovery.objects.get(person_id=person.pk)

    def paid(self, person: Person, month: Month) -> int:
        """What the person's live order of a month comes to; nothing without one."""
        orders = Order.objects.exclude(state="CANCELLED").filter(person_id=person.pk, month=month)
        return sum(order.amount_dong.value for order in orders)


def settle_owing(desk: Desk) -> Owing:
    """August and September issued as the register then said; both mistakes told before October."""
    younger = add_person("Nông Văn Trẻ", born=date(1955, 3, 3), category="disabled_exceptional")
    dead = add_person("Hoàng Thị Mất", born=date(1930, 3, 3), category="elderly_80_no_pension")
    owing = Owing(desk, younger, dead)
    for month in (AUGUST, SEPTEMBER):
        owing.issue(month)
    owing.correct()
    owing.bury()
    return owing


def in_books(kind: str) -> int:
    """What an account kind stands at, all of them together; credits are below zero."""
    return sum(one.dong.value for one in list_balances(kinds=(kind,)))
