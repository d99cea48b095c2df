"""Who did not receive their money several months in a row; what a list's officer is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.types import NotReceived
from ansinh.payout.ways import communes_of
from ansinh.payroll.types import ASSISTANCE, PROGRAMMES, WARNING, CheckedList, Found
from ansinh.places.queries import list_commune_codes
from ansinh.platform import sql
from ansinh.policy import load_pack, uncollected_rule
from ansinh.registry.types import birth_of

# How far back a row of months is looked for.
_MONTHS_BACK = 36
_MOST_NAMED = 6


def list_not_received(*, by: Actor, month: Month, place_code: str = "") -> list[NotReceived]:
    """People living in a place that month, owed something, who did not receive two months in a row or more.

    Most months first. Only in the actor's areas; no place: all of them.
    """
    communes = list_commune_codes(place_code, month.first_day) if place_code else None
    reaches = reach_of(by)
    found = [one for one in _listed(month, communes) if reaches(one.commune_code, one.known_on)]
    return sorted(found, key=lambda one: -len(one.months))


def find_not_received(person_id: int, month: Month) -> NotReceived | None:
    """The months in a row one person did not receive, however few; None when there are none to answer."""
    found = _listed(month, None, person_id=person_id, least=1)
    return found[0] if found else None


def not_received(checked: CheckedList) -> Iterator[Found]:
    """A check of a list: two months in a row not received is a warning, as many as the law says a proposal."""
    if checked.programme != ASSISTANCE:
        return
    for one in _listed(checked.month, communes_of(checked.place_code, checked.month)):
        yield Found("suspension_proposed" if one.suspends else "uncollected_two_months", WARNING, _told(one),
                    one.person_id, one.commune_code)  # fmt: skip


def _listed(
    month: Month, communes: Sequence[str] | None, *, person_id: int = 0, least: int | None = None
) -> list[NotReceived]:
    rule = uncollected_rule(month, load_pack())
    rows = sql.rows(
        "payout/list_not_received",
        {
            "month": month.first_day,
            "since": (month + -_MONTHS_BACK).first_day,
            "communes": None if communes is None else list(communes),
            "person_id": person_id,
            "least": rule.warns_at if least is None else least,
            "programme": ASSISTANCE,
            "regimes": list(PROGRAMMES[ASSISTANCE]),
        },
    )
    return [_one(row, suspends_at=rule.suspends_at, article=rule.article) for row in rows]


def _one(row: dict[str, Any], *, suspends_at: int | None, article: str) -> NotReceived:
    months = tuple(Month.containing(month) for month in row["months"])
    return NotReceived(
        person_id=row["person_id"],
        full_name=row["full_name"],
        birth=birth_of(row["born_on"], row["birth_precision"]),
        commune_code=row["commune_code"],
        known_on=row["known_in"],
        hamlet=row["hamlet"],
        months=months,
        waiting_dong=Dong(row["waiting_dong"]),
        suspends=suspends_at is not None and len(months) >= suspends_at,
        suspends_at=suspends_at,
        article=article,
    )


def _told(one: NotReceived) -> str:
    named = ", ".join(month.vi for month in one.months[-_MOST_NAMED:])
    what = f"{one.full_name} không nhận tiền {len(one.months)} tháng liền ({named}), còn chờ {one.waiting_dong} đồng"
    if one.suspends:
        return (
            f"{what}: đề nghị tạm dừng từ tháng sau ({one.article}). Hãy xác minh, rồi ở trang "
            '"Không nhận tiền nhiều tháng" ghi quyết định tạm dừng hoặc lý do chưa tạm dừng.'
        )
    then = f" Đủ {one.suspends_at} tháng liền thì phải tạm dừng ({one.article})." if one.suspends_at else ""
    return f"{what}. Hãy hỏi thăm, xác minh nơi cư trú.{then}"
