"""`ansinh funds …`: payers, contracts, budgets, and the money on its way to payers and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import click

from ansinh.funds.actions import (
    add_contract,
    add_payer,
    assign_budget,
    cancel_transfer,
    close_year,
    end_contract,
    pay_fee,
    record_advance,
    record_return,
    record_transfer,
    release_reservation,
    request_transfer,
    return_advance,
)
from ansinh.funds.types import CHANNEL_NAMES, FUND_NAMES, FUNDS, PAYER_KIND_NAMES, MoneyRow, TransferMoved
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import doer, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.funds_shown import show
from ansinh.ops.options import DAY, MONTH, as_option
from ansinh.ops.preparation import prepared_database

Command = Callable[..., None]


class PartType(click.ParamType[MoneyRow]):
    """An amount of a fund for a commune, written 02053:tcxh:405000."""

    name = "XÃ:NGUỒN:SỐ_TIỀN"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> MoneyRow:
        if isinstance(value, MoneyRow):
            return value
        commune, _, rest = str(value).partition(":")
        fund, _, dong = rest.partition(":")
        if not dong.isdigit():
            self.fail(f'"{value}" không đúng dạng, ví dụ 02053:tcxh:405000', param, ctx)
        return MoneyRow(commune, fund, Dong(int(dong)))


PART = PartType()


@click.group("funds")
def command() -> None:
    """Kinh phí: tổ chức chi trả, hợp đồng, dự toán, chuyển tiền, nộp trả, chi phí chi trả."""


command.add_command(show)


def _with(*decorations: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options at once; every command that changes something has --as and --json."""

    def decorate(function: Command) -> Command:
        shared: list[Callable[[Command], Command]] = [click.pass_obj, json_option, as_option]
        for one in [*shared, *reversed(decorations)]:
            function = one(function)
        return function

    return decorate


_place = click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
_payer = click.option("--payer", required=True, help="Mã tổ chức chi trả.")
_month = click.argument("month", type=MONTH)
_voucher = click.option("--voucher", required=True, help="Số chứng từ.")
_on = click.option("--on", "day", type=DAY, required=True, help="Ngày chứng từ, ví dụ 2020-07-24.")
_reason = click.option("--reason", required=True, help="Lý do.")
_parts = click.option("--part", "parts", type=PART, multiple=True, help="Số tiền của một xã và nguồn; ghi nhiều lần.")


@command.command("payer")
@click.argument("code")
@click.option("--name", required=True, help="Tên tổ chức chi trả.")
@click.option("--kind", type=click.Choice(list(PAYER_KIND_NAMES)), default="post", show_default=True, help="Loại.")
@_with()
def payer_(answer: Answer, *, code: str, name: str, kind: str, usernames: tuple[str, ...]) -> None:
    """Thêm tổ chức chi trả với mã CODE."""
    prepared_database(answer.say)
    by = doer("funds.add_payer", usernames)
    made = add_payer(code=code, name=name, kind=kind, by=by, at=now())
    answer.give({"payer": made}, f"Đã thêm tổ chức chi trả {made}.")


@command.command("contract")
@click.argument("payer")
@click.option("--place", "place_code", default="", help="Mã địa bàn hợp đồng phủ; bỏ trống: cả nước.")
@click.option("--number", required=True, help="Số hợp đồng.")
@click.option("--signed-on", type=DAY, required=True, help="Ngày ký.")
@click.option("--from", "starts", type=MONTH, required=True, help="Tháng chi trả đầu tiên.")
@click.option("--until", "ends", type=MONTH, help="Tháng đầu tiên không còn hiệu lực; bỏ trống: chưa định.")
@click.option("--fee-rate", type=Decimal, required=True, help="Chi phí chi trả trên số đã trả, ví dụ 0.004 là 0,4 %.")
@click.option("--channel", "channels", multiple=True, type=click.Choice(list(CHANNEL_NAMES)), required=True,
              help="Hình thức chi trả; ghi nhiều lần.")  # fmt: skip
