"""Every debit and credit of the system, on one page. Nothing is booked but by one of these recipes.

An account kind says what an account is of; a recipe names, pair by pair, which kind is debited and which credited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# budget: fund, year, holder · money: fund, payer, commune · treasury: fund, holder
Dimensions = Literal["budget", "money", "treasury"]


@dataclass(frozen=True, slots=True)
class AccountKind:
    """A kind of account: its name, the side it grows on, and what each account of it is of."""

    name_vi: str
    side: Literal["debit", "credit"]
    of: Dimensions


@dataclass(frozen=True, slots=True)
class Pair:
    """Debit one kind, credit another, the same amount; `to_…` sides stand at the commune the money moves to."""

    debit: str
    credit: str
    to_debit: bool = False
    to_credit: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """One act of money. `settles`: it belongs to a payer's month, which refuses it once closed."""

    name_vi: str
    pairs: tuple[Pair, ...]
    settles: bool = False


ACCOUNTS: dict[str, AccountKind] = {
    # The budget of a fund and year. assigned = available + reserved + used, always.
    "assigned": AccountKind("Dự toán được giao", "credit", "budget"),
    "available": AccountKind("Dự toán còn được dùng", "debit", "budget"),
    "reserved": AccountKind("Dự toán đã giữ cho danh sách", "debit", "budget"),
    "used": AccountKind("Dự toán đã rút", "debit", "budget"),
    # The money itself.
    "treasury": AccountKind("Tiền rút từ Kho bạc", "credit", "treasury"),
    "with_payer": AccountKind("Tiền ở tổ chức chi trả", "debit", "money"),
    "with_staff": AccountKind("Tiền tạm ứng ở nhân viên chi trả", "debit", "money"),
    # What it is for: the approved lists, and what of them people have not received.
    "granted": AccountKind("Trợ cấp đã lên danh sách", "debit", "money"),
    "owed": AccountKind("Phải trả người hưởng", "credit", "money"),
    "recoverable": AccountKind("Phải thu hồi của người hưởng", "debit", "money"),
    "written_off": AccountKind("Khoản phải thu hồi đã xóa", "debit", "money"),
    # What paying costs.
    "fee_cost": AccountKind("Chi phí chi trả", "debit", "money"),
    "fee_owed": AccountKind("Phải trả tổ chức chi trả", "credit", "money"),
}

RECIPES: dict[str, Recipe] = {
    # Budget.
    "assign_budget": Recipe("Giao dự toán", (Pair("available", "assigned"),)),
    "reserve_budget": Recipe("Giữ dự toán cho danh sách đã duyệt", (Pair("reserved", "available"),)),
    "release_reservation": Recipe("Bỏ giữ dự toán", (Pair("available", "reserved"),)),
    "use_reserved": Recipe("Rút dự toán đã giữ", (Pair("used", "reserved"),)),
    "use_available": Recipe("Rút dự toán chưa giữ", (Pair("used", "available"),)),
    "give_back_budget": Recipe("Khôi phục dự toán vì tiền nộp trả", (Pair("available", "used"),)),
    "close_year": Recipe("Hủy dự toán còn lại cuối năm", (Pair("assigned", "available"),)),
    # To the payer and back.
    "send_transfer": Recipe("Chuyển tiền cho tổ chức chi trả", (Pair("with_payer", "treasury"),), settles=True),
    "return_money": Recipe("Tổ chức chi trả nộp trả tiền", (Pair("treasury", "with_payer"),), settles=True),
    "give_advance": Recipe("Tạm ứng cho nhân viên", (Pair("with_staff", "with_payer"),), settles=True),
    "take_back_advance": Recipe("Thanh toán tạm ứng", (Pair("with_payer", "with_staff"),), settles=True),
    # Orders. Σ lines = Σ orders + Σ withheld − Σ claims, so `granted` gets exactly what the approved list says.
    "list_orders": Recipe("Lập lệnh chi", (Pair("granted", "owed"),), settles=True),
    "list_claims": Recipe("Ghi khoản phải thu hồi", (Pair("recoverable", "granted"),), settles=True),
    # What people owe back: withheld from a later list (which may be another commune's), paid in cash, or given up.
    "deduct_recovery": Recipe(
        "Khấu trừ khoản phải thu hồi", (Pair("granted", "recoverable", to_debit=True),), settles=True
    ),
    "restore_recovery": Recipe(
        "Trả lại khoản đã khấu trừ", (Pair("recoverable", "granted", to_credit=True),), settles=True
    ),
    "repay_recovery": Recipe("Thu hồi bằng tiền nộp lại", (Pair("treasury", "recoverable"),), settles=True),
    "write_off_recovery": Recipe("Xóa khoản phải thu hồi", (Pair("written_off", "recoverable"),), settles=True),
    "cancel_order": Recipe("Hủy lệnh chi", (Pair("owed", "granted"),), settles=True),
    "pay": Recipe("Trả người hưởng", (Pair("owed", "with_payer"),), settles=True),
    "return_payment": Recipe("Khoản đã trả quay về", (Pair("with_payer", "owed"),), settles=True),
    # Carried money follows its order to the commune that took the old one's people.
    "move_place": Recipe(
        "Chuyển khoản chưa lĩnh sang xã kế thừa",
        (Pair("with_payer", "with_payer", to_debit=True), Pair("owed", "owed", to_credit=True)),
        settles=True,
    ),
    # The fee: a share of the money paid.
    "charge_fee": Recipe("Tính chi phí chi trả", (Pair("fee_cost", "fee_owed"),), settles=True),
    "reverse_fee": Recipe("Bỏ chi phí chi trả đã tính", (Pair("fee_owed", "fee_cost"),), settles=True),
    "pay_fee": Recipe("Trả chi phí chi trả", (Pair("fee_owed", "treasury"),)),
}
