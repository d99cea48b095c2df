"""What passes the border of reconcile: the columns of the list that travels to the payer and back, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.kernel.money import Dong
from ansinh.reconcile.states import RESOLUTIONS, VERDICTS
from ansinh.reconcile.states import STATE_NAMES as FILE_STATE_NAMES

__all__ = [
    "AUTHORISED_UNTIL",
    "FILE_STATE_NAMES",
    "LIST_COLUMNS",
    "LIST_HEADINGS",
    "OUTCOME_WORDS",
    "PROOF_WORDS",
    "RESOLUTIONS",
    "VERDICTS",
    "LayoutSaved",
    "ListColumn",
    "ResultsAccount",
    "RowResolved",
    "RowSetAside",
]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of the payer's list: our field, its heading exactly as written, whether the payer fills it."""

    field: str
    heading: str
    by_payer: bool = False


# The list goes out with the last seven empty and comes back with them filled. Written by reports, read here: one table.
LIST_COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("order_code", "Mã lệnh chi"),
    ListColumn("name", "Họ và tên"),
    ListColumn("birth", "Năm sinh"),
    ListColumn("hamlet", "Thôn"),
    ListColumn("commune", "Xã"),
    ListColumn("months", "Tháng hưởng"),
    ListColumn("turn", "Kỳ (mới/chưa lĩnh)"),
    ListColumn("amount", "Số tiền"),
    ListColumn("collector", "Người nhận thay"),
    ListColumn("outcome", "Kết quả", by_payer=True),
    ListColumn("happened_on", "Ngày trả", by_payer=True),
    ListColumn("receiver_name", "Người nhận", by_payer=True),
    ListColumn("relation", "Quan hệ", by_payer=True),
    ListColumn("proof", "Hình thức ký nhận", by_payer=True),
    ListColumn("reason", "Lý do chưa trả", by_payer=True),
    ListColumn("reference", "Số tham chiếu", by_payer=True),
)
LIST_HEADINGS: tuple[str, ...] = tuple(column.heading for column in LIST_COLUMNS)
# Read where a payer's own file has it; our list leaves it out, the order knows it.
AUTHORISED_UNTIL = ListColumn("authorised_until", "Ủy quyền đến ngày", by_payer=True)

# The words to choose from in the cells the payer fills; code → word. The reader knows more of them than these.
OUTCOME_WORDS: dict[str, str] = {"paid": "Đã trả", "unpaid": "Chưa trả", "returned": "Hoàn trả"}
PROOF_WORDS: dict[str, str] = {
    "signature": "Ký nhận",
    "fingerprint": "Điểm chỉ",
    "otp": "Mã xác nhận",
    "bank": "Chuyển khoản",
}


@dataclass(frozen=True, slots=True)
class RowSetAside:
    """A row that was not recorded: where it stands, the cell at fault, why, the way out, and what the row says."""

    row_id: int
    file_id: int
    file_name: str
    payer: str
    sheet: str
    row: int
    # The heading of the cell at fault as the file has it, and the cell as Excel calls it.
    column: str
    cell: str
    code: str
    message: str
    order_code: str
    # As the file has them; of the order only its id, where the code names one.
    name: str
    outcome: str
    amount_dong: Dong | None
    happened_on: date | None
    order_id: int | None
    # Every cell was readable, or only the order code was not: it can be matched with an order by hand.
    may_match: bool
    resolved_how: str = ""


@dataclass(frozen=True, slots=True)
class ResultsAccount:
    """What became of a file: rows = applied + repeats + set_aside + unreported. Before it is applied, a forecast."""

    file_id: int
    state: str
    rows: int
    applied: int
    repeats: int
    set_aside: int
    unreported: int
    # Sums over the applied rows, by what they report.
    paid_dong: Dong
    unpaid_dong: Dong
    returned_dong: Dong
    # The same file had come before: this is its first answer again, nothing was written.
    already_known: bool = False


@dataclass(frozen=True, slots=True)
class RowResolved:
    """How a set-aside row was settled; `result_id` of the result it became, None when dismissed."""

    row_id: int
    how: str
    result_id: int | None = None


@dataclass(frozen=True, slots=True)
class LayoutSaved:
    """The layout now used for the payer's files; `changed` False when it was so already."""

    layout_id: int
    changed: bool
