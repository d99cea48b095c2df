"""What people owe back: getting hold of it, what a run withholds for it, and writing down what lessened it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Sum

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.funds.actions import book
from ansinh.funds.types import BookRow
from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.models import Claim, Order, Recovery, RecoveryDecision, RecoveryEntry
from ansinh.payout.netting import OpenRecovery, Withheld, spread, withheld_from
from ansinh.payout.payment import Payment
from ansinh.payout.states import DEDUCTION, NETTING, OPEN_RECOVERIES, RECOVERY, RESTORED
from ansinh.places.queries import find_last_place, path_of, successors
from ansinh.platform import sql

# Whoever has the land of a commune in the end has its money to recover.
_IN_THE_END = date(9999, 12, 31)


class NoSuchRecovery(Refusal):
    """Không có khoản phải thu hồi số {recovery_id}. Hãy mở lại danh sách thu hồi và chọn khoản cần làm."""


class DeciderCollects(Refusal):
    """{who} đã quyết định về khoản phải thu hồi số {recovery_id} hoặc đã ghi tiền nộp lại của khoản đó, nên không làm
    việc kia được. Người quyết định và người ghi nhận tiền nộp lại phải là hai người."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a payment withholds, person by person, before anything is written."""

    withheld: tuple[tuple[int, Withheld], ...]

    @property
    def recoveries(self) -> set[int]:
        """What it withholds for."""
        return {one.recovery_id for _, one in self.withheld}

    @property
    def params(self) -> dict[str, list[Any]]:
        """For the statements that make orders."""
        return {
            "people": [person_id for person_id, _ in self.withheld],
            "funds": [one.fund for _, one in self.withheld],
            "dongs": [one.dong for _, one in self.withheld],
        }

    def by_person(self) -> dict[int, int]:
        """Whole đồng withheld of each person."""
        sums: dict[int, int] = {}
        for person_id, one in self.withheld:
            sums[person_id] = sums.get(person_id, 0) + one.dong
        return sums


def must_only_decide(recovery: Recovery, by: Actor) -> None:
    """Refuses (DeciderCollects) whoever recorded cash paid back of it."""
    if recovery.repayments.filter(recorded_by=by.user_id).exists():
        raise DeciderCollects(who=by.name, recovery_id=recovery.pk)


def must_only_collect(recovery: Recovery, by: Actor) -> None:
    """Refuses (DeciderCollects) whoever decided anything about it."""
    if recovery.decisions.filter(recorded_by=by.user_id).exists():
        raise DeciderCollects(who=by.name, recovery_id=recovery.pk)


def was_issued(run_id: int) -> bool:
    """Whether a run's orders are made: they, what is withheld and what people owe back are made once, together."""
    return bool(issued_among([run_id]))


def issued_among(run_ids: Iterable[int]) -> frozenset[int]:
    """Those of the runs whose orders are made."""
    asked = list(run_ids)
    rows = sql.rows("payout/find_issued_runs", {"run_ids": asked}) if asked else []
    return frozenset(row["run_id"] for row in rows)


def plan_of(payment: Payment) -> Plan:
    """What a payment is to withhold for what its people owe back, as decisions and open sums stand now."""
    rows = sql.rows("payout/list_open_recoveries", payment.params)
    withheld: list[tuple[int, Withheld]] = []
    for person_id, of_person in groupby(rows, key=lambda row: row["person_id"]):
        found = list(of_person)
        recoveries = [_opened(list(some)) for _, some in groupby(found, key=lambda row: row["recovery_id"])]
        taken = withheld_from(found[0]["regular_dong"], found[0]["arrears_dong"], recoveries)
        withheld += [(person_id, one) for one in taken]
    return Plan(tuple(withheld))


def _opened(rows: Sequence[Mapping[str, Any]]) -> OpenRecovery:
    first = rows[0]
    return OpenRecovery(
        recovery_id=first["recovery_id"],
        opened={row["fund"]: row["open_dong"] for row in rows},
        same_months_dong=first["same_months_dong"],
        decision_id=first["decision_id"],
        share=first["share"],
        instalment_dong=first["instalment_dong"],
    )


