"""Make an approved run's orders and put them, with what was not collected before, into batches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, Sum

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.queries import open_months
from ansinh.funds.types import BookRow
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import must_be_another
from ansinh.payout.models import Batch, Order, Recovery
from ansinh.payout.payment import Payment, payment_of
from ansinh.payout.recoveries import Plan, book_withheld, plan_for_good, was_issued, write_withheld
from ansinh.payout.types import OrdersIssued
from ansinh.payout.ways import (
    CarriedOrder,
    Way,
    communes_of,
    contracts_for_carried,
    list_carried_orders,
    list_lifted_orders,
    ways_of,
)
from ansinh.payroll.queries import Run, get_run, hands_of, list_commune_lists
from ansinh.payroll.types import SIGNING_ACTS
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.platform.copying import refresh_loaded


class RunNotApproved(Refusal):
    """Danh sách của kỳ chi trả số {run_id} chưa được phê duyệt, nên chưa lập lệnh chi được.
    Hãy trình và duyệt danh sách trước."""


class OrdersTakenMeanwhile(Refusal):
    """Người khác vừa đưa một số lệnh chi chưa lĩnh này vào đợt chi khác. Hãy lập lại: phần còn lại sẽ vào đợt mới."""


class PaidWithAnotherRun(Refusal):
    """Kỳ chi trả số {run_id} (tháng {month}) chi chung với kỳ số {lead_id} (tháng {lead_month}): mỗi người một lệnh
    chi, lập ở kỳ số {lead_id}. Hãy lập lệnh chi ở kỳ đó."""


class PaidTogetherNotApproved(Refusal):
    """Kỳ chi trả số {run_id} chi chung với {waiting} chưa được phê duyệt, nên chưa lập lệnh chi được: lệnh chi chỉ lập
    một lần cho cả các danh sách. Hãy duyệt danh sách đó trước, hoặc tách ra chi riêng."""


@action(permission="payout.issue_orders", name="Lập lệnh chi")
def issue_orders(*, run_id: int, by: Actor, at: datetime) -> OrdersIssued:
    """Make an order for everybody the approved run gives money, in batches by payer and channel.

    Recoveries are netted against arrears of the same list only; what is left becomes a recovery of its own, to be
    decided, and never takes the month's money by itself. Decisions in force withhold their share.

    Orders of earlier months not collected in the run's communes, or in those that became part of them, are presented
    again in the same batches, and those a hold kept back until now. What is held stays out. Issuing again takes in only
    what stands in no live batch: with nothing new it makes nothing. Runs paid with this one are in the same orders: the
    lines of all of them, netted together, are one person's money. Refuses a run not approved (RunNotApproved), one paid
    with another (PaidWithAnotherRun), one some of whose money is on a list not approved yet (PaidTogetherNotApproved),
    a commune nobody is contracted to pay (NoContract), and whoever approved any of the lists (SamePersonInChain).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payout.issue_orders'), %s)", [run_id])
    run = get_run(run_id, by=by)
    payment = payment_of(run)
    _must_be_whole(payment, run)
    must_be_another(by, hands_of([run.pk], SIGNING_ACTS), action="Lập lệnh chi")
    last_batch = Batch.objects.aggregate(last=Max("pk"))["last"] or 0
    new_orders, claims = (0, 0) if was_issued(run.pk) else _make_orders(payment, by=by, at=at)
    carried, left_out = _carried_of(run)
    try:
        with transaction.atomic():
            _make_batches(run, carried, by=by, at=at)
    except IntegrityError as fault:
        if "batch_item_waits_once" in str(fault):
            raise OrdersTakenMeanwhile() from fault
        raise
    made = Batch.objects.filter(run_id=run.pk, pk__gt=last_batch).order_by("pk")
    refresh_loaded("payout_order", "payout_orderpart", "payout_batchitem", loads=Batch.objects.all())
    return OrdersIssued(
        run_id=run.pk,
        batch_ids=tuple(made.values_list("pk", flat=True)),
        new_orders=new_orders,
        carried_orders=len(carried),
        claims=claims,
        total_dong=made.aggregate(total=Sum("declared_dong"))["total"] or Dong(0),
        left_out=left_out,
    )


