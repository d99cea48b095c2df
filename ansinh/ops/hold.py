"""`ansinh hold …`: money of a person or of one order kept back, let go again, listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from ansinh.audit.actions import tell_export
from ansinh.kernel.money import total
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payout.actions import hold_order
from ansinh.payout.queries import find_order_by_code, list_holds
from ansinh.payout.types import ShownHold
from ansinh.registry.actions import lift_hold, place_hold
from ansinh.registry.queries import HOLD_KINDS

Command = Callable[..., None]


class WhoseMoney(Refusal):
    """Hãy ghi số của người cần giữ (mọi khoản của họ), hoặc --order MÃ để giữ một lệnh chi; không dùng cả hai."""


class NoSuchCode(Refusal):
    """Không có lệnh chi mã {code}. Hãy xem lại mã trên danh sách chi trả."""


@click.group("hold")
def command() -> None:
    """Tạm giữ tiền của một người hoặc một lệnh chi: ghi, dỡ, xem."""


def _acting(function: Command) -> Command:
    for one in (click.pass_obj, json_option, as_option):
        function = one(function)
    return function


@command.command("place")
@click.argument("person_id", type=int, required=False)
@click.option("--order", "code", default="", help="Mã lệnh chi, khi chỉ giữ một lệnh.")
@click.option("--kind", type=click.Choice(list(HOLD_KINDS)), required=True, help="Vì sao giữ.")
@click.option("--since", type=DAY, help="Ngày biết tin; bỏ trống: hôm nay.")
@click.option("--note", default="", help="Ghi chú; bắt buộc với other.")
@click.option("--evidence", default="", help="Giấy tờ, người báo tin.")
@_acting
def place(
    answer: Answer, *, person_id: int | None, code: str, kind: str, since: datetime | None, note: str, evidence: str,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Giữ lại mọi khoản của người số PERSON_ID, hoặc một lệnh chi (--order)."""
    prepared_database(answer.say)
    if (person_id is None) == (not code):
        raise WhoseMoney()
    at = now()
    said: dict[str, Any] = {
        "kind": kind, "since_on": (since or at.astimezone()).date(), "note": note, "evidence": evidence, "at": at,
    }  # fmt: skip
    by = doer("registry.place_hold", usernames)
    if person_id is not None:
        placed = place_hold(person_id=person_id, by=by, **said)
    else:
        order = find_order_by_code(code, by=by)
        if order is None:
            raise NoSuchCode(code=code)
        placed = hold_order(order_id=order.pk, by=by, **said)
    (shown,) = (one for one in list_holds(by=by, person_id=placed.person_id) if one.hold_id == placed.hold_id)
    answer.give(_facts(shown), f"Đã tạm giữ, lượt số {placed.hold_id}.\n{_told(shown)}")


@command.command("lift")
@click.argument("hold_id", type=int)
@click.option("--why", required=True, help="Kết quả xác minh.")
@_acting
def lift(answer: Answer, *, hold_id: int, why: str, usernames: tuple[str, ...]) -> None:
    """Dỡ lượt tạm giữ số HOLD_ID: tiền vào các đợt chi lập sau đó."""
    prepared_database(answer.say)
    by = doer("registry.lift_hold", usernames)
    lifted = lift_hold(hold_id=hold_id, why=why, by=by, at=now())
    answer.give(
        {"hold_id": lifted.hold_id, "person_id": lifted.person_id, "order_id": lifted.order_id},
        f"Đã dỡ lượt tạm giữ số {hold_id}. Tiền vào đợt chi của tháng sau, hoặc lập lệnh chi lại để chi ngay.",
    )


@command.command("list")
@click.option("--place", "place_code", default="", help="Mã địa bàn: 2, 3 hoặc 5 chữ số; bỏ trống: mọi nơi.")
@click.option("--all", "everything", is_flag=True, help="Kèm các lượt đã dỡ.")
@_acting
def list_(answer: Answer, *, place_code: str, everything: bool, usernames: tuple[str, ...]) -> None:
    """Ai, lệnh chi nào đang bị tạm giữ, bao nhiêu tiền."""
    prepared_database(answer.say)
    by = looker("registry.see_people", usernames)
    found = list_holds(by=by, place_code=place_code, everything=everything)
    tell_export("registry.export_holds", by=by, at=now(), place_code=place_code, rows=len(found))
    held = total(one.held_dong for one in found)
    answer.give(
        {"held_dong": held.value, "holds": [_facts(one) for one in found]},
        "\n".join([f"{len(found)} lượt, đang giữ {held} đồng.", *map(_told, found)]),
    )


def _facts(one: ShownHold) -> dict[str, Any]:
    return {
        "hold_id": one.hold_id,
        "person_id": one.person_id,
        "full_name": one.full_name,
        "commune": one.commune_code,
        "order_code": one.order_code or None,
        "kind": one.kind,
        "note": one.note,
        "evidence": one.evidence,
        "since": str(one.since_on),
        "orders": one.orders,
        "held_dong": one.held_dong.value,
        "paying_dong": one.paying_dong.value,
        "lifted_at": one.lifted_at.isoformat() if one.lifted_at else None,
        "lifted_why": one.lifted_why or None,
    }


def _told(one: ShownHold) -> str:
    what = f"lệnh chi {one.order_code}" if one.order_code else "mọi khoản"
    note = f", {one.note}" if one.note else ""
    if one.lifted_at:
        end = f"đã dỡ {one.lifted_at:%d/%m/%Y} ({one.lifted_why})"
    else:
        end = f"đang giữ {one.orders} lệnh, {one.held_dong} đồng"
        if one.paying_dong:
            end += f"; {one.paying_dong} đồng đã ở tổ chức chi trả từ trước, hãy báo họ dừng chi"
    return (
        f"Số {one.hold_id}: {one.full_name}, xã {one.commune_code}, {what}, từ {one.since_on:%d/%m/%Y}, "
        f"{HOLD_KINDS[one.kind].lower()}{note}: {end}."
    )