def plan_for_good(payment: Payment) -> Plan:
    """The plan, with all it withholds for held until the transaction ends: no decision, no repayment comes between."""
    while True:
        rows = sql.rows("payout/list_open_recoveries", payment.params)
        found = {row["recovery_id"] for row in rows}
        list(Recovery.objects.select_for_update().filter(pk__in=found).order_by("pk").values_list("pk"))
        plan = plan_of(payment)
        # What opened while we waited is not held yet.
        if plan.recoveries <= found:
            return plan


def lock_recovery(recovery_id: int, *, by: Actor) -> Recovery:
    """The recovery, locked for this transaction; refuses (NoSuchRecovery) one outside the actor's areas as unknown."""
    found = Recovery.objects.select_for_update().filter(pk=recovery_id).first()
    if found is None or not reaches_recovery(found.commune_code, found.month, by=by):
        raise NoSuchRecovery(recovery_id=recovery_id)
    return found


def reaches_recovery(commune_code: str, month: Month, *, by: Actor) -> bool:
    """Whether it lies in the actor's areas: where it was listed, or what became of that commune."""
    if EVERYWHERE in by.areas or by.reaches(path_of(commune_code, month.first_day)):
        return True
    last = find_last_place(commune_code, _IN_THE_END)
    return last is not None and any(by.reaches(heir.place.path) for heir in successors(last, _IN_THE_END))


def open_parts(recovery: Recovery) -> dict[str, int]:
    """Whole đồng still open of a recovery, by fund; funds with nothing are left out."""
    claims = Claim.objects.filter(run_id=recovery.run_id, person_id=recovery.person_id)
    parts = {claim.fund: claim.amount_dong.value for claim in claims}
    sums = recovery.entries.order_by().values_list("fund").annotate(dong=Sum("amount_dong"))
    for fund, dong in sums:
        parts[fund] = parts.get(fund, 0) - int(dong)
    return {fund: part for fund, part in sorted(parts.items()) if part}


def move_recovery(recovery: Recovery, action: str, *, target: str = "", decision_id: int | None = None) -> None:
    """Take a step of the table of states; `target` chooses where a step may lead to more than one state."""
    steps = [step for step in RECOVERY.allowed(recovery.state) if step.action == action]
    step = next((step for step in steps if step.target == target), None) or RECOVERY.step(action, recovery.state)
    in_force = None if step.target == "PROPOSED" else decision_id or recovery.decision_id
    Recovery.objects.filter(pk=recovery.pk, state=step.source).update(state=step.target, decision_id=in_force)
    recovery.refresh_from_db()


def settle_if_nothing_open(recovery: Recovery) -> None:
    """Settled once nothing is open."""
    if recovery.state in OPEN_RECOVERIES and not sum(open_parts(recovery).values()):
        move_recovery(recovery, "settle")


def write_withheld(
    taken: Iterable[tuple[int, Order | None, Withheld]], *, run_id: int, by: Actor, at: datetime
) -> list[RecoveryEntry]:
    """Entries of what a run withheld; whatever is settled by it is moved on."""
    entries = RecoveryEntry.objects.bulk_create(
        RecoveryEntry(
            recovery_id=one.recovery_id, kind=one.kind, fund=one.fund, amount_dong=Dong(one.dong),
            person_id=person_id, run_id=run_id, order=order, decision_id=one.decision_id, recorded_at=at,
            recorded_by=by.user_id,
        )
        for person_id, order, one in taken
    )  # fmt: skip
    for recovery in Recovery.objects.filter(pk__in={entry.recovery_id for entry in entries}):
        settle_if_nothing_open(recovery)
    return entries


