"""Records of what people owe back; the face of the app hands them out with its other types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month


@dataclass(frozen=True, slots=True)
class RecoveryMoved:
    """A recovery in its new state, and what the act took off it (below nothing: what is open again)."""

    recovery_id: int
    state: str
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class RepaymentRecorded:
    """Cash paid back, and what is still open."""

    repayment_id: int
    recovery_id: int
    state: str
    amount_dong: Dong
    open_dong: Dong


@dataclass(frozen=True, slots=True)
class RecoveryFilter:
    """Which recoveries to show. Empty fields ask for everything."""

    # A commune, or any place above it as it was in the month of the list.
    place_code: str = ""
    state: str = ""
    # Part of a name without accents.
    text: str = ""
    person_id: int = 0
    recovery_id: int = 0


@dataclass(frozen=True, slots=True)
class ShownRecovery:
    """What somebody owes back after one run, as a screen shows it; the way is that of the decision in force."""

    id: int
    run_id: int
    month: Month
    person_id: int
    full_name: str
    birth: BirthDate
    commune_code: str
    amount_dong: Dong
    open_dong: Dong
    state: str
    way: str
    share: Decimal | None
    instalment_dong: Dong | None
    decision_no: str
    decided_on: date | None
    # As the register has it: nothing comes any more to withhold from.
    died_on: date | None


@dataclass(frozen=True, slots=True)
class RecoverySaid:
    """One thing that happened to a recovery, oldest first: a decision, or what lessened it (or raised it again)."""

    # A decision's kind, or an entry's.
    kind: str
    at: datetime
    by: int
    # Of entries: what came off, all funds; none of a decision.
    amount_dong: Dong | None
    way: str
    share: Decimal | None
    instalment_dong: Dong | None
    # The decision's number and day, or the voucher's.
    number: str
    on: date | None
    reason: str
    run_id: int | None
    order_id: int | None


@dataclass(frozen=True, slots=True)
class Withholding:
    """What a run's list says of a person and its order does not, or the other way round: positive sums.

    claimed: taken back by the list beyond its arrears, to be recovered by itself. withheld: taken off the payment for
    what was owed back before.
    """

    claimed_dong: Dong
    withheld_dong: Dong
