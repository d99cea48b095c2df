"""What each reported row says of its order: judged in one statement, as it is told. Recording and preview share it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.month import Month
from ansinh.payout.rules import STAGED, message_of
from ansinh.payout.types import ToldRows, Verdict
from ansinh.platform import sql
from ansinh.platform.copying import refresh_own

_TABLE = "payout_reportedrow"
# What the judgement gives, in its order.
_JUDGED = (
    "report", "row", "order_id", "outcome", "amount_dong", "listed_dong", "happened_on", "receiver_name", "relation",
    "authorised_until", "proof", "reference", "reason", "nonce", "batch_id", "round", "commune_code", "receiver_kind",
    "reverses_id", "result_id", "verdict", "because",
)  # fmt: skip
# The name under which statements read the rows told.
_TOLD = "payout_toldrow"
# So few rows are judged in the table that is everybody's.
_FEW = 1_000


def given_rows(rows: Sequence[tuple[Any, ...]], *, digest: str = "") -> ToldRows:
    """Rows written down by `rules.staged`, as rows told."""
    columns = zip(*rows, strict=True) if rows else [()] * len(STAGED)
    params = {name: list(column) for name, column in zip(STAGED, columns, strict=True)}
    return ToldRows("payout/list_given_rows", params, digest=digest)


def lock_orders(told: ToldRows) -> None:
    """Hold the orders told of until the transaction ends."""
    sql.rows("payout/lock_told_orders", told.params, given={_TOLD: told.query})


def judge(told: ToldRows, *, payer: str, month: Month | None, by: Actor, today: date, rows: int | None = None) -> None:
    """Write the rows with their verdicts where they are read by the report's id; orders outside the actor's areas are
    as unknown.

    More than few (`rows`; None: unknown) stand in a table of the transaction's own, before the shared one under its
    name, until cleared: only so can the planner be told of them without every other report waiting.
    """
    is_many = rows is None or rows > _FEW
    if is_many:
        _own_table()
    params = {
        **told.params,
        "report": told.report,
        "payer": payer,
        "month": None if month is None else month.first_day,
        "today": today,
        "unreached": _unreached(told, by),
    }
    sql.insert(_TABLE, _JUDGED, "payout/judge_rows", params, given={_TOLD: told.query})
    if is_many:
        refresh_own(_TABLE)


def _own_table() -> None:
    """No index: every row of it is of one report, joined as a whole."""
    like = f"(LIKE {_TABLE} INCLUDING DEFAULTS INCLUDING IDENTITY)"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_TABLE}")
        cursor.execute(f"CREATE TEMP TABLE {_TABLE} {like} ON COMMIT DROP")


def _unreached(told: ToldRows, by: Actor) -> list[str]:
    """Communes of the orders told of that the actor does not work in; whoever works everywhere is not asked."""
    if EVERYWHERE in by.areas:
        return []
    reaches = reach_of(by)
    places = sql.rows("payout/list_told_communes", told.params, given={_TOLD: told.query})
    within = {place["commune_code"] for place in places if reaches(place["commune_code"], place["month"])}
    return sorted({place["commune_code"] for place in places} - within)


def verdicts_of(report: UUID, *, verdict: str = "") -> tuple[Verdict, ...]:
    """The verdicts as they stand, in the order the rows were given; of one kind, or all."""
    return tuple(_verdict(row) for row in sql.rows("payout/list_verdicts", {"report": report, "verdict": verdict}))


def clear_rows(report: UUID) -> None:
    """Take the report's rows out of the staging again."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_TABLE}")
    sql.run("payout/clear_reported_rows", {"report": report})


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(
        row=row["row"],
        order_id=row["order_id"],
        verdict=row["verdict"],
        because=row["because"],
        message=message_of(row["because"], row),
        result_id=row["result_id"],
    )