def book_withheld(
    entries: Sequence[RecoveryEntry], *, document: str, month: Month, holder: str, commune_of: Mapping[int, str],
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Enter as recovered what was withheld; `commune_of`, by recovery, is where the person's money was listed."""
    from_communes = dict(
        Recovery.objects.filter(pk__in={entry.recovery_id for entry in entries}).values_list("pk", "commune_code")
    )
    book(
        recipe="deduct_recovery",
        document=document,
        key=f"deduct_recovery:{document}",
        month=month,
        holder=holder,
        rows=[
            BookRow(
                entry.fund, "", from_communes[entry.recovery_id], entry.amount_dong,
                to_commune=commune_of[entry.recovery_id],
            )
            for entry in entries
        ],
        by=by,
        at=at,
    )  # fmt: skip


def restore_withheld(order: Order, *, month: Month, holder: str, by: Actor, at: datetime) -> None:
    """An order given up gives back what was withheld from it: it is open again."""
    withheld = list(RecoveryEntry.objects.filter(order=order, reverses__isnull=True).select_related("recovery"))
    if not withheld:
        return
    RecoveryEntry.objects.bulk_create(
        RecoveryEntry(
            recovery_id=entry.recovery_id, kind=RESTORED, fund=entry.fund, amount_dong=-entry.amount_dong,
            person_id=entry.person_id, run_id=entry.run_id, order=order, reverses=entry, recorded_at=at,
            recorded_by=by.user_id,
        )
        for entry in withheld
    )  # fmt: skip
    document = f"order:{order.pk}"
    book(
        recipe="restore_recovery",
        document=document,
        key=f"restore_recovery:{document}",
        month=month,
        holder=holder,
        rows=[
            BookRow(entry.fund, "", entry.recovery.commune_code, entry.amount_dong, to_commune=order.commune_code)
            for entry in withheld
        ],
        by=by,
        at=at,
    )
    of_them = Recovery.objects.filter(pk__in={entry.recovery_id for entry in withheld})
    for recovery in of_them.filter(state__in=("SETTLED", "WRITTEN_OFF")):
        decided = recovery.state == "SETTLED" and recovery.decision is not None
        move_recovery(recovery, "cancel_order", target="DECIDED" if decided else "PROPOSED")


def lock_recoveries_behind(order_id: int) -> None:
    """Hold what an order's money was withheld for, before the order itself: whoever issues takes them in this order."""
    behind = Recovery.objects.select_for_update().filter(entries__order_id=order_id)
    list(behind.order_by("pk").values_list("pk"))


def withheld_again(order: Order) -> list[Withheld]:
    """What an order issued in place of this cancelled one is less by: what was withheld from it, as far as that is
    still open and, where a decision took it, still decided to be netted."""
    taken: dict[tuple[int, str], int] = {}
    for entry in order.recovery_entries.filter(reverses__isnull=True).order_by("recovery_id", "kind"):
        key = (entry.recovery_id, entry.kind)
        taken[key] = taken.get(key, 0) + entry.amount_dong.value
    again: list[Withheld] = []
    opened: dict[int, dict[str, int]] = {}
    for (recovery_id, kind), dong in taken.items():
        recovery = Recovery.objects.select_related("decision").get(pk=recovery_id)
        decision = recovery.decision
        if recovery.state not in OPEN_RECOVERIES or (
            kind == DEDUCTION and (decision is None or decision.way != NETTING)
        ):
            continue
        left = opened.setdefault(recovery_id, open_parts(recovery))
        decision_id = recovery.decision_id if kind == DEDUCTION else None
        for fund, part in spread(min(dong, sum(left.values())), left).items():
            again.append(Withheld(recovery_id, kind, decision_id, fund, part))
            left[fund] -= part
    return again


def digest_of_decision(decision: RecoveryDecision) -> str:
    """The digest of all a decision says."""
    return digest_of(
        {
            "recovery": decision.recovery_id,
            "kind": decision.kind,
            "way": decision.way,
            "share": None if decision.share is None else f"{decision.share:.4f}",
            "instalment": decision.instalment_dong,
            "number": decision.decision_no,
            "day": decision.decided_on,
            "reason": decision.reason,
            "by": decision.recorded_by,
        }
    )
