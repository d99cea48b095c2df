"""Taking a report in: under its source key, with every order it tells of held, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.funds.actions import book
from ansinh.funds.queries import get_payer, open_months
from ansinh.funds.types import BookRow
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import must_be_another
from ansinh.payout.judging import clear_rows, given_rows, judge, lock_orders, verdicts_of
from ansinh.payout.models import Recording
from ansinh.payout.rules import read_order_code, staged
from ansinh.payout.states import APPLIED, PAID, REPEAT, RETURNED, SET_ASIDE, UNPAID
from ansinh.payout.types import ReportedResult, ResultsRecorded, ToldRows, Verdict
from ansinh.platform import sql
from ansinh.platform.copying import refresh_columns

# Results of one report worth telling the planner of, and up to how many reports it must be told.
_MANY, _FEW_RECORDINGS = 1_000, 200

_RECIPES = {PAID: "pay", RETURNED: "return_payment"}


class SourceKeyReused(Refusal):
    """Lần báo kết quả "{source_key}" đã được ghi với nội dung khác. Hãy dùng một mã khác cho lần báo này."""


class NoSourceKey(Refusal):
    """Lần báo kết quả không có mã nguồn, nên không nhận biết được khi gửi lại. Hãy cho mỗi lần báo một mã riêng."""


def take_in(
    *,
    payer: str,
    source_key: str,
    kind: str,
    rows: Sequence[ReportedResult] | ToldRows,
    month: Month | None,
    by: Actor,
    at: datetime,
) -> ResultsRecorded:
    """Record the good rows of a report with their entries in the books; the same report again gives its first answer.

    Runs in the caller's transaction. Refuses an unknown payer (NoSuchPayer), another than the actor's own (OtherPayer),
    a source key that brought other rows
    (SourceKeyReused), and somebody who listed, approved or released the money told of (SamePersonInChain).
    """
    if not source_key:
        raise NoSourceKey()
    get_payer(payer)
    by.must_serve(payer)
    # Reports under one key follow each other: the second finds what the first has made.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('payout.recording:' || %s, 0))", [source_key])
    prepared = [] if isinstance(rows, ToldRows) else [staged(row) for row in rows]
    said = rows.digest if isinstance(rows, ToldRows) else prepared
    digest = hashlib.sha256(repr((payer, str(month), said)).encode()).hexdigest()
    known = Recording.objects.filter(source_key=source_key).first()
    if known is not None:
        if known.digest != digest:
            raise SourceKeyReused(source_key=source_key)
        return _answer(known, () if isinstance(rows, ToldRows) else _repeated(known, rows), is_repeat=True)
    told = rows if isinstance(rows, ToldRows) else given_rows(prepared)
    report = told.report
    lock_orders(told)
    judge(told, payer=payer, month=month, by=by, today=localdate(at),
          rows=None if isinstance(rows, ToldRows) else len(rows))  # fmt: skip
    if kind == "single" and all(said.verdict == SET_ASIDE for said in verdicts_of(report)):
        # Sent again it is judged again: what stood in its way may be gone.
        return _nothing_taken(report)
    recording = _write(report, payer=payer, source_key=source_key, kind=kind, month=month, digest=digest,
                       by=by, at=at)  # fmt: skip
    if isinstance(rows, ToldRows):
        return _answer(recording, (), is_repeat=False)
    verdicts = verdicts_of(report)
    clear_rows(report)
    return _answer(recording, verdicts, is_repeat=False)


def _write(
    report: UUID,
    *,
    payer: str,
    source_key: str,
    kind: str,
    month: Month | None,
    digest: str,
    by: Actor,
    at: datetime,
) -> Recording:
    places = sql.rows("payout/list_applied_places", {"report": report, "user_id": by.user_id})
    if any(place["is_own"] for place in places):
        must_be_another(by, (by.user_id,), action="Ghi kết quả chi trả")
    counts, sums = _counted(report)
    recording = Recording.objects.create(
        payer=payer,
        source_key=source_key,
        kind=kind,
        month=month,
        recorded_at=at,
        recorded_by=by.user_id,
        digest=digest,
        rows=sum(counts.values()),
        applied=counts[APPLIED],
        repeats=counts[REPEAT],
        set_aside=counts[SET_ASIDE],
        paid_dong=Dong(sums[PAID]),
        unpaid_dong=Dong(sums[UNPAID]),
        returned_dong=Dong(sums[RETURNED]),
    )
    if counts[APPLIED]:
        sql.run(
            "payout/insert_results",
            {"report": report, "recording_id": recording.pk, "at": at, "by": by.user_id, **_open_in(payer, places)},
        )
        _tell_planner(recording)
        sql.run("payout/move_told_orders", {"recording_id": recording.pk})
        _book_results(recording, by=by, at=at)
    return recording


def _tell_planner(recording: Recording) -> None:
    """While reports are few, the results of a large one unknown to the statistics would be planned as a single row."""
    if recording.applied > _MANY and Recording.objects.count() < _FEW_RECORDINGS:
        refresh_columns("payout_result", ("order_id", "batch_id", "kind", "recording_id"))


def _counted(report: UUID) -> tuple[dict[str, int], dict[str, int]]:
    counts = dict.fromkeys((APPLIED, REPEAT, SET_ASIDE), 0)
    sums = dict.fromkeys((PAID, UNPAID, RETURNED), 0)
    for row in sql.rows("payout/sum_verdicts", {"report": report}):
        counts[row["verdict"]] += row["told"]
        if row["verdict"] == APPLIED:
            sums[row["outcome"]] += row["amount_dong"]
    return counts, sums


def _open_in(payer: str, places: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """For each commune and batch month the settlement month results are booked to: a closed one takes nothing more."""
    booked: dict[tuple[str, Month], Month] = {}
    for month in {Month.containing(place["month"]) for place in places}:
        communes = [place["commune_code"] for place in places if Month.containing(place["month"]) == month]
        found = open_months(payer=payer, communes=communes, wanted=month)
        booked.update({(commune, month): open_in for commune, open_in in found.items()})
    return {
        "communes": [commune for commune, _ in booked],
        "months": [month.first_day for _, month in booked],
        "booked_months": [open_in.first_day for open_in in booked.values()],
    }


def _book_results(recording: Recording, *, by: Actor, at: datetime) -> None:
    """One entry a batch, settlement month and commune for what was paid, another for what came back."""
    groups: dict[tuple[str, int, Month, str], list[BookRow]] = {}
    for row in sql.rows("payout/sum_results", {"recording_id": recording.pk}):
        key = (row["place_code"], row["batch_id"], Month.containing(row["booked_month"]), row["kind"])
        amount = BookRow(row["fund"], recording.payer, row["commune_code"], Dong(row["amount_dong"]))
        groups.setdefault(key, []).append(amount)
    # Books are locked in the order of their codes by everybody.
    for (place_code, batch_id, month, kind), rows in sorted(groups.items(), key=lambda group: group[0]):
        book(
            recipe=_RECIPES[kind],
            document=f"batch:{batch_id}",
            key=f"{_RECIPES[kind]}:recording:{recording.pk}:batch:{batch_id}:{month}",
            month=month,
            holder=place_code,
            rows=rows,
            by=by,
            at=at,
        )


def _repeated(known: Recording, rows: Sequence[ReportedResult]) -> tuple[Verdict, ...]:
    results = dict(known.results.values_list("order_id", "pk"))
    ids = [read_order_code(row.order_code) for row in rows]
    return tuple(
        Verdict(row.row, order_id, REPEAT, result_id=results.get(order_id) if order_id else None)
        for row, order_id in zip(rows, ids, strict=True)
    )


def _answer(recording: Recording, verdicts: tuple[Verdict, ...], *, is_repeat: bool) -> ResultsRecorded:
    return ResultsRecorded(
        recording_id=recording.pk,
        rows=recording.rows,
        applied=recording.applied,
        repeats=recording.repeats,
        set_aside=recording.set_aside,
        paid_dong=recording.paid_dong,
        unpaid_dong=recording.unpaid_dong,
        returned_dong=recording.returned_dong,
        is_repeat=is_repeat,
        verdicts=verdicts,
    )


def _nothing_taken(report: UUID) -> ResultsRecorded:
    none, verdicts = Dong(0), verdicts_of(report)
    count = len(verdicts)
    clear_rows(report)
    return ResultsRecorded(None, count, 0, 0, count, none, none, none, is_repeat=False, verdicts=verdicts)
