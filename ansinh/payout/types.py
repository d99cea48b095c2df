"""Records the payout's actions and queries take and hand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.ids import new_id
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.hold_types import (
    HeldMoney,
    NotReceived,
    NotReceivedAnswered,
    ShownHold,
    ToReturn,
    YearEndOrder,
    YearEndRenewed,
)
from ansinh.payout.recovery_types import (
    RecoveryFilter,
    RecoveryMoved,
    RecoverySaid,
    RepaymentRecorded,
    ShownRecovery,
    Withholding,
)
from ansinh.payout.states import (
    BATCH_STATE_NAMES,
    BECAUSE_NAMES,
    CHANNEL_NAMES,
    ORDER_STATE_NAMES,
    OUTCOME_NAMES,
    PROOF_NAMES,
    RECOVERY_DECISIONS,
    RECOVERY_ENTRIES,
    RECOVERY_STATE_NAMES,
    VERDICT_NAMES,
    WAYS_BACK,
)

__all__ = [
    "BATCH_STATE_NAMES",
    "BECAUSE_NAMES",
    "CHANNEL_NAMES",
    "ORDER_STATE_NAMES",
    "OUTCOME_NAMES",
    "PROOF_NAMES",
    "RECOVERY_DECISIONS",
    "RECOVERY_ENTRIES",
    "RECOVERY_STATE_NAMES",
    "VERDICT_NAMES",
    "WAYS_BACK",
    "BatchHandedOver",
    "BatchMoved",
    "Carried",
    "HeldMoney",
    "MonthMoney",
    "NotReceived",
    "NotReceivedAnswered",
    "OrderCancelled",
    "OrderEvent",
    "OrderFilter",
    "OrderPage",
    "OrderReissued",
    "OrdersIssued",
    "PayItem",
    "RecoveryFilter",
    "RecoveryMoved",
    "RecoverySaid",
    "RepaymentRecorded",
    "ReportedResult",
    "ResultRecorded",
    "ResultsRecorded",
    "ShownHold",
    "ShownOrder",
    "ShownRecovery",
    "StateTotal",
    "StepOffer",
    "ToReturn",
    "ToldRows",
    "TransferNeed",
    "Verdict",
    "Withholding",
    "YearEndOrder",
    "YearEndRenewed",
]


@dataclass(frozen=True, slots=True)
class OrdersIssued:
    """What issuing made: batches now waiting for release, new orders, orders presented again, claims.

    `left_out` counts orders not collected before whose payer has no contract here this month: they wait.
    """

    run_id: int
    batch_ids: tuple[int, ...]
    new_orders: int
    carried_orders: int
    claims: int
    total_dong: Dong
    left_out: int


@dataclass(frozen=True, slots=True)
class BatchMoved:
    """A batch in its new state."""

    batch_id: int
    state: str
    declared_count: int
    declared_dong: Dong


@dataclass(frozen=True, slots=True)
class BatchHandedOver:
    """A batch in the payer's hands: the answer is the same however often it is asked."""

    batch_id: int
    key: str
    file_digest: str
    handed_over_at: datetime
    declared_count: int
    declared_dong: Dong


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """An order given up, and the settlement month its money counts in hand from."""

    order_id: int
    booked_month: Month
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class OrderReissued:
    """A new order in place of a cancelled one; it goes into the run's next batch."""

    order_id: int
    code: str
    replaces_id: int


@dataclass(frozen=True, slots=True)
class ReportedResult:
    """One row of what a payer reports, read but not judged.

    `outcome` is "paid", "unpaid" or "returned". `row` names it in messages. A receiver left empty is the person.
    `nonce`, where the payer's system gives one, makes the row the same act however often it is sent.
    """

    row: int
    order_code: str
    outcome: str
    amount_dong: Dong | None = None
    happened_on: date | None = None
    receiver_name: str = ""
    relation: str = ""
    authorised_until: date | None = None
    proof: str = ""
    reference: str = ""
    reason: str = ""
    nonce: str = ""


