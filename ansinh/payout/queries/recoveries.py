"""What people owe back: the list of a place, one of them with its whole story, what a run withholds."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db.models import Sum

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.payout.models import RecoveryDecision, RecoveryEntry
from ansinh.payout.netting import OfOneList, told_by_list
from ansinh.payout.payment import payment_of
from ansinh.payout.recoveries import NoSuchRecovery, plan_of, reaches_recovery, was_issued
from ansinh.payout.types import RecoveryFilter, RecoverySaid, ShownRecovery, Withholding
from ansinh.payroll.queries import get_run
from ansinh.places.queries import list_codes_ever_within
from ansinh.platform import sql
from ansinh.registry.types import birth_of


def list_recoveries(*, by: Actor, wanted: RecoveryFilter) -> list[ShownRecovery]:
    """The recoveries the filter asks for, within the actor's areas: open ones first, by commune and name."""
    rows = sql.rows(
        "payout/list_recoveries",
        {
            "recovery_id": wanted.recovery_id,
            "person_id": wanted.person_id,
            "state": wanted.state,
            "communes": sorted(list_codes_ever_within(wanted.place_code)) if wanted.place_code else None,
            "name": _escaped(folded(wanted.text)),
        },
    )
    reached: dict[tuple[str, Month], bool] = {}
    found = []
    for row in rows:
        one = _shown(row)
        place = (one.commune_code, one.month)
        if place not in reached:
            reached[place] = reaches_recovery(*place, by=by)
        if reached[place]:
            found.append(one)
    return found


def get_recovery(recovery_id: int, *, by: Actor) -> ShownRecovery:
    """The recovery; refuses (NoSuchRecovery) one unknown or outside the actor's areas, in the same words."""
    found = list_recoveries(by=by, wanted=RecoveryFilter(recovery_id=recovery_id)) if recovery_id > 0 else []
    if not found:
        raise NoSuchRecovery(recovery_id=recovery_id)
    return found[0]


def recovery_history(recovery_id: int, *, by: Actor) -> list[RecoverySaid]:
    """Its decisions and all that lessened it or raised it again, oldest first; refuses (NoSuchRecovery)."""
    get_recovery(recovery_id, by=by)
    decisions = RecoveryDecision.objects.filter(recovery_id=recovery_id).order_by("pk")
    told = [
        RecoverySaid(one.kind, one.recorded_at, one.recorded_by, None, one.way, one.share, one.instalment_dong,
                     one.decision_no, one.decided_on, one.reason, None, None)
        for one in decisions
    ]  # fmt: skip
    entries = RecoveryEntry.objects.filter(recovery_id=recovery_id).select_related("repayment", "decision")
    acts: dict[tuple[object, ...], list[RecoveryEntry]] = {}
    for entry in entries.order_by("pk"):
        key = (entry.kind, entry.recorded_at, entry.run_id, entry.order_id, entry.decision_id, entry.repayment_id)
        acts.setdefault(key, []).append(entry)
    told += [_of_entries(some) for some in acts.values()]
    return sorted(told, key=lambda one: one.at)


def withheld_by_person(run_id: int, *, by: Actor) -> dict[int, Withholding]:
    """Where people's payment is not what the run's list says of them; before its orders are made, as they would be.

    Of lists paid together, what each says adds up to the one order (`told_by_list`).

    Refuses (NoSuchRun) a run outside the actor's areas.
    """
    run = get_run(run_id, by=by)
    payment = payment_of(run)
    lead_id = payment.lead.pk
    withheld = _withheld_of(lead_id) if was_issued(lead_id) else plan_of(payment).by_person()
    rows = sql.rows("payout/sum_netted", {**payment.params, "people": sorted(withheld)})
    found: dict[int, Withholding] = {}
    for person_id, of_person in groupby(rows, key=lambda row: row["person_id"]):
        lists = [
            OfOneList(row["run_id"], row["listed_dong"], row["back_dong"], row["unpaid_dong"]) for row in of_person
        ]
        claimed, taken = told_by_list(lists, withheld.get(person_id, 0)).get(run.pk, (0, 0))
        if claimed or taken:
            found[person_id] = Withholding(Dong(claimed), Dong(taken))
    return found


def _withheld_of(run_id: int) -> dict[int, int]:
    """What the run's orders were made less by; an order issued in place of another counts, not the other one."""
    standing = RecoveryEntry.objects.filter(run_id=run_id, kind__in=("deduction", "correction"))
    standing = standing.exclude(order__replacements__isnull=False)
    sums = standing.order_by().values_list("person_id").annotate(dong=Sum("amount_dong"))
    return {person_id: int(dong) for person_id, dong in sums if person_id is not None}


def _of_entries(entries: list[RecoveryEntry]) -> RecoverySaid:
    first = entries[0]
    voucher, decision = first.repayment, first.decision
    return RecoverySaid(
        kind=first.kind,
        at=first.recorded_at,
        by=first.recorded_by,
        amount_dong=Dong(sum(entry.amount_dong.value for entry in entries)),
        way="",
        share=None,
        instalment_dong=None,
        number=voucher.voucher_no if voucher else decision.decision_no if decision else "",
        on=voucher.paid_on if voucher else decision.decided_on if decision else None,
        reason=voucher.paid_by if voucher else "",
        run_id=first.run_id,
        order_id=first.order_id,
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _shown(row: dict[str, Any]) -> ShownRecovery:
    instalment = row["instalment_dong"]
    return ShownRecovery(
        id=row["id"],
        run_id=row["run_id"],
        month=Month.containing(row["month"]),
        person_id=row["person_id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        commune_code=row["commune_code"],
        amount_dong=Dong(row["amount_dong"]),
        open_dong=Dong(row["open_dong"]),
        state=row["state"],
        way=row["way"],
        share=row["share"],
        instalment_dong=None if instalment is None else Dong(instalment),
        decision_no=row["decision_no"],
        decided_on=row["decided_on"],
        died_on=row["died_on"],
    )
