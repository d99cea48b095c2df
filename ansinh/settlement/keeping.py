"""Getting hold of a month's settlements to change them: locked, in the actor's area; what refuses to be settled."""

from __future__ import annotations

from collections.abc import Sequence

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.settlement.models import Settlement
from ansinh.settlement.queries.homes import Home, homes_within
from ansinh.settlement.types import InTheWay


class NotAtZero(Refusal):
    """Chưa quyết toán được tháng {month} với {payer}: còn {count} việc. {summary}"""

    def __init__(self, rows: Sequence[InTheWay], **facts: object) -> None:
        super().__init__(count=len(rows), rows=[_plain(row) for row in rows], **facts)
        # The rows themselves, for pages that link to them.
        self.in_the_way = tuple(rows)


class ResultsMissing(NotAtZero):
    """Chưa xác nhận được kết quả chi trả tháng {month} với {payer}: còn {count} việc. {summary}"""


def reachable_homes(place_code: str, month: Month, *, by: Actor) -> tuple[Home, ...]:
    """The homes of a place; refuses (UnknownPlace, OutOfArea)."""
    by.must_reach(path_of(place_code, month.first_day))
    return homes_within(place_code, month)


def lock_settlements(payer: str, communes: Sequence[str], month: Month) -> dict[str, Settlement]:
    """The settlements of some communes, made where they are missing, locked until the transaction ends."""
    Settlement.objects.bulk_create(
        [Settlement(payer=payer, commune_code=code, month=month) for code in sorted(communes)], ignore_conflicts=True
    )
    rows = Settlement.objects.select_for_update().filter(payer=payer, month=month, commune_code__in=list(communes))
    return {row.commune_code: row for row in rows.order_by("commune_code")}


def _plain(row: InTheWay) -> dict[str, object]:
    return {
        "kind": row.kind,
        "commune": row.commune_code,
        "dong": row.dong.value,
        "reference": row.reference,
        "message": row.message,
    }