@dataclass(frozen=True, slots=True)
class ToldRows:
    """Reported rows already in the database, for a report of many: nothing of them passes through Python.

    `query` is a statement of the caller's, by its name (platform.sql), whose columns are `number`, the order they are
    told in, and a ReportedResult written down (`payout.rules.STAGED`); `row` is a number of the caller's for each.
    `digest` tells these rows from any others. What is said of each stays in the transaction's `payout_reportedrow`
    under `report`, until the caller clears it (`payout.queries.clear_rows`).
    """

    query: str
    params: Mapping[str, Any]
    digest: str
    report: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a reported row: "applied", "repeat" (known already: `result_id`) or "set_aside" (`because`).

    `message` is Vietnamese, says why and what to do; empty for a row simply applied.
    """

    row: int
    order_id: int | None
    verdict: str
    because: str = ""
    message: str = ""
    result_id: int | None = None


@dataclass(frozen=True, slots=True)
class ResultsRecorded:
    """One report taken in; amounts are of the rows applied. `is_repeat`: the same report was taken in before.

    A single receipt set aside leaves no recording. Of `ToldRows` no verdicts are handed out: they stay
    in the database.
    """

    recording_id: int | None
    rows: int
    applied: int
    repeats: int
    set_aside: int
    paid_dong: Dong
    unpaid_dong: Dong
    returned_dong: Dong
    is_repeat: bool
    verdicts: tuple[Verdict, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ResultRecorded:
    """One receipt taken in, or known before under the same nonce; set aside it leaves no recording."""

    recording_id: int | None
    verdict: str
    result_id: int | None
    order_id: int | None
    because: str
    message: str


@dataclass(frozen=True, slots=True)
class TransferNeed:
    """What a payer must have received for the new orders of a run, by commune and fund; may be below nothing."""

    payer: str
    fund: str
    commune_code: str
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class StepOffer:
    """A step as an actor meets it: its verb, whether it may be done now, and if not why (Vietnamese)."""

    action: str
    allowed: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class PayItem:
    """One row of a batch's list, as the payer needs it."""

    order_id: int
    order_code: str
    person_id: int
    full_name: str
    sort_key: str
    birth: BirthDate
    sex: str
    hamlet: str
    commune_code: str
    amount_dong: Dong
    channel: str
    collector_name: str
    collector_relation: str
    authorised_until: date | None
    is_carried: bool
    # The payroll month the order was first listed for; of a new order the batch's own.
    order_month: Month
    # Months of entitlement the money is for, in order: the month itself, arrears before it.
    entitlement_months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a person of a list has not collected of earlier lists: the payroll months and the sum."""

    person_id: int
    # Where it is presented with this run: a commune's own paper needs it for people no longer on its list.
    commune_code: str
    months: tuple[Month, ...]
    count: int
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders to show. Empty fields ask for everything; a filter that fits nothing lists nothing."""

    run_id: int = 0
    batch_id: int = 0
    month: Month | None = None
    payer: str = ""
    commune: str = ""
    state: str = ""
    # Part of a name without accents, or an order's code.
    text: str = ""
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order as a screen shows it: where it stands now and what came of it last."""

    id: int
    code: str
    run_id: int
    batch_id: int | None
    month: Month
    person_id: int
    full_name: str
    birth: BirthDate
    hamlet: str
    # Of the latest presentation.
    commune_code: str
    amount_dong: Dong
    payer: str
    channel: str
    state: str
    round: int
    is_carried: bool
    last_day: date | None
    last_reason: str
    receiver_name: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Some orders, and how many and how much the filter found in all."""

    orders: tuple[ShownOrder, ...]
    found: int
    found_dong: Dong
    # There are older ones, or more people of that name: the filter says too little.
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One thing that happened to an order, oldest first: issued, released, paid, unpaid, returned, cancelled."""

    kind: str
    at: datetime
    on: date | None
    by: int
    batch_id: int | None
    round: int | None
    booked_month: Month | None
    amount_dong: Dong
    text: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StateTotal:
    """How many orders stand in a state, and their sum."""

    state: str
    count: int
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class MonthMoney:
    """The orders' side of one payer, commune, settlement month and fund, each figure from its own documents.

    new: first released in batches of the month. carried_in: released in batches of earlier months and not standing
    paid or cancelled when the month began, moved here with their commune included. paid, returned: results booked in
    the month, a payment that came back counts in both. cancelled: orders given up in the month after their release.
    unpaid: what is carried on, every order not paid by the month's end whose latest presentation up to the month says
    "unpaid" or whose payment came back. without_result: released, neither paid nor reported otherwise.
    """

    payer: str
    commune_code: str
    month: Month
    fund: str
    new_dong: Dong
    carried_in_dong: Dong
    paid_dong: Dong
    returned_dong: Dong
    cancelled_dong: Dong
    unpaid_dong: Dong
    without_result_dong: Dong
    new_count: int
    carried_in_count: int
    paid_count: int
    returned_count: int
    cancelled_count: int
    unpaid_count: int
    without_result_count: int
