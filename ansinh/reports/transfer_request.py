"""The request for transfer (giấy đề nghị chuyển kinh phí): what a payer is to be sent for a month, by fund, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.kernel.money import Dong, total
from ansinh.kernel.words import dong_in_words
from ansinh.reports.layout import Cell, Column, Kind, Line, LineKind, Paper, less, money_width, month_line, paid
from ansinh.reports.types import NOTHING, Sheet

_LIST = "Danh sách tháng này (đồng)"


@dataclass(frozen=True, slots=True)
class FundRequest:
    """What one fund is to send. `recovery_dong`, positive, is what the orders are less by; `at_payer_dong` was sent
    before and is free for this month; `uncollected_dong` lies with the payer for people who have not come yet, and is
    not sent again."""

    fund: str
    regular_dong: Dong
    arrears_dong: Dong
    recovery_dong: Dong
    requested_dong: Dong
    uncollected_dong: Dong = NOTHING

    @property
    def listed_dong(self) -> Dong:
        """What this month's orders come to: regular + arrears − recovery."""
        return self.regular_dong + self.arrears_dong - self.recovery_dong

    @property
    def at_payer_dong(self) -> Dong:
        """What needs no sending: sent already for this month, or left over. Below nothing: more asked than listed."""
        return self.listed_dong - self.requested_dong


@dataclass(frozen=True, slots=True)
class TransferRequest:
    """One request to the treasury: for whom, under which contract, how much of each fund."""

    sheet: Sheet
    number: int
    payer: str
    contract_no: str
    signed_on: date | None
    funds: tuple[FundRequest, ...]


def transfer_request_paper(record: TransferRequest) -> Paper:
    """The request laid out, one row a fund; the amount asked for stands in figures and in words."""
    everything = FundRequest(
        fund="",
        regular_dong=total(row.regular_dong for row in record.funds),
        arrears_dong=total(row.arrears_dong for row in record.funds),
        recovery_dong=total(row.recovery_dong for row in record.funds),
        requested_dong=total(row.requested_dong for row in record.funds),
        uncollected_dong=total(row.uncollected_dong for row in record.funds),
    )
    return Paper(
        sheet=record.sheet,
        title="Giấy đề nghị chuyển kinh phí chi trả trợ giúp xã hội",
        subtitle=(month_line(record.sheet.month),),
        columns=_columns(everything),
        lines=tuple(
            Line(LineKind.ROW, (number, row.fund, *_money(row))) for number, row in enumerate(record.funds, start=1)
        ),
        total=Line(LineKind.TOTAL, ("", "TỔNG CỘNG", *_money(everything))),
        in_words=dong_in_words(everything.requested_dong),
        words_label="Số tiền đề nghị chuyển (bằng chữ)",
        notes=_notes(record, everything),
        subject="đề nghị",
        draft_words="chưa có giá trị chuyển tiền",
    )


def _columns(everything: FundRequest) -> tuple[Column, ...]:
    widest = max(everything.listed_dong, everything.requested_dong, everything.uncollected_dong)
    width = money_width(widest, least_mm=30)
    return (
        Column("STT", Kind.CENTRED, 11),
        Column("Nguồn kinh phí", Kind.TEXT, 0),
        Column("Trợ cấp tháng", Kind.MONEY, width, over=_LIST),
        Column("Truy lĩnh", Kind.MONEY, width, over=_LIST),
        Column("Khấu trừ thu hồi", Kind.MONEY, width, over=_LIST),
        Column("Cộng", Kind.MONEY, width, over=_LIST),
        Column("Trừ tiền đã có ở tổ chức chi trả", Kind.MONEY, width),
        Column("Đề nghị chuyển", Kind.MONEY, width),
        Column("Chưa lĩnh kỳ trước, không chuyển lại", Kind.MONEY, width),
    )


def _money(row: FundRequest) -> tuple[Cell, ...]:
    return (
        row.regular_dong,
        paid(row.arrears_dong),
        less(row.recovery_dong),
        row.listed_dong,
        less(row.at_payer_dong),
        row.requested_dong,
        paid(row.uncollected_dong),
    )


def _notes(record: TransferRequest, everything: FundRequest) -> tuple[str, ...]:
    contract = f"hợp đồng số {record.contract_no}"
    if record.signed_on:
        contract += f" ngày {record.signed_on:%d/%m/%Y}"
    said = [
        f"Đơn vị nhận tiền: {record.payer}, {contract}. Đề nghị số: {record.number}.",
        f"Số tiền đề nghị chuyển: {everything.requested_dong} đồng.",
    ]
    if everything.uncollected_dong:
        said.append(
            f"Tiền chưa lĩnh các kỳ trước {everything.uncollected_dong} đồng đang ở tổ chức chi trả, được chi trả cùng "
            "kỳ này."
        )
    return tuple(said)
