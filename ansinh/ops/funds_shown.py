"""`ansinh funds show …`: payers, contracts, budgets, transfers, money in hand, an account down to its documents."""

from __future__ import annotations

from typing import Any

import click

from ansinh.access.types import Actor
from ansinh.funds.queries import (
    list_budgets,
    list_contracts,
    list_parts,
    list_payer_money,
    list_payers,
    list_transfers,
)
from ansinh.funds.types import ACCOUNTS, FUND_NAMES, FUNDS, RECIPES, STATE_NAMES, TRANSFER_KIND_NAMES
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.ledger.queries import AccountFilter, list_account_lines
from ansinh.ops.acting import looker
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH, as_option
from ansinh.ops.preparation import prepared_database


@click.group("show")
def show() -> None:
    """Xem tổ chức chi trả, hợp đồng, dự toán, chuyển tiền, tiền đang giữ, sổ cái."""


def _looker(answer: Answer, usernames: tuple[str, ...]) -> Actor:
    prepared_database(answer.say)
    return looker("funds.see_money", usernames)


@show.command("payers")
@json_option
@click.pass_obj
def payers(answer: Answer) -> None:
    """Các tổ chức chi trả."""
    prepared_database(answer.say)
    found = list_payers()
    facts = {"payers": [{"code": one.code, "name": one.name, "kind": one.kind} for one in found]}
    answer.give(facts, "\n".join(f"{one.code:<20} {one.name}" for one in found) or "Chưa có tổ chức chi trả nào.")


@show.command("contracts")
@click.option("--payer", default="", help="Mã tổ chức chi trả.")
@as_option
@json_option
@click.pass_obj
def contracts(answer: Answer, *, payer: str, usernames: tuple[str, ...]) -> None:
    """Hợp đồng chi trả, mới nhất trước."""
    found = list_contracts(by=_looker(answer, usernames), payer=payer)
    facts = [
        {
            "id": one.contract_id, "payer": one.payer, "place": one.place_code, "number": one.number,
            "starts": str(one.starts), "ends": str(one.ends) if one.ends else None, "fee_rate": str(one.fee_rate),
            "channels": list(one.channels),
        }
        for one in found
    ]  # fmt: skip
    lines = [
        f"{one.contract_id:>5} {one.payer:<20} {one.place_code or 'cả nước':<8} {one.number} từ {one.starts.vi}"
        + (f" đến trước {one.ends.vi}" if one.ends else "")
        for one in found
    ]
    answer.give({"contracts": facts}, "\n".join(lines) or "Chưa có hợp đồng nào.")


@show.command("budgets")
@click.argument("year", type=int)
@click.option("--place", "place_code", default="", help="Mã địa bàn.")
@as_option
@json_option
@click.pass_obj
def budgets(answer: Answer, *, year: int, place_code: str, usernames: tuple[str, ...]) -> None:
    """Dự toán năm YEAR: giao, đã giữ, đã rút, còn được dùng."""
    found = list_budgets(by=_looker(answer, usernames), year=year, place_code=place_code)
    facts = [
        {
            "place": one.place_code, "fund": one.fund, "assigned_dong": one.assigned_dong.value,
            "reserved_dong": one.reserved_dong.value, "used_dong": one.used_dong.value,
            "available_dong": one.available_dong.value, "requested_dong": one.requested_dong.value,
            "closed": one.closed,
        }
        for one in found
    ]  # fmt: skip
    lines = [
        f"{one.place_code} {FUND_NAMES[one.fund]}: giao {one.assigned_dong}, giữ {one.reserved_dong}, "
        f"rút {one.used_dong}, còn {one.available_dong} đồng" + (" (đã khóa)" if one.closed else "")
        for one in found
    ]
    answer.give({"year": year, "budgets": facts}, "\n".join(lines) or f"Năm {year} chưa có dự toán nào.")


