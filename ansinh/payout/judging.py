"""What each reported row says of its order: staged by COPY, judged in one statement. Recording and preview share it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from ansinh.access.queries import reach_of
from ansinh.access.types import EVERYWHERE, Actor
from ansinh.kernel.ids import new_id
from ansinh.kernel.month import Month
from ansinh.payout.rules import STAGED, message_of
from ansinh.payout.types import ToldRows, Verdict
from ansinh.platform import sql
from ansinh.platform.copying import copy_rows, refresh_own

_TABLE = "payout_reportedrow"
# Columns the judgement fills.
_JUDGED = ("nonce", "commune_code", "receiver_kind", "verdict", "because")
# From here on the planner must know how many rows it joins.
_MANY = 1_000


def stage_rows(rows: Sequence[tuple[Any, ...]]) -> UUID:
    """Put rows written down by `rules.staged` where they can be judged; the report's id.

    Many rows go to a table of this transaction's own, which stands before the shared one under its name: only so can
    the planner be told of them without every other report waiting.
    """
    report = new_id()
    if len(rows) > _MANY:
        _own_table()
    blank = ("",) * len(_JUDGED)
    copy_rows(_TABLE, ("report", *STAGED, *_JUDGED), ((report, *row, *blank) for row in rows))
    if len(rows) > _MANY:
        refresh_own(_TABLE)
    return report


def stage_told(told: ToldRows) -> UUID:
    """The same for the rows a query of the caller's gives, without one of them passing through Python.

    They stand in the transaction's own table until cleared, for the caller's statements to read the verdicts from.
    """
    _own_table()
    columns = ", ".join(STAGED)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_TABLE} (report, {columns}, {', '.join(_JUDGED)})\n"
            f"SELECT %(report)s, {columns}{', %(blank)s' * len(_JUDGED)}\nFROM (\n{sql.text_of(told.query)}) AS told\n"
            "ORDER BY row",
            {**told.params, "report": told.report, "blank": ""},
        )
    refresh_own(_TABLE)
    return told.report


def _own_table() -> None:
    """No index: every row of it is of one report, joined as a whole and written over once."""
    like = f"(LIKE {_TABLE} INCLUDING DEFAULTS INCLUDING IDENTITY)"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_TABLE}")
        cursor.execute(f"CREATE TEMP TABLE {_TABLE} {like} ON COMMIT DROP")


def judge(report: UUID, *, payer: str, month: Month | None, by: Actor, today: date) -> None:
    """Write the verdict beside each staged row; orders outside the actor's areas are as unknown."""
    sql.run(
        "payout/judge_rows",
        {
            "report": report,
            "payer": payer,
            "month": None if month is None else month.first_day,
            "today": today,
            "unreached": _unreached(report, by),
        },
    )


def _unreached(report: UUID, by: Actor) -> list[str]:
    """Communes of the orders told of that the actor does not work in; whoever works everywhere is not asked."""
    if EVERYWHERE in by.areas:
        return []
    reaches = reach_of(by)
    told = sql.rows("payout/list_told_communes", {"report": report})
    within = {row["commune_code"] for row in told if reaches(row["commune_code"], row["month"])}
    return sorted({row["commune_code"] for row in told} - within)


def know_verdicts() -> None:
    """Tell the planner how many of the transaction's own rows got each verdict: what follows joins only the applied."""
    refresh_own(_TABLE)


def verdicts_of(report: UUID, *, verdict: str = "") -> tuple[Verdict, ...]:
    """The verdicts as they stand, in the order the rows were given; of one kind, or all."""
    return tuple(_verdict(row) for row in sql.rows("payout/list_verdicts", {"report": report, "verdict": verdict}))


def clear_rows(report: UUID) -> None:
    """Take the report's rows out of the staging again."""
    sql.run("payout/clear_reported_rows", {"report": report})
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_TABLE}")


def _verdict(row: dict[str, Any]) -> Verdict:
    return Verdict(
        row=row["row"],
        order_id=row["order_id"],
        verdict=row["verdict"],
        because=row["because"],
        message=message_of(row["because"], row),
        result_id=row["result_id"],
    )
