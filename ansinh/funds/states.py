"""Transfers as a table of states; kinds of transfer, funds, payers and channels by their names on paper."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

STATE_NAMES: dict[str, str] = {
    "REQUESTED": "Đã đề nghị rút kinh phí",
    "SENT": "Đã chuyển",
    "CANCELLED": "Đã hủy",
}

ACTION_NAMES: dict[str, str] = {
    "record_transfer": "Ghi nhận đã chuyển tiền",
    "cancel_transfer": "Hủy đề nghị chuyển tiền",
}

TRANSFER = Machine(
    "transfer",
    "REQUESTED",
    (
        Step("record_transfer", "REQUESTED", "SENT", "finance"),
        Step("cancel_transfer", "REQUESTED", "CANCELLED", "finance"),
    ),
    action_names=ACTION_NAMES,
    state_names=STATE_NAMES,
)

# To the payer before pay days; back to the treasury; to and from the payer's own staff; the fee.
TO_PAYER, RETURNED, ADVANCE, ADVANCE_RETURNED, FEE = "transfer", "return", "advance", "advance_return", "fee"
TRANSFER_KINDS = (TO_PAYER, RETURNED, ADVANCE, ADVANCE_RETURNED, FEE)
TRANSFER_KIND_NAMES: dict[str, str] = {
    TO_PAYER: "Chuyển kinh phí cho tổ chức chi trả",
    RETURNED: "Tổ chức chi trả nộp trả kinh phí",
    ADVANCE: "Tạm ứng cho nhân viên chi trả",
    ADVANCE_RETURNED: "Thanh toán tạm ứng",
    FEE: "Trả chi phí chi trả",
}

# A fund is named as the regime of the lines it pays.
FUND_NAMES: dict[str, str] = {
    "tcxh": "Kinh phí trợ giúp xã hội",
    "social_pension": "Kinh phí trợ cấp hưu trí xã hội",
    "merit": "Kinh phí ưu đãi người có công",
    "gift": "Kinh phí quà tặng",
    "emergency": "Kinh phí trợ giúp khẩn cấp",
    "funeral": "Kinh phí hỗ trợ mai táng",
}
FUNDS = tuple(FUND_NAMES)

PAYER_KIND_NAMES: dict[str, str] = {
    "post": "Bưu điện",
    "bank": "Ngân hàng",
    "wallet": "Tổ chức ví điện tử",
}

CASH, HOME, BANK, WALLET = "cash", "home", "bank", "wallet"
CHANNEL_NAMES: dict[str, str] = {
    CASH: "Tiền mặt tại điểm chi trả",
    HOME: "Tiền mặt tại nhà",
    BANK: "Chuyển khoản ngân hàng",
    WALLET: "Tài khoản an sinh xã hội, ví điện tử",
}


def fund_of_regime(regime: str) -> str:
    """The fund that pays lines of a regime; the two bear one name, and a regime without a fund is a fault."""
    if regime not in FUND_NAMES:
        raise ValueError(f"no fund pays the regime {regime}")
    return regime
