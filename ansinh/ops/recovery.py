"""`ansinh recovery …`: what people owe back: listed, decided, repaid, written off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import click

from ansinh.audit.actions import tell_export
from ansinh.kernel.money import Dong, total
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payout.actions import decide_recovery, record_repayment, reopen_recovery, write_off_recovery
from ansinh.payout.queries import get_recovery, list_recoveries, recovery_history
from ansinh.payout.types import (
    RECOVERY_DECISIONS,
    RECOVERY_ENTRIES,
    RECOVERY_STATE_NAMES,
    WAYS_BACK,
    RecoveryFilter,
    RecoverySaid,
    ShownRecovery,
)

Command = Callable[..., None]

_recovery = click.argument("recovery_id", type=int)
_decision = click.option("--decision", required=True, help="Số quyết định.")
_on = click.option("--on", "day", type=DAY, required=True, help="Ngày ký (ngày nộp), ví dụ 2020-10-12.")


@click.group("recovery")
def command() -> None:
    """Thu hồi: khoản phải thu hồi, quyết định, nộp lại, xóa."""


def _acting(function: Command) -> Command:
    for one in (click.pass_obj, json_option, as_option):
        function = one(function)
    return function


@command.command("list")
@click.option("--place", "place_code", default="", help="Mã địa bàn: 2, 3 hoặc 5 chữ số; bỏ trống: mọi nơi.")
@click.option("--state", type=click.Choice(list(RECOVERY_STATE_NAMES)), default=None, help="Trạng thái.")
@click.option("--name", default="", help="Một phần họ tên.")
@_acting
def list_(answer: Answer, *, place_code: str, state: str | None, name: str, usernames: tuple[str, ...]) -> None:
    """Các khoản phải thu hồi của một địa bàn, khoản chưa thu trước."""
    prepared_database(answer.say)
    by = looker("payout.see_recoveries", usernames)
    found = list_recoveries(by=by, wanted=RecoveryFilter(place_code=place_code, state=state or "", text=name))
    tell_export("payout.export_recoveries", by=by, at=now(), place_code=place_code, rows=len(found))
    left = total(one.open_dong for one in found if one.state in ("PROPOSED", "DECIDED"))
    told = f"{len(found)} khoản, còn phải thu {left} đồng."
    answer.give(
        {"open_dong": left.value, "recoveries": [_facts(one) for one in found]}, "\n".join([told, *map(_told, found)])
    )


@command.command("show")
@_recovery
@_acting
def show(answer: Answer, *, recovery_id: int, usernames: tuple[str, ...]) -> None:
    """Một khoản phải thu hồi với các quyết định và từng lần thu."""
    prepared_database(answer.say)
    by = looker("payout.see_recoveries", usernames)
    one, said = get_recovery(recovery_id, by=by), recovery_history(recovery_id, by=by)
    answer.give(
        {**_facts(one), "history": [_said_facts(event) for event in said]},
        "\n".join([_told(one), *map(_said, said)]),
    )


@command.command("decide")
@_recovery
@click.option("--way", type=click.Choice(list(WAYS_BACK)), required=True, help="Khấu trừ, hoặc nộp lại bằng tiền.")
@_decision
@_on
@click.option("--share", type=Decimal, help="Phần tiền hằng tháng được khấu trừ, ví dụ 0.3; bỏ trống: theo thiết lập.")
@click.option("--instalment", type=int, help="Khấu trừ (nộp) nhiều nhất bao nhiêu đồng mỗi kỳ.")
@click.option("--reason", default="", help="Ghi chú.")
@_acting
def decide(
    answer: Answer, *, recovery_id: int, way: Literal["netting", "cash"], decision: str, day: datetime,
    share: Decimal | None, instalment: int | None, reason: str, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi quyết định thu hồi khoản số RECOVERY_ID."""
    prepared_database(answer.say)
    moved = decide_recovery(
        recovery_id=recovery_id, way=way, decision_no=decision, decided_on=day.date(), share=share,
        instalment_dong=None if instalment is None else Dong(instalment), reason=reason,
        by=doer("payout.decide_recovery", usernames), at=now(),
    )  # fmt: skip
    answer.give(
        {"recovery_id": moved.recovery_id, "state": moved.state},
        f"Đã ghi quyết định {decision} cho khoản số {moved.recovery_id}: {WAYS_BACK[way].lower()}.",
    )