@show.command("transfers")
@click.argument("month", type=MONTH)
@click.option("--place", "place_code", default="", help="Mã địa bàn.")
@as_option
@json_option
@click.pass_obj
def transfers(answer: Answer, *, month: Month, place_code: str, usernames: tuple[str, ...]) -> None:
    """Các lần chuyển tiền của tháng MONTH."""
    found = list_transfers(by=_looker(answer, usernames), month=month, place_code=place_code)
    facts: list[dict[str, Any]] = [
        {
            "id": one.pk, "kind": one.kind, "payer": one.payer_id, "place": one.place_code, "state": one.state,
            "amount_dong": one.amount_dong.value, "voucher_no": one.voucher_no,
            "sent_on": one.sent_on.isoformat() if one.sent_on else None,
            "parts": [
                {"commune": part.commune, "fund": part.fund, "dong": part.dong.value} for part in list_parts(one)
            ],
        }
        for one in found
    ]  # fmt: skip
    lines = [
        f"{one.pk:>6} {TRANSFER_KIND_NAMES[one.kind]}, {one.payer_id}: {one.amount_dong} đồng, "
        f"{STATE_NAMES[one.state].lower()}" + (f", chứng từ {one.voucher_no}" if one.voucher_no else "")
        for one in found
    ]
    answer.give({"month": str(month), "transfers": facts}, "\n".join(lines) or "Chưa có lần chuyển tiền nào.")


@show.command("money")
@click.argument("month", type=MONTH)
@click.option("--place", "place_code", required=True, help="Mã địa bàn.")
@click.option("--payer", default="", help="Mã tổ chức chi trả.")
@as_option
@json_option
@click.pass_obj
def money(answer: Answer, *, month: Month, place_code: str, payer: str, usernames: tuple[str, ...]) -> None:
    """Tiền tổ chức chi trả đang giữ và còn phải trả, từng xã của địa bàn như trong tháng MONTH."""
    found = list_payer_money(by=_looker(answer, usernames), place_code=place_code, month=month, payer=payer)
    facts = [
        {
            "payer": one.payer, "commune": one.commune, "fund": one.fund,
            "with_payer_dong": one.with_payer_dong.value, "with_staff_dong": one.with_staff_dong.value,
            "owed_dong": one.owed_dong.value, "requested_dong": one.requested_dong.value,
            "needed_dong": one.needed_dong.value,
        }
        for one in found
    ]  # fmt: skip
    lines = [
        f"{one.commune} {FUND_NAMES[one.fund]} ({one.payer}): đang giữ {one.with_payer_dong}, phải trả "
        f"{one.owed_dong}, cần chuyển thêm {one.needed_dong} đồng"
        for one in found
    ]
    held = total(one.with_payer_dong + one.with_staff_dong for one in found)
    answer.give({"place": place_code, "money": facts}, "\n".join([*lines, f"Tổng đang giữ {held} đồng."]))


@show.command("account")
@click.argument("kind", type=click.Choice(list(ACCOUNTS)))
@click.option("--place", "place", default="", help="Mã xã, hoặc nơi giữ dự toán.")
@click.option("--fund", type=click.Choice(FUNDS), default=None, help="Nguồn kinh phí.")
@click.option("--payer", default="", help="Mã tổ chức chi trả.")
@click.option("--month", type=MONTH, default=None, help="Tháng ghi sổ.")
@click.option("--after", type=int, default=0, help="Xem tiếp sau dòng có số này.")
@as_option
@json_option
@click.pass_obj
def account(
    answer: Answer, *, kind: str, place: str, fund: str | None, payer: str, month: Month | None, after: int,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Sổ cái của một loại tài khoản KIND: từng dòng và chứng từ của nó, cũ trước."""
    wanted = AccountFilter(kind=kind, place=place, fund=fund or "", payer=payer, month=month)
    found = list_account_lines(by=_looker(answer, usernames), wanted=wanted, after=after)
    facts = [
        {
            "posting_id": one.posting_id, "book": one.book, "number": one.number, "recipe": one.recipe,
            "document": one.document, "month": str(one.month), "place": one.account.place,
            "fund": one.account.fund, "dong": one.dong.value,
        }
        for one in found
    ]  # fmt: skip
    lines = [
        f"{one.book}/{one.number} {one.month.vi} {one.account.place} {RECIPES[one.recipe].name_vi}, "
        f"{one.document}: {'Nợ' if one.dong > Dong(0) else 'Có'} {max(one.dong, -one.dong)} đồng"
        for one in found
    ]
    text = "\n".join([f"{ACCOUNTS[kind].name_vi}:", *lines]) if lines else "Chưa có dòng nào."
    answer.give({"account": kind, "lines": facts}, text)
