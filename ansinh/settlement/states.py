"""A month's settlement as a table of states; four eyes stand here as `not_by` and in the database as CHECKs."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

STATE_NAMES: dict[str, str] = {
    "OPEN": "Đang theo dõi",
    "CONFIRMED": "Xã đã xác nhận",
    "CLOSED": "Đã quyết toán",
}

ACTION_NAMES: dict[str, str] = {
    "confirm_month": "Xác nhận kết quả chi trả",
    "close_month": "Quyết toán",
    "reopen_month": "Mở lại quyết toán",
}

SETTLEMENT = Machine(
    "settlement",
    "OPEN",
    (
        Step("confirm_month", "OPEN", "CONFIRMED", "officer"),
        Step("confirm_month", "CONFIRMED", "CONFIRMED", "officer"),
        Step("close_month", "CONFIRMED", "CLOSED", "finance", not_by="confirm_month"),
        # What was confirmed is about to change: it must be confirmed anew.
        Step("reopen_month", "CLOSED", "OPEN", "finance"),
    ),
    action_names=ACTION_NAMES,
    state_names=STATE_NAMES,
)

# What can keep a month from closing, by code; the order in which they are told.
NO_RESULT, SET_ASIDE, NOT_RELEASED = "no_result", "set_aside", "not_released"
NOT_ISSUED, MONEY_MISSING, EARLIER_MONTH = "not_issued", "money_missing", "earlier_month"
UNEXPLAINED = "unexplained"
IN_THE_WAY_NAMES: dict[str, str] = {
    EARLIER_MONTH: "Tháng trước chưa quyết toán",
    NOT_ISSUED: "Danh sách đã duyệt, chưa lập lệnh chi",
    NOT_RELEASED: "Đợt chi trả chưa bàn giao",
    NO_RESULT: "Lệnh chi chưa có kết quả",
    SET_ASIDE: "Kết quả để riêng chưa xử lý",
    MONEY_MISSING: "Thiếu kinh phí chuyển sang",
    UNEXPLAINED: "Chênh lệch chưa rõ nguồn gốc",
}