@command.command("repay")
@_recovery
@click.argument("amount", type=int)
@click.option("--voucher", required=True, help="Số giấy nộp tiền.")
@_on
@click.option("--paid-by", default="", help="Người nộp.")
@_acting
def repay(
    answer: Answer, *, recovery_id: int, amount: int, voucher: str, day: datetime, paid_by: str,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi AMOUNT đồng đã nộp lại vào Kho bạc cho khoản số RECOVERY_ID."""
    prepared_database(answer.say)
    done = record_repayment(
        recovery_id=recovery_id, amount_dong=Dong(amount), voucher_no=voucher, paid_on=day.date(), paid_by=paid_by,
        by=doer("payout.record_repayment", usernames), at=now(),
    )  # fmt: skip
    facts = {"repayment_id": done.repayment_id, "state": done.state, "open_dong": done.open_dong.value}
    answer.give(facts, f"Đã ghi {done.amount_dong} đồng; còn phải thu {done.open_dong} đồng.")


@command.command("write-off")
@_recovery
@_decision
@_on
@click.option("--reason", required=True, help="Lý do xóa.")
@_acting
def write_off(
    answer: Answer, *, recovery_id: int, decision: str, day: datetime, reason: str, usernames: tuple[str, ...]
) -> None:
    """Xóa phần còn lại của khoản số RECOVERY_ID theo quyết định."""
    prepared_database(answer.say)
    moved = write_off_recovery(
        recovery_id=recovery_id, decision_no=decision, decided_on=day.date(), reason=reason,
        by=doer("payout.write_off_recovery", usernames), at=now(),
    )  # fmt: skip
    answer.give(
        {"recovery_id": moved.recovery_id, "state": moved.state, "amount_dong": moved.amount_dong.value},
        f"Đã xóa {moved.amount_dong} đồng của khoản số {moved.recovery_id}.",
    )


@command.command("reopen")
@_recovery
@click.option("--reason", required=True, help="Lý do xem xét lại.")
@_acting
def reopen(answer: Answer, *, recovery_id: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Xem xét lại khoản số RECOVERY_ID đã quyết định hoặc đã xóa."""
    prepared_database(answer.say)
    by = doer("payout.reopen_recovery", usernames)
    moved = reopen_recovery(recovery_id=recovery_id, reason=reason, by=by, at=now())
    answer.give(
        {"recovery_id": moved.recovery_id, "state": moved.state},
        f"Khoản số {moved.recovery_id} trở lại đề nghị thu hồi; ngừng khấu trừ cho đến quyết định mới.",
    )


def _facts(one: ShownRecovery) -> dict[str, Any]:
    return {
        "recovery_id": one.id,
        "person_id": one.person_id,
        "full_name": one.full_name,
        "commune": one.commune_code,
        "month": str(one.month),
        "amount_dong": one.amount_dong.value,
        "open_dong": one.open_dong.value,
        "state": one.state,
        "way": one.way,
        "share": None if one.share is None else f"{one.share.normalize():f}",
        "instalment_dong": None if one.instalment_dong is None else one.instalment_dong.value,
        "decision_no": one.decision_no,
        "decided_on": str(one.decided_on) if one.decided_on else None,
        "died_on": str(one.died_on) if one.died_on else None,
    }


def _told(one: ShownRecovery) -> str:
    way = f", {WAYS_BACK[one.way].lower()}" if one.way else ""
    died = f", đã mất {one.died_on:%d/%m/%Y}" if one.died_on else ""
    return (
        f"Số {one.id}: {one.full_name}, xã {one.commune_code}, danh sách {one.month.vi}: {one.amount_dong} đồng, "
        f"còn {one.open_dong} đồng; {RECOVERY_STATE_NAMES[one.state].lower()}{way}{died}."
    )


def _said_facts(said: RecoverySaid) -> dict[str, Any]:
    return {
        "kind": said.kind,
        "at": said.at.isoformat(),
        "amount_dong": None if said.amount_dong is None else said.amount_dong.value,
        "number": said.number,
        "on": str(said.on) if said.on else None,
        "reason": said.reason,
        "run_id": said.run_id,
        "order_id": said.order_id,
    }


def _said(said: RecoverySaid) -> str:
    if said.amount_dong is None:
        name, amount = RECOVERY_DECISIONS[said.kind], ""
    else:
        name, amount = RECOVERY_ENTRIES[said.kind], f" {said.amount_dong} đồng"
    number = f", số {said.number}" if said.number else ""
    day = f" ngày {said.on:%d/%m/%Y}" if said.on else ""
    reason = f" ({said.reason})" if said.reason else ""
    return f"  {said.at:%d/%m/%Y} {name}{amount}{number}{day}{reason}"