def _must_be_whole(payment: Payment, run: Run) -> None:
    """Every list of the payment approved, and asked for by the leading run."""
    if run.paid_with_id is not None:
        raise PaidWithAnotherRun(
            run_id=run.pk, month=run.month.vi, lead_id=payment.lead.pk, lead_month=payment.month.vi
        )
    if run.state != "APPROVED":
        raise RunNotApproved(run_id=run.pk)
    if waiting := [one for one in payment.runs if one.state != "APPROVED"]:
        named = ", ".join(f"kỳ số {one.pk} (tháng {one.month.vi})" for one in waiting)
        raise PaidTogetherNotApproved(run_id=run.pk, waiting=named)


def _make_orders(payment: Payment, *, by: Actor, at: datetime) -> tuple[int, int]:
    """How many orders were made, and how many people owe something back."""
    run = payment.lead
    communes = sorted({listed.commune_code for one in payment.runs for listed in list_commune_lists(one)})
    ways = ways_of(communes, payment)
    plan = plan_for_good(payment)
    asked = {**payment.params, "at": at, **plan.params, **_offered(ways)}
    made = int(sql.rows("payout/insert_orders", asked)[0]["orders"])
    if made:
        refresh_loaded("payout_order", "payout_orderpart", loads=Batch.objects.all())
        book_orders(run, after_id=None, key=f"list_orders:run:{run.pk}:0", by=by, at=at)
    _withhold(payment, plan, by=by, at=at)
    return made, _make_claims(payment, by=by, at=at)


def _withhold(payment: Payment, plan: Plan, *, by: Actor, at: datetime) -> None:
    """Write down and book what the orders are less by."""
    if not plan.withheld:
        return
    run = payment.lead
    people = {person_id for person_id, _ in plan.withheld}
    orders = {order.person_id: order for order in Order.objects.filter(run_id=run.pk, person_id__in=people)}
    # Of whom several runs list, the leading one counts.
    homes: dict[int, str] = {}
    for one in reversed(payment.runs):
        homes |= dict(one.roster.filter(person_id__in=people).values_list("person_id", "commune_code"))
    taken = [(person_id, orders.get(person_id), one) for person_id, one in plan.withheld]
    book_withheld(
        write_withheld(taken, run_id=run.pk, by=by, at=at),
        document=f"run:{run.pk}",
        month=run.month,
        holder=run.place_code,
        commune_of={one.recovery_id: homes[person_id] for person_id, one in plan.withheld},
        by=by,
        at=at,
    )


def book_orders(run: Run, *, after_id: int | None, key: str, by: Actor, at: datetime) -> None:
    """Enter the run's orders made since `after_id` as owed to people, by commune and fund."""
    rows = sql.rows("payout/sum_new_parts", {"run_id": run.pk, "after_id": after_id, "live": False})
    months = _months_of(rows, run.month)
    for month in sorted(set(months.values())):
        book(
            recipe="list_orders",
            document=f"run:{run.pk}",
            key=key,
            month=month,
            holder=run.place_code,
            rows=[
                BookRow(row["fund"], row["payer"], row["commune_code"], Dong(row["amount_dong"]))
                for row in rows
                if months[row["payer"], row["commune_code"]] == month
            ],
            by=by,
            at=at,
        )


def _months_of(rows: list[dict[str, Any]], wanted: Month) -> dict[tuple[str, str], Month]:
    """The settlement month still open for each payer and commune of the rows."""
    found = {}
    for payer in {row["payer"] for row in rows}:
        communes = {row["commune_code"] for row in rows if row["payer"] == payer}
        months = open_months(payer=payer, communes=communes, wanted=wanted)
        found.update({(payer, commune): month for commune, month in months.items()})
    return found


