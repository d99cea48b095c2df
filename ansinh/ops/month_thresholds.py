"""`ansinh month threshold …`: the sums above which lists need a second approval, by place and fund."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.numbers import read_dong
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import approve_threshold, propose_threshold, withdraw_threshold
from ansinh.payroll.queries import Threshold, list_thresholds
from ansinh.payroll.types import COUNTERSIGNER_NAMES, TWO_PEOPLE_NAMES, ThresholdMoved


@click.group("threshold")
def threshold() -> None:
    """Ngưỡng duyệt hai lần: danh sách có tổng tiền vượt ngưỡng phải có hai người phê duyệt."""


@threshold.command("propose")
@click.argument("starts", metavar="MONTH", type=MONTH)
@click.option("--place", "place_code", required=True, help="Mã địa bàn; ngưỡng tính cho mọi xã trong địa bàn.")
@click.option("--fund", required=True, type=click.Choice(list(FUND_NAMES)), help="Nguồn kinh phí.")
@click.option("--amount", help="Số tiền (đồng) của một danh sách; vượt số này phải duyệt hai lần.")
@click.option("--none", "is_none", is_flag=True, help="Từ tháng này thôi đòi duyệt hai lần.")
@click.option(
    "--second", type=click.Choice(list(COUNTERSIGNER_NAMES)), default="approver", show_default=True,
    help="Ai duyệt lần hai: approver là một người phê duyệt khác của địa bàn, province là cấp tỉnh.",
)  # fmt: skip
@click.option("--decision", required=True, help="Số văn bản quy định ngưỡng.")
@click.option("--decided-on", required=True, type=DAY, help="Ngày ký văn bản.")
@as_option
@json_option
@click.pass_obj
def propose(
    answer: Answer, *, starts: Month, place_code: str, fund: str, amount: str | None, is_none: bool, second: str,
    decision: str, decided_on: datetime, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Đề nghị ngưỡng từ danh sách tháng MONTH; người khác duyệt mới có hiệu lực."""
    if (amount is None) != is_none:
        raise click.UsageError("Hãy ghi --amount SỐ_TIỀN, hoặc --none để thôi đòi duyệt hai lần.")
    prepared_database(answer.say)
    moved = propose_threshold(
        place_code=place_code, fund=fund, amount_dong=None if amount is None else read_dong(amount), starts=starts,
        decision_no=decision, decided_on=decided_on.date(), countersigner=second,
        by=doer("payroll.propose_threshold", usernames), at=now(),
    )  # fmt: skip
    answer.give(
        _facts(moved),
        f"Ngưỡng số {moved.threshold_id} chờ duyệt. Người khác duyệt bằng lệnh: ansinh month threshold approve "
        f"{moved.threshold_id}",
    )


@threshold.command("approve")
@click.argument("threshold_id", type=int)
@as_option
@json_option
@click.pass_obj
def approve(answer: Answer, *, threshold_id: int, usernames: tuple[str, ...]) -> None:
    """Duyệt ngưỡng số THRESHOLD_ID do người khác đề nghị."""
    prepared_database(answer.say)
    moved = approve_threshold(threshold_id=threshold_id, by=doer("payroll.approve_threshold", usernames), at=now())
    answer.give(
        _facts(moved),
        f"Đã duyệt ngưỡng số {threshold_id}: danh sách từ tháng {moved.starts.vi} chưa phê duyệt tính theo ngưỡng này.",
    )


@threshold.command("withdraw")
@click.argument("threshold_id", type=int)
@click.option("--reason", required=True, help="Vì sao rút.")
@as_option
@json_option
@click.pass_obj
def withdraw(answer: Answer, *, threshold_id: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Rút ngưỡng số THRESHOLD_ID chưa được duyệt."""
    prepared_database(answer.say)
    by = doer("payroll.withdraw_threshold", usernames)
    moved = withdraw_threshold(threshold_id=threshold_id, reason=reason, by=by, at=now())
    answer.give(_facts(moved), f"Đã rút ngưỡng số {threshold_id}.")


@threshold.command("list")
@click.option("--place", "place_code", default="", help="Chỉ ngưỡng của địa bàn này.")
@as_option
@json_option
@click.pass_obj
def list_(answer: Answer, *, place_code: str, usernames: tuple[str, ...]) -> None:
    """Các ngưỡng đã ghi, kể cả ngưỡng chờ duyệt và đã rút."""
    prepared_database(answer.say)
    found = list_thresholds(by=looker("payroll.see_levels", usernames), place_code=place_code)
    told = "\n".join(_told(one) for one in found)
    nothing = "Chưa ghi ngưỡng nào: mỗi danh sách một người duyệt."
    answer.give({"thresholds": [_row(one) for one in found]}, told or nothing)


def _told(one: Threshold) -> str:
    asked = (
        "không đòi duyệt hai lần"
        if one.amount_dong is None
        else f"trên {one.amount_dong} đồng, lần hai do {COUNTERSIGNER_NAMES[one.countersigner]}"
    )
    return (
        f"{one.pk:>5}  {one.place_code:<5}  {FUND_NAMES[one.fund]}, từ tháng {one.starts.vi}: {asked}  "
        f"({one.decision_no} ngày {one.decided_on:%d/%m/%Y})  [{TWO_PEOPLE_NAMES[one.state].lower()}]"
    )


def _facts(moved: ThresholdMoved) -> dict[str, Any]:
    return {
        "threshold_id": moved.threshold_id,
        "place": moved.place_code,
        "fund": moved.fund,
        "amount_dong": _number(moved.amount_dong),
        "starts": str(moved.starts),
        "state": moved.state,
    }


def _row(one: Threshold) -> dict[str, Any]:
    return {
        "threshold_id": one.pk,
        "place": one.place_code,
        "fund": one.fund,
        "amount_dong": _number(one.amount_dong),
        "starts": str(one.starts),
        "countersigner": one.countersigner,
        "decision_no": one.decision_no,
        "decided_on": one.decided_on.isoformat(),
        "state": one.state,
    }


def _number(dong: Dong | None) -> int | None:
    return None if dong is None else dong.value
