"""Batches and the rows of their lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.batches import NoSuchBatch, find_reached_batch, listed_runs_of, path_of_batch, people_of_lists
from ansinh.payout.models import Batch, BatchItem
from ansinh.payout.states import BATCH, BATCH_STATE_NAMES, ORDER
from ansinh.payout.types import PayItem, StateTotal, StepOffer
from ansinh.payroll.queries import list_paid_together
from ansinh.places.queries import list_codes_reached
from ansinh.platform import sql
from ansinh.registry.types import birth_of


@dataclass(frozen=True, slots=True)
class BatchPage:
    """Some batches, how many there are in all, and how many of these wait to be released."""

    batches: tuple[Batch, ...]
    found: int
    waiting: int


def list_batches(
    *, by: Actor, month: Month | None = None, place_code: str = "", payer: str = "", run_id: int = 0
) -> list[Batch]:
    """The actor's batches, newest month first, then by place, payer, channel; cancelled ones included.

    `place_code` is any place: batches of it and of all below it.
    """
    batches = _batches(by, month=month)
    if payer:
        batches = batches.filter(payer=payer)
    if run_id:
        batches = batches.filter(run_id=run_id)
    reaches = reach_of(by)
    found = [batch for batch in batches if reaches(batch.place_code, batch.run.month.first_day)]
    if place_code:
        found = [batch for batch in found if place_code in path_of_batch(batch)]
    return found


def page_of_batches(*, by: Actor, month: Month | None, limit: int, offset: int) -> BatchPage:
    """One page of the actor's batches as `list_batches` orders them, how many there are and how many wait for release.

    Of the whole country the database cuts the page; elsewhere they are few.
    """
    if EVERYWHERE in by.areas:
        batches = _batches(by, month=month)
        waiting = Count("pk", filter=Q(state="ISSUED"))
        counted = batches.order_by().aggregate(found=Count("pk"), waiting=waiting)
        return BatchPage(tuple(batches[offset : offset + limit]), counted["found"], counted["waiting"])
    found = list_batches(by=by, month=month)
    return BatchPage(tuple(found[offset : offset + limit]), len(found), sum(one.state == "ISSUED" for one in found))


def _batches(by: Actor, *, month: Month | None) -> QuerySet[Batch]:
    """Batches of places the actor may have to look at, of the payers they work for, newest month first."""
    batches = Batch.objects.select_related("run").order_by("-month", "place_code", "payer", "channel", "pk")
    if month is not None:
        batches = batches.filter(month=month)
    if by.payers is not None:
        batches = batches.filter(payer__in=by.payers)
    if EVERYWHERE not in by.areas:
        # Named, or row-level security looks for an order of theirs in every batch of the country.
        batches = batches.filter(place_code__in=list_codes_reached(tuple(sorted(by.areas)))[1])
    return batches


def get_batch(batch_id: int, *, by: Actor) -> Batch:
    """The batch; refuses (NoSuchBatch) one that does not exist or lies outside the actor's areas, in the same words."""
    return find_reached_batch(batch_id, by=by)


def batch_totals(batch_id: int, *, by: Actor) -> list[StateTotal]:
    """The orders presented in a batch by the state they are in now; states nobody is in are left out.

    Refuses (NoSuchBatch) a batch outside the actor's areas.
    """
    get_batch(batch_id, by=by)
    sums = BatchItem.objects.filter(batch_id=batch_id).order_by().values("order__state")
    found = {row["order__state"]: row for row in sums.annotate(count=Count("pk"), total=Sum("order__amount_dong"))}
    return [StateTotal(state, found[state]["count"], found[state]["total"]) for state in ORDER.states if state in found]


def allowed_batch_steps(batch: Batch, *, by: Actor) -> list[StepOffer]:
    """Every verb of a batch (release_batch, cancel_batch, hand_over_batch) as this actor meets it now."""
    verbs = [*dict.fromkeys(step.action for step in BATCH.steps), "hand_over_batch"]
    return [StepOffer(verb, not why, why) for verb in verbs for why in (_why_not(batch, verb, by),)]


def _why_not(batch: Batch, verb: str, by: Actor) -> str:
    people: list[int | None] = [*people_of_lists(batch), batch.issued_by]
    if not by.may(f"payout.{verb}"):
        return "Bạn không được giao bước này."
    if verb == "hand_over_batch":
        is_open = batch.state == "RELEASED"
        people += [batch.released_by]
    else:
        is_open = any(step.action == verb and step.source == batch.state for step in BATCH.steps)
    if not is_open:
        return f'Đợt chi đang ở trạng thái "{BATCH_STATE_NAMES[batch.state]}".'
    if verb != "cancel_batch" and by.user_id in people:
        return "Bạn đã lập, duyệt hoặc xuất chi khoản tiền này, nên phải do người khác làm bước này."
    return ""


def list_batch_items(batch: Batch, *, by: Actor, commune: str = "") -> list[PayItem]:
    """The rows of a batch's list by commune, hamlet, then name; carried ones in their place among them.

    Refuses (NoSuchBatch) a batch outside the actor's areas.
    """
    if not by.serves(batch.payer) or not by.reaches(path_of_batch(batch)):
        raise NoSuchBatch(batch_id=batch.pk)
    # The payroll months concerned name the partitions of the lines to be read.
    runs = list_paid_together(listed_runs_of(batch))
    rows = sql.rows(
        "payout/list_items",
        {
            "batch_id": batch.pk,
            "commune": commune,
            "lead_ids": [run.paid_with_id or run.pk for run in runs],
            "run_ids": [run.pk for run in runs],
            "run_months": [run.month.first_day for run in runs],
        },
    )
    return [_item(row) for row in rows]


def _item(row: dict[str, Any]) -> PayItem:
    return PayItem(
        order_id=row["order_id"],
        order_code=row["code"],
        person_id=row["person_id"],
        full_name=row["full_name"],
        sort_key=row["sort_key"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        sex=row["sex"],
        hamlet=row["hamlet"],
        commune_code=row["commune_code"],
        amount_dong=Dong(row["amount_dong"]),
        channel=row["channel"],
        collector_name=row["collector_name"],
        collector_relation=row["collector_relation"],
        authorised_until=row["authorised_until"],
        is_carried=row["is_carried"],
        order_month=Month.containing(row["month"]),
        entitlement_months=tuple(Month.containing(month) for month in row["months"]),
    )