def _offered(ways: list[Way]) -> dict[str, list[Any]]:
    return {
        "communes": [way.commune for way in ways],
        "bank_payers": [way.bank.payer if way.bank else None for way in ways],
        "bank_contracts": [way.bank.contract_id if way.bank else None for way in ways],
        "cash_payers": [way.cash.payer if way.cash else None for way in ways],
        "cash_contracts": [way.cash.contract_id if way.cash else None for way in ways],
    }


def _make_claims(payment: Payment, *, by: Actor, at: datetime) -> int:
    """How many people owe something back; booked at once."""
    run = payment.lead
    made = sql.run("payout/insert_claims", {**payment.params, "at": at})
    if not made:
        return 0
    sql.run("payout/insert_recoveries", {"run_id": run.pk, "month": run.month.first_day})
    book(
        recipe="list_claims",
        document=f"run:{run.pk}",
        key=f"list_claims:run:{run.pk}",
        month=run.month,
        holder=run.place_code,
        rows=[
            BookRow(row["fund"], "", row["commune_code"], Dong(row["amount_dong"]))
            for row in sql.rows("payout/sum_claims", {"run_id": run.pk})
        ],
        by=by,
        at=at,
    )
    return Recovery.objects.filter(run_id=run.pk).count()


def _carried_of(run: Run) -> tuple[list[tuple[CarriedOrder, int]], int]:
    """Orders to present again with their contracts, locked so that no late result slips in; and how many must wait."""
    if run.occasion_id is not None:
        # What is not collected waits for the month's own list.
        return [], 0
    communes = communes_of(run.place_code, run.month)

    def earlier() -> list[CarriedOrder]:
        carried = list_carried_orders(communes, run.month, run.programme)
        return [*carried, *list_lifted_orders(communes, run.month, run.programme)]

    first = [order.order_id for order in earlier()]
    if not first:
        return [], 0
    locked = set(Order.objects.select_for_update().filter(pk__in=first).order_by("pk").values_list("pk", flat=True))
    # Read again: a result recorded while we waited for the lock may have paid some.
    orders = [order for order in earlier() if order.order_id in locked]
    contracts = contracts_for_carried(orders, run.month)
    with_contract = [(order, contracts[order.order_id]) for order in orders if order.order_id in contracts]
    return with_contract, len(orders) - len(with_contract)


def _settlement_month(run: Run, carried: list[tuple[CarriedOrder, int]]) -> Month:
    """The month the new batches settle in: the run's own; of a late one the first still open in all its communes."""
    waiting = Order.objects.filter(run_id=run.pk, state="ISSUED").exclude(items__is_waiting=True)
    places = set(waiting.order_by().values_list("payer", "commune_code").distinct())
    places |= {(order.payer, order.to_commune) for order, _ in carried}
    month: Month = run.month
    for payer in {payer for payer, _ in places}:
        communes = {commune for paid_by, commune in places if paid_by == payer}
        month = max(month, *open_months(payer=payer, communes=communes, wanted=run.month).values())
    return month


def _make_batches(run: Run, carried: list[tuple[CarriedOrder, int]], *, by: Actor, at: datetime) -> None:
    sql.run(
        "payout/insert_batches",
        {
            "run_id": run.pk,
            "month": _settlement_month(run, carried).first_day,
            "place": run.place_code,
            "opened_by": run.opened_by,
            "prepared_by": run.submitted_by,
            "approved_by": run.approved_by,
            "at": at,
            "by": by.user_id,
            "order_ids": [order.order_id for order, _ in carried],
            "from_communes": [order.from_commune for order, _ in carried],
            "to_communes": [order.to_commune for order, _ in carried],
            "contract_ids": [contract for _, contract in carried],
            "rounds": [order.round for order, _ in carried],
            "are_carried": [order.state != "ISSUED" for order, _ in carried],
        },
    )
