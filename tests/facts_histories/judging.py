"""At the end of a history: everybody was listed exactly what is owed by all that was told."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Sum

from ansinh.entitlement.models import Span, SpanState
from ansinh.kernel.month import Month
from ansinh.payroll.actions import refresh_spans
from ansinh.payroll.models import Line
from ansinh.platform.proofs import Proof
from tests.facts_histories.owing import Cell, Law
from tests.facts_histories.people import Somebody
from tests.facts_histories.traces import WrongAnswer
from tests.seeding import Desk

# The single exception to the highest only (khoản 2 Điều 6 Nghị định 20/2021/NĐ-CP).
_BESIDE = "single_parent_poor"


def listed_in(first: Month) -> dict[Cell, int]:
    """Đồng of all approved lists for each cell since the month."""
    lines = Line.objects.filter(run__state="APPROVED", entitlement_month__gte=first)
    sums = lines.values_list("person_id", "benefit", "for_person_id", "entitlement_month").annotate(
        dong=Sum("amount_dong")
    )
    return {
        (person, benefit, cared_for, month): dong.value
        for person, benefit, cared_for, month, dong in sums.order_by()
        if dong.value
    }


def must_be_owed(people: list[Somebody], listed: dict[Cell, int], first: Month, last: Month) -> int:
    """Listed is due for every person, benefit and month; how many cells there are."""
    due = Law(people).due(first.until(last + 1))
    names = {person.pk: person for person in people}
    differing = [cell for cell in sorted(due.keys() | listed.keys()) if due.get(cell, 0) != listed.get(cell, 0)]
    if not differing:
        return len(due)
    wrong = [
        f"{names[cell[0]].name}, {cell[1]} ({cell[2]}), {cell[3]}: đã lên danh sách {listed.get(cell, 0)}, "
        f"phải là {due.get(cell, 0)}"
        for cell in differing[:12]
    ]
    concerned = {cell[0] for cell in differing} | {cell[2] for cell in differing}
    told = [f"{one.name}: {change}" for one in people if one.pk in concerned for change in one.told]
    decided = [f"{one.name}: {grant}" for one in people if one.pk in concerned for grant in one.grants]
    raise WrongAnswer("\n".join([*wrong, *told, *decided]))


def must_stay_within_decisions(people: list[Somebody], listed: dict[Cell, int]) -> None:
    """Nothing before a decision begins or after it ends, nothing after a death; nothing negative; one level only."""
    by_pk = {person.pk: person for person in people}
    held: dict[tuple[int, Month], set[str]] = defaultdict(set)
    carers: dict[tuple[int, Month], set[int]] = defaultdict(set)
    for (pk, benefit, cared_for, month), dong in listed.items():
        person = by_pk[pk]
        if dong < 0 or not any(person.pays(grant, month) for grant in person.grants):
            raise WrongAnswer(f"{person.name}, {benefit}, {month}: {dong} đồng ngoài quyết định: {person.told}")
        if person.died_on is not None and month > Month.containing(person.died_on):
            raise WrongAnswer(f"{person.name}, {month}: {dong} đồng sau khi chết {person.died_on}")
        if benefit.startswith("carer_"):
            carers[cared_for, month].add(pk)
        else:
            held[pk, month].add(benefit)
    for (pk, month), benefits in held.items():
        if len(benefits - {_BESIDE}) > 1:
            raise WrongAnswer(f"{by_pk[pk].name}, {month}: hưởng cùng lúc {benefits}")
    for (cared_for, month), who in carers.items():
        if len(who) > 1:
            raise WrongAnswer(f"{cared_for}, {month}: {who} cùng hưởng kinh phí chăm sóc một người")


def must_be_paid_by_one_place(first: Month) -> None:
    """A month's regular money of a person stands in one list, of the commune they were listed in."""
    found: dict[tuple[int, Month], set[tuple[int, str]]] = defaultdict(set)
    lines = Line.objects.filter(run__state="APPROVED", kind="regular", entitlement_month__gte=first)
    for person, month, run, commune in lines.values_list("person_id", "entitlement_month", "run_id", "commune_code"):
        found[person, month].add((run, commune))
    if twice := {key: lists for key, lists in found.items() if len(lists) > 1}:
        raise WrongAnswer(f"một tháng ở hai danh sách: {twice}")


def must_be_the_same_decided_anew(desk: Desk, places: tuple[str, ...], month: Month, at: datetime) -> None:
    """All spans decided anew, first beside those that stand, then from nothing, say what they said."""
    # Where nobody was to be paid no list was opened, and nothing decided yet.
    for place in places:
        refresh_spans(place_code=place, month=month, by=desk.officer, at=at)
    before = _spans()
    SpanState.objects.update(pack_digest="")
    for place in places:
        refresh_spans(place_code=place, month=month, by=desk.officer, at=at)
    _must_equal(before, "xác định lại tất cả")
    Span.objects.filter(superseded_at__isnull=True).update(superseded_at=at)
    SpanState.objects.update(pack_digest="")
    for place in places:
        refresh_spans(place_code=place, month=month, by=desk.officer, at=at)
    _must_equal(before, "xác định lại từ đầu")


def _spans() -> set[tuple[object, ...]]:
    told = ("person_id", "grant_id", "benefit", "regime", "coefficient", "starts", "ends", "article", "for_person_id")
    return set(Span.objects.filter(superseded_at__isnull=True).values_list(*told, "deducted_dong", "assumed"))


def _must_equal(before: set[tuple[object, ...]], what: str) -> None:
    if differing := before ^ _spans():
        raise WrongAnswer(f"{what}: {sorted(map(str, differing))}")


def must_prove(asked: tuple[Proof, ...]) -> None:
    """None of the program's own proofs finds a difference."""
    for proof in asked:
        if found := proof.find():
            raise WrongAnswer(f"{proof.code}: {[row.what for row in found]}")
