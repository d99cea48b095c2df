"""Where histories happen: a small register over a merger, the clock, and acts that may be refused or killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import connection, transaction

from ansinh.access.types import EVERYWHERE, Actor, Appointment, Role
from ansinh.funds.actions import add_contract, add_payer, assign_budget
from ansinh.funds.types import FUNDS
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.sealing import blind_index, seal
from ansinh.registry.models import Person, SealedNumber
from tests.histories.people import (
    BANG_LUNG,
    CHO_DON,
    DISTRICT,
    FIRST,
    NAM_CUONG,
    NGOC_PHAI,
    OLD_COMMUNES,
    XUAN_LAC,
    Somebody,
    Truth,
)
from tests.seeding import Desk, add_person

POST, BANK = "buu-dien", "ngan-hang"
START = datetime(2025, 4, 20, 3, 0, tzinfo=UTC)
BUDGET = 60_000_000
# Name, category, born, commune; the fourth has an account and is paid by the bank.
_PEOPLE = (
    ("Lý Ngọc An", "elderly_80_no_pension", date(1940, 2, 27), NGOC_PHAI),
    ("Ma Xuân Thảo", "disabled_exceptional", date(1981, 2, 27), NGOC_PHAI),
    ("Ma Thị Tuấn", "disabled_severe", date(1984, 8, 13), BANG_LUNG),
    ("Hứa Văn Khánh", "elderly_80_no_pension", date(1938, 5, 5), BANG_LUNG),
    ("Nông Thị Hạnh", "disabled_severe", date(1975, 5, 5), XUAN_LAC),
    ("Triệu Văn Quý", "disabled_exceptional", date(1990, 3, 3), XUAN_LAC),
)

T = TypeVar("T")


_OF_LISTS = ("open_run", "compute_run", "record_death", "correct_birth", "move_resident", "undo_change")


class Killed(Exception):
    """The process ended just before it would have committed."""


class WrongAnswer(AssertionError):
    """The program answered otherwise than the paper says it must."""


def serving(payer: Actor, also: str) -> Actor:
    """The coordinator of one paying organisation, appointed to another too."""
    return replace(payer, appointments=(*payer.appointments, Appointment(Role.PAYER, EVERYWHERE, also)))


def settle(desk: Desk) -> list[Somebody]:
    """The register, the payers and the budgets of 2025, as every history begins with them."""
    people = []
    for number, (name, category, born, commune) in enumerate(_PEOPLE):
        person = add_person(name, born=born, category=category, commune=commune, opening=FIRST)
        people.append(Somebody(person.pk, name, Truth(category, born, ((FIRST, commune),))))
        if number == 3:
            _give_account(person)
    add_payer(code=BANK, name="Ngân hàng Chợ Đồn", kind="bank", by=desk.finance, at=START)
    for commune in OLD_COMMUNES[1:]:
        add_contract(
            payer=BANK, place_code=commune, number=f"02/HĐ-{commune}", signed_on=START.date(), starts=Month.of(2025, 1),
            fee_rate=Decimal("0.001"), channels=("bank",), by=desk.finance, at=START,
        )  # fmt: skip
    for place in (DISTRICT, CHO_DON, NAM_CUONG):
        for fund in FUNDS:
            assign_budget(
                place_code=place, fund=fund, year=2025, amount_dong=Dong(BUDGET), decision_no="01/QĐ-UBND",
                decided_on=START.date(), by=desk.finance, at=START,
            )  # fmt: skip
    return people


def _give_account(person: Person) -> None:
    SealedNumber.objects.create(
        person=person, kind="account", sealed=seal("0123456789", kind="account"),
        blind_index=blind_index("0123456789", kind="account"), bank="Agribank", recorded_at=START,
    )  # fmt: skip


@dataclass
class Tally:
    """What a number of histories came to."""

    histories: int = 0
    # Histories taken to where every month is settled.
    ended: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def steps(self) -> int:
        return sum(self.acts.values())


@dataclass
class World:
    """The clock and the hand that acts: each act on a day of its own."""

    desk: Desk
    tally: Tally
    now: datetime = START
    # Whether anything was told of people or listed: else nothing about lists can have changed.
    has_listed: bool = False

    @property
    def today(self) -> date:
        return self.now.date()

    def tomorrow(self, on: date | None = None) -> None:
        """The next day; or a later one, when that has not come yet."""
        self.now += timedelta(days=1)
        if on is not None and self.today < on:
            self.now = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)

    def act(
        self, what: str, work: Callable[[], T], *, refusals: tuple[str, ...] = (), killed: bool = False
    ) -> T | None:
        """Do it once, for good; None when it was refused as it might be. Refused or killed it leaves no trace."""
        self.tomorrow()
        self.tally.acts[what] += 1
        self.has_listed = self.has_listed or what in _OF_LISTS
        before = traces()
        try:
            if killed:
                self.tally.killed[what] += 1
                _begun_and_killed(work)
                _must_be_untouched(before, f"{what}, bị ngắt")
            with transaction.atomic():
                return work()
        except Refusal as refused:
            self.tally.refused[f"{what}: {refused.code}"] += 1
            if refused.code not in refusals:
                raise WrongAnswer(f"{what} was refused ({refused.code}): {refused.message}") from refused
            _must_be_untouched(before, f"{what}, {refused.code}")
            return None


def _begun_and_killed(work: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            work()
            settle_constraints()
            _kill()
    except Killed:
        return


def _kill() -> None:
    raise Killed


def settle_constraints() -> None:
    """What the database checks at commit, checked now: a history never commits."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _must_be_untouched(before: str, what: str) -> None:
    if traces() != before:
        raise WrongAnswer(f"{what}: something was left behind")


_TRACED = ("registry_", "entitlement_", "ledger_", "funds_", "payroll_", "payout_", "reconcile_", "settlement_")
_statement: list[str] = []


def traces() -> str:
    """A fingerprint of every row of the apps of the register and the money, the audit trail's length included."""
    with connection.cursor() as cursor:
        if not _statement:
            cursor.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
            )
            tables = [name for (name,) in cursor.fetchall() if name.startswith(_TRACED)]
            sums = [f"(SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t)" for table in tables]  # noqa: S608
            sums.append("(SELECT count(*) FROM platform_auditentry)")
            _statement.append("SELECT " + ", ".join(sums))
        cursor.execute(_statement[0])
        return str(cursor.fetchone())