@_with()
def contract(
    answer: Answer, *, payer: str, place_code: str, number: str, signed_on: datetime, starts: Month,
    ends: Month | None, fee_rate: Decimal, channels: tuple[str, ...], usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi hợp đồng với tổ chức chi trả PAYER."""
    prepared_database(answer.say)
    made = add_contract(
        payer=payer, place_code=place_code, number=number, signed_on=signed_on.date(), starts=starts, ends=ends,
        fee_rate=fee_rate, channels=channels, by=doer("funds.add_contract", usernames), at=now(),
    )  # fmt: skip
    answer.give(
        {"contract_id": made.contract_id, "payer": made.payer, "number": made.number},
        f"Đã ghi hợp đồng {made.number} (số thứ tự {made.contract_id}).",
    )


@command.command("contract-end")
@click.argument("contract_id", type=int)
@click.option("--from", "ends", type=MONTH, required=True, help="Tháng đầu tiên không còn hiệu lực.")
@_with(_reason)
def contract_end(answer: Answer, *, contract_id: int, ends: Month, reason: str, usernames: tuple[str, ...]) -> None:
    """Chấm dứt hợp đồng số thứ tự CONTRACT_ID."""
    prepared_database(answer.say)
    by = doer("funds.end_contract", usernames)
    ended = end_contract(contract_id=contract_id, ends=ends, reason=reason, by=by, at=now())
    answer.give(
        {"contract_id": ended.contract_id, "ends": str(ends)}, f"Hợp đồng {ended.number} thôi hiệu lực từ {ends.vi}."
    )


@command.command("budget")
@click.argument("place_code")
@click.argument("fund", type=click.Choice(FUNDS))
@click.argument("year", type=int)
@click.argument("amount", type=int)
@click.option("--decision", required=True, help="Số quyết định giao dự toán.")
@click.option("--on", "day", type=DAY, required=True, help="Ngày quyết định.")
@click.option("--reason", default="", help="Ghi chú.")
@_with()
def budget(
    answer: Answer, *, place_code: str, fund: str, year: int, amount: int, decision: str, day: datetime, reason: str,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi quyết định giao dự toán AMOUNT đồng của nguồn FUND năm YEAR; giảm dự toán thì ghi số âm sau dấu --."""
    prepared_database(answer.say)
    done = assign_budget(
        place_code=place_code, fund=fund, year=year, amount_dong=Dong(amount), decision_no=decision,
        decided_on=day.date(), reason=reason, by=doer("funds.assign_budget", usernames), at=now(),
    )  # fmt: skip
    facts = {"budget_id": done.budget_id, "available_dong": done.available_dong.value}
    answer.give(facts, f"Đã ghi dự toán. {FUND_NAMES[fund]} năm {year} còn được dùng {done.available_dong} đồng.")


@command.command("release")
@click.argument("document")
@click.argument("fund", type=click.Choice(FUNDS))
@click.argument("amount", type=int)
@_with(_reason)
def release(answer: Answer, *, document: str, fund: str, amount: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Bỏ giữ AMOUNT đồng dự toán mà danh sách DOCUMENT (ví dụ run:12) không còn cần."""
    prepared_database(answer.say)
    done = release_reservation(
        document=document, fund=fund, amount_dong=Dong(amount), reason=reason,
        by=doer("funds.release_reservation", usernames), at=now(),
    )  # fmt: skip
    answer.give(
        {"document": done.document, "reserved_dong": done.reserved_dong.value},
        f"Đã bỏ giữ. Danh sách {document} còn giữ {done.reserved_dong} đồng.",
    )


@command.group("transfer")
def transfer() -> None:
    """Chuyển tiền cho tổ chức chi trả: đề nghị, ghi nhận đã chuyển, hủy đề nghị."""


@transfer.command("request")
@_with(_month, _place, _payer, _parts)
def request(
    answer: Answer, *, month: Month, place_code: str, payer: str, parts: tuple[MoneyRow, ...],
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Đề nghị Kho bạc chuyển tiền của tháng MONTH; không ghi --part: mọi khoản còn cần."""
    prepared_database(answer.say)
    moved = request_transfer(
        payer=payer, place_code=place_code, month=month, parts=parts or None,
        by=doer("funds.request_transfer", usernames), at=now(),
    )  # fmt: skip
    _tell(answer, moved, "Đã đề nghị chuyển")


@transfer.command("sent")
@click.argument("transfer_id", type=int)
@_with(_voucher, _on)
def sent(answer: Answer, *, transfer_id: int, voucher: str, day: datetime, usernames: tuple[str, ...]) -> None:
    """Ghi nhận Kho bạc đã chuyển đề nghị số TRANSFER_ID."""
    prepared_database(answer.say)
    by = doer("funds.record_transfer", usernames)
    moved = record_transfer(transfer_id=transfer_id, voucher_no=voucher, sent_on=day.date(), by=by, at=now())
    _tell(answer, moved, "Đã ghi nhận chuyển")


@transfer.command("cancel")
@click.argument("transfer_id", type=int)
@_with(_reason)
def cancel(answer: Answer, *, transfer_id: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Hủy đề nghị chuyển tiền số TRANSFER_ID chưa được chuyển."""
    prepared_database(answer.say)
    by = doer("funds.cancel_transfer", usernames)
    _tell(answer, cancel_transfer(transfer_id=transfer_id, reason=reason, by=by, at=now()), "Đã hủy đề nghị")


@command.command("return")
@_with(_month, _place, _payer, _parts, _voucher, _on, _reason)
def return_(
    answer: Answer, *, month: Month, place_code: str, payer: str, parts: tuple[MoneyRow, ...], voucher: str,
    day: datetime, reason: str, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi nhận tổ chức chi trả nộp trả tiền của tháng MONTH."""
    prepared_database(answer.say)
    moved = record_return(
        payer=payer, place_code=place_code, month=month, parts=parts, voucher_no=voucher, sent_on=day.date(),
        reason=reason, by=doer("funds.record_return", usernames), at=now(),
    )  # fmt: skip
    _tell(answer, moved, "Đã ghi nhận nộp trả")


@command.command("advance")
@click.option("--back", is_flag=True, help="Nhân viên thanh toán tạm ứng: tiền nộp lại và phần đã chi có chứng từ.")
@_with(_month, _place, _payer, _parts, _voucher, _on)
def advance(
    answer: Answer, *, back: bool, month: Month, place_code: str, payer: str, parts: tuple[MoneyRow, ...],
    voucher: str, day: datetime, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi tổ chức chi trả tạm ứng tiền của tháng MONTH cho nhân viên đi chi trả, hoặc thanh toán tạm ứng."""
    prepared_database(answer.say)
    verb = return_advance if back else record_advance
    by = doer("funds.return_advance" if back else "funds.record_advance", usernames)
    moved = verb(
        payer=payer, place_code=place_code, month=month, parts=parts, voucher_no=voucher, sent_on=day.date(), by=by,
        at=now(),
    )  # fmt: skip
    _tell(answer, moved, "Đã ghi thanh toán tạm ứng" if back else "Đã ghi tạm ứng")


@command.command("fee")
@_with(_month, _place, _payer, _parts, _voucher, _on)
def fee(
    answer: Answer, *, month: Month, place_code: str, payer: str, parts: tuple[MoneyRow, ...], voucher: str,
    day: datetime, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Ghi đã trả chi phí chi trả trong tháng MONTH; không ghi --part: mọi khoản còn phải trả."""
    prepared_database(answer.say)
    moved = pay_fee(
        payer=payer, place_code=place_code, month=month, parts=parts or None, voucher_no=voucher,
        sent_on=day.date(), by=doer("funds.pay_fee", usernames), at=now(),
    )  # fmt: skip
    _tell(answer, moved, "Đã ghi trả chi phí")


@command.command("close-year")
@click.argument("year", type=int)
@click.option("--fund", type=click.Choice(FUNDS), required=True, help="Nguồn kinh phí.")
@_with(_place)
def close_year_(answer: Answer, *, year: int, fund: str, place_code: str, usernames: tuple[str, ...]) -> None:
    """Khóa năm ngân sách YEAR của một nguồn: dự toán còn lại bị hủy."""
    prepared_database(answer.say)
    by = doer("funds.close_year", usernames)
    done = close_year(place_code=place_code, fund=fund, year=year, by=by, at=now())
    facts = {
        "place": done.place_code, "fund": fund, "year": year, "used_dong": done.used_dong.value,
        "given_up_dong": done.given_up_dong.value, "carried_dong": done.carried_dong.value,
    }  # fmt: skip
    text = f"Đã khóa năm {year}: đã rút {done.used_dong} đồng, hủy dự toán còn lại {done.given_up_dong} đồng, "
    answer.give(facts, f"{text}tổ chức chi trả còn giữ {done.carried_dong} đồng.")


def _tell(answer: Answer, moved: TransferMoved, verb: str) -> None:
    facts = {"transfer_id": moved.transfer_id, "state": moved.state, "amount_dong": moved.amount_dong.value}
    answer.give(facts, f"{verb} {moved.amount_dong} đồng (số {moved.transfer_id}).")
