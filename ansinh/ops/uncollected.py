"""`ansinh uncollected …`: who did not come for their money month after month, and what was decided about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from ansinh.audit.actions import tell_export
from ansinh.kernel.money import total
from ansinh.kernel.month import Month
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payout.actions import keep_uncollected, renew_year_end, suspend_uncollected
from ansinh.payout.queries import list_not_received, list_to_return, list_year_end
from ansinh.payout.types import NotReceived, NotReceivedAnswered, YearEndOrder

Command = Callable[..., None]
_THROUGH = "Tính các tháng không nhận đến tháng này, như danh sách đã xem; bỏ trống: tháng này."


@click.group("uncollected")
def command() -> None:
    """Không nhận tiền nhiều tháng: xem ai, ghi quyết định tạm dừng hoặc lý do chưa tạm dừng."""


def _acting(function: Command) -> Command:
    for one in (click.pass_obj, json_option, as_option):
        function = one(function)
    return function


@command.command("list")
@click.option("--place", "place_code", default="", help="Mã địa bàn: 2, 3 hoặc 5 chữ số; bỏ trống: mọi nơi.")
@click.option("--month", type=MONTH, help="Xem đến tháng này; bỏ trống: tháng này.")
@_acting
def list_(answer: Answer, *, place_code: str, month: Month | None, usernames: tuple[str, ...]) -> None:
    """Ai từ 2 tháng liền trở lên không nhận tiền; người phải đề nghị tạm dừng được nêu rõ."""
    prepared_database(answer.say)
    by = looker("payout.see_uncollected", usernames)
    found = list_not_received(by=by, month=month or Month.containing(now().date()), place_code=place_code)
    tell_export("payout.export_uncollected", by=by, at=now(), place_code=place_code, rows=len(found))
    proposed = sum(one.suspends for one in found)
    answer.give(
        {"proposed": proposed, "people": [_facts(one) for one in found]},
        "\n".join([f"{len(found)} người, đề nghị tạm dừng {proposed} người.", *map(_told, found)]),
    )


@command.command("suspend")
@click.argument("person_id", type=int)
@click.option("--from", "from_month", type=MONTH, required=True, help="Tạm dừng từ tháng, ví dụ 2026-12.")
@click.option("--decision", required=True, help="Số quyết định.")
@click.option("--on", "day", type=DAY, required=True, help="Ngày ký, ví dụ 2026-11-20.")
@click.option("--reason", default="", help="Ghi chú.")
@click.option("--month", type=MONTH, help=_THROUGH)
@_acting
def suspend(
    answer: Answer, *, person_id: int, from_month: Month, decision: str, day: datetime, reason: str,
    month: Month | None, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi quyết định tạm dừng mọi trợ cấp hằng tháng của người số PERSON_ID."""
    prepared_database(answer.say)
    done = suspend_uncollected(
        person_id=person_id, from_month=from_month, decision_no=decision, decided_on=day.date(), reason=reason,
        through=month, by=doer("payout.suspend_uncollected", usernames), at=now(),
    )  # fmt: skip
    answer.give(_answered(done), f"Đã ghi tạm dừng {len(done.grants)} quyết định hưởng từ tháng {from_month.vi}.")


@command.command("keep")
@click.argument("person_id", type=int)
@click.option("--reason", required=True, help="Vì sao chưa tạm dừng.")
@click.option("--month", type=MONTH, help=_THROUGH)
@_acting
def keep(answer: Answer, *, person_id: int, reason: str, month: Month | None, usernames: tuple[str, ...]) -> None:
    """Chưa tạm dừng người số PERSON_ID, kèm lý do; đếm lại từ đầu."""
    prepared_database(answer.say)
    by = doer("payout.keep_uncollected", usernames)
    done = keep_uncollected(person_id=person_id, reason=reason, through=month, by=by, at=now())
    answer.give(_answered(done), f"Đã ghi lý do. Các tháng đến {done.through_month.vi} không tính nữa.")


@command.command("year-end")
@click.argument("year", type=int)
@click.option("--place", "place_code", required=True, help="Mã địa bàn lập danh sách.")
@click.option("--document", default="", help="Số biên bản, quyết định; bỏ trống: chỉ xem.")
@_acting
def year_end(answer: Answer, *, year: int, place_code: str, document: str, usernames: tuple[str, ...]) -> None:
    """Tiền chưa lĩnh của năm YEAR: nộp trả ngân sách, lập lại lệnh chi bằng nguồn năm sau; không có --document: xem."""
    prepared_database(answer.say)
    if not document:
        by = looker("payout.see_uncollected", usernames)
        found = list_year_end(place_code, year, by=by)
        tell_export("payout.export_uncollected", by=by, at=now(), place_code=place_code, year=year, rows=len(found))
        summed = total(one.amount_dong for one in found)
        answer.give(
            {"renewed": 0, "amount_dong": summed.value, "orders": [_order_facts(one) for one in found]},
            "\n".join([f"{len(found)} lệnh chi chưa lĩnh, {summed} đồng.", *map(_order_told, found)]),
        )
        return
    by = doer("payout.renew_year_end", usernames)
    done = renew_year_end(place_code=place_code, year=year, document_no=document, by=by, at=now())
    back = list_to_return(place_code, year, by=by)
    facts = [
        {"payer": one.payer, "commune": one.commune_code, "fund": one.fund, "amount_dong": one.amount_dong.value}
        for one in back
    ]
    told = [f"Đã hủy và lập lại {done.orders} lệnh chi, {done.amount_dong} đồng. Phải nộp trả của năm {year}:"]
    told += [f"  {one.payer}, xã {one.commune_code}, nguồn {one.fund}: {one.amount_dong} đồng" for one in back]
    if done.left_out:
        told.append(f"{done.left_out} lệnh chi đã chuyển sang xã khác: hủy và lập lại từng lệnh.")
    answer.give(
        {"renewed": done.orders, "amount_dong": done.amount_dong.value, "left_out": done.left_out, "to_return": facts},
        "\n".join(told),
    )


def _order_facts(one: YearEndOrder) -> dict[str, Any]:
    return {
        "order_code": one.code,
        "person_id": one.person_id,
        "full_name": one.full_name,
        "month": str(one.month),
        "commune": one.commune_code,
        "payer": one.payer,
        "amount_dong": one.amount_dong.value,
        "moved": one.is_moved,
    }


def _order_told(one: YearEndOrder) -> str:
    moved = " (đã chuyển sang xã khác)" if one.is_moved else ""
    return f"  {one.code} {one.full_name}, xã {one.commune_code}, tháng {one.month.vi}: {one.amount_dong} đồng{moved}"


def _facts(one: NotReceived) -> dict[str, Any]:
    return {
        "person_id": one.person_id,
        "full_name": one.full_name,
        "commune": one.commune_code,
        "months": [str(month) for month in one.months],
        "waiting_dong": one.waiting_dong.value,
        "suspension_proposed": one.suspends,
        "article": one.article,
    }


def _answered(done: NotReceivedAnswered) -> dict[str, Any]:
    return {
        "person_id": done.person_id,
        "answer": done.answer,
        "through_month": str(done.through_month),
        "grants": list(done.grants),
    }


def _told(one: NotReceived) -> str:
    months = ", ".join(month.vi for month in one.months)
    ask = f"; ĐỀ NGHỊ TẠM DỪNG ({one.article})" if one.suspends else ""
    return (
        f"Số {one.person_id}: {one.full_name}, xã {one.commune_code}: không nhận {len(one.months)} tháng liền "
        f"({months}), còn chờ {one.waiting_dong} đồng{ask}."
    )
