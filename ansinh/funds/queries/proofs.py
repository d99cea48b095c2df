"""What must always hold between the documents of money and the books."""

from __future__ import annotations

from typing import Any

from ansinh.funds.recipes import RECIPES
from ansinh.funds.states import FUND_NAMES, TRANSFER_KIND_NAMES
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof

_SAID = {
    "assigned": "các quyết định giao dự toán",
    "reserved": "các lần giữ dự toán",
    "whole": "dự toán giao bằng còn được dùng + đã giữ + đã rút, chênh lệch phải là 0",
}


def find_unbooked_transfers() -> list[Break]:
    """Each transfer's amount against the sum of its parts, and against what the books moved for it: all of it once
    sent, nothing while it is asked for or cancelled."""
    return [
        Break(
            f"{TRANSFER_KIND_NAMES.get(row['kind'], row['kind'])} số {row['id']}, tháng {_vi(row['month'])}: "
            f"tổng số {Dong(row['amount_dong'])} đồng, các phần cộng {Dong(row['parts_dong'])} đồng, "
            f"sổ cái {Dong(row['booked_dong'])} đồng",
            _plain(row),
            row["place_code"],
        )
        for row in sql.rows("funds/find_unbooked_transfers", {})
    ]


def find_unbooked_parts() -> list[Break]:
    """By payer, month, commune and fund: transfers sent less money returned, against what the books say came to the
    payer and went back."""
    return [
        Break(
            f"{row['payer']}, xã {row['commune']}, tháng {_vi(row['month'])}, "
            f"{FUND_NAMES.get(row['fund'], row['fund'])}: chứng từ chuyển trừ nộp trả {Dong(row['said_dong'])} đồng, "
            f"sổ cái {Dong(row['booked_dong'])} đồng",
            _plain(row),
            row["commune"],
        )
        for row in sql.rows("funds/find_unbooked_parts")
    ]


def find_unbooked_budgets() -> list[Break]:
    """By holder, fund and year: budget decisions and reservations against the books; and assigned against available +
    reserved + used."""
    return [
        Break(
            f"Dự toán {row['year']} của {row['place_code']}, {FUND_NAMES.get(row['fund'], row['fund'])}: "
            f"{_SAID[row['kind']]}: {Dong(row['said_dong'])} đồng, sổ cái {Dong(row['booked_dong'])} đồng",
            _plain(row),
            row["place_code"],
        )
        for row in sql.rows("funds/find_unbooked_budgets")
    ]


def find_late_entries() -> list[Break]:
    """Entries of a payer, commune and month that were made after the month had closed."""
    recipes = [name for name, recipe in RECIPES.items() if recipe.settles]
    return [
        Break(
            f"Bút toán {row['book']}/{row['number']} ({row['recipe']}, {row['document']}) ghi vào tháng "
            f"{_vi(row['month'])} của xã {row['commune_code']} với {row['payer']} sau khi tháng đã khóa",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("funds/find_late_entries", {"recipes": recipes})
    ]


def find_periods_not_as_told() -> list[Break]:
    """Each closed month, and the last closing or reopening of it that the audit trail tells of."""
    return [
        Break(
            f"{row['payer']}, xã {row['commune_code']}, tháng {Month.parse(row['month']).vi}: "
            + ("đang khóa, nhật ký không ghi việc khóa" if row["is_closed"] else "nhật ký ghi đã khóa, nay không khóa"),
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("funds/find_periods_not_as_told")
    ]


PROOFS: tuple[Proof, ...] = (
    Proof("transfer_is_booked", 4, "Mỗi lần chuyển tiền khớp các phần và sổ cái", find_unbooked_transfers),
    Proof("transfers_sum_to_ledger", 5, "Tiền chuyển và nộp trả của từng xã khớp sổ cái", find_unbooked_parts),
    Proof("budget_is_booked", 4, "Dự toán giao và giữ khớp sổ cái", find_unbooked_budgets),
    Proof("closed_month_is_still", 5, "Không ghi tiền vào tháng đã khóa", find_late_entries),
    Proof("periods_as_told", 10, "Tháng đã khóa khớp nhật ký", find_periods_not_as_told),
)


def _vi(month: Any) -> str:
    return Month.containing(month).vi


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its months as text."""
    return {key: value if isinstance(value, (int, str)) else str(value) for key, value in row.items()}
