"""The paying half of a played month: money to the payer, its list filled as a post office fills it, settled at zero."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.actions import assign_budget, record_transfer, request_transfer
from ansinh.funds.queries import budget_of, list_needs, list_transfers
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.month_money import close_place
from ansinh.payout.actions import hand_over_batch, issue_orders, release_batch
from ansinh.payout.queries import list_batches
from ansinh.payroll.queries import Run
from ansinh.platform.sheets.writing import csv_content
from ansinh.reconcile.actions import apply_results, import_results
from ansinh.reconcile.types import LIST_COLUMNS, OUTCOME_WORDS, PROOF_WORDS
from ansinh.reports.actions import export_payer_list

_HEADINGS = {column.field: column.heading for column in LIST_COLUMNS}
# Written on what a played month invents, so that nobody takes it for an office's own document.
PLAYED = "Chạy thử"
_NOT_COME = "Không đến nhận (chạy thử)"


class MoreUnpaidThanOrders(Refusal):
    """Chỉ có {orders} lệnh chi trong tháng này, nên không để lại được {unpaid} lệnh chưa lĩnh."""


@dataclass(frozen=True, slots=True)
class Payers:
    """The people of the paying half."""

    officer: Actor
    finance: Actor
    payer: Actor


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """What was paid, what was left, and how much of both stems from earlier months."""

    paid_dong: int
    unpaid_dong: int
    carried_dong: int


def pay_month(
    runs: Sequence[Run], place_code: str, month: Month, *, people: Payers, unpaid: int, seed: int
) -> MonthPaid:
    """Approved runs paid by every real step: orders, transfer, release, the payer's own file back, settlement.

    Refuses more orders left than there are (MoreUnpaidThanOrders).
    """
    paid = pay_runs(runs, month, people=people, unpaid=unpaid, seed=seed)
    close_place(place_code, month, confirms=people.officer, closes=people.finance, is_continued=True)
    return paid


def pay_runs(runs: Sequence[Run], month: Month, *, people: Payers, unpaid: int, seed: int) -> MonthPaid:
    """The same up to the results: `unpaid` orders, chosen by `seed`, are reported not collected."""
    carried = 0
    for run in runs:
        issue_orders(run_id=run.pk, by=people.officer, at=now())
        batches = [one for one in list_batches(by=people.officer, run_id=run.pk) if one.state == "ISSUED"]
        # A month settled already, by the other programme's list, takes no more money: the batch says which does.
        for code, settles in sorted({(batch.payer, batch.month) for batch in batches}):
            send_money(code, run, settles, people.finance)
        for batch in batches:
            release_batch(batch_id=batch.pk, by=people.finance, at=now())
    lists = {
        batch.pk: (batch.payer, batch.month, _handed_over(batch.pk, people.payer))
        for run in runs
        for batch in list_batches(by=people.officer, run_id=run.pk)
        if batch.state == "RELEASED"
    }
    # In the order they were issued, whatever number the first has: a seed then leaves the same people everywhere.
    codes = sorted(
        (row[_HEADINGS["order_code"]] for _, _, rows in lists.values() for row in rows),
        key=lambda code: (len(code), code),
    )
    if unpaid > len(codes):
        raise MoreUnpaidThanOrders(orders=len(codes), unpaid=unpaid)
    left = set(random.Random(seed).sample(codes, unpaid))  # noqa: S311 - a trial's choice, no secret
    sums: dict[str, int] = defaultdict(int)
    for batch_id, (payer, settles, rows) in lists.items():
        content = _filled(rows, left, now())
        taken = import_results(
            content=content, file_name=f"ket-qua-dot-{batch_id}.csv", payer=payer, month=settles, by=people.payer,
            at=now(),
        )  # fmt: skip
        done = apply_results(file_id=taken.file_id, by=people.payer, at=now())
        sums["paid"] += done.paid_dong.value
        sums["unpaid"] += done.unpaid_dong.value
        carried += sum(int(row[_HEADINGS["amount"]]) for row in rows if row[_HEADINGS["turn"]] != "Mới")
    return MonthPaid(sums["paid"], sums["unpaid"], carried)


def send_money(payer: str, run: Run, month: Month, by: Actor) -> None:
    """Budget where there is not enough, then the transfer asked for and confirmed; one asked for before first."""
    today = now().astimezone(LEGAL_DAYS).date()
    for asked in list_transfers(by=by, month=month, payer=payer, place_code=run.place_code):
        if asked.state == "REQUESTED":
            _confirm(asked.pk, run, today, by)
    needs = list_needs(payer=payer, place_code=run.place_code, month=month)
    for fund in sorted({need.fund for need in needs}):
        needed = sum(need.dong.value for need in needs if need.fund == fund)
        status = budget_of(run.place_code, fund, month)
        free = status.assigned_dong.value - status.used_dong.value - status.requested_dong.value
        if free < needed:
            assign_budget(
                place_code=run.place_code, fund=fund, year=month.year, amount_dong=Dong(needed - free),
                decision_no=f"{PLAYED} {run.month}-{run.pk}-{payer}", decided_on=today,
                reason=f"{PLAYED}: dự toán tạm ghi bằng đúng số còn thiếu", by=by, at=now(),
            )  # fmt: skip
    if needs:
        made = request_transfer(payer=payer, place_code=run.place_code, month=month, by=by, at=now())
        _confirm(made.transfer_id, run, today, by)


def _confirm(transfer_id: int, run: Run, today: date, by: Actor) -> None:
    voucher = f"{PLAYED} {run.month}-{transfer_id}"
    record_transfer(transfer_id=transfer_id, voucher_no=voucher, sent_on=today, by=by, at=now())


def _handed_over(batch_id: int, by: Actor) -> list[dict[str, str]]:
    """The payer's list of a batch, as the payer gets it."""
    exported = export_payer_list(batch_id=batch_id, form="csv", by=by, at=now())
    hand_over_batch(batch_id=batch_id, file_digest=exported.content_digest, by=by, at=now())
    return list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"))))


def _filled(rows: Sequence[dict[str, str]], left: set[str], at: datetime) -> bytes:
    """The list as the payer sends it back: paid today with a signature, or not collected with the reason."""
    today = f"{at.astimezone(LEGAL_DAYS):%d/%m/%Y}"
    headings = list(rows[0])
    filled = [headings]
    for row in rows:
        if row[_HEADINGS["order_code"]] in left:
            told = {"outcome": OUTCOME_WORDS["unpaid"], "reason": _NOT_COME, "happened_on": today}
        else:
            told = {"outcome": OUTCOME_WORDS["paid"], "happened_on": today, "proof": PROOF_WORDS["signature"]}
        told = {_HEADINGS[field]: value for field, value in told.items()}
        filled.append([told.get(heading, row[heading]) for heading in headings])
    return csv_content(filled)
