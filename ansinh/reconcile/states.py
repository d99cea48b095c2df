"""States of a payer's results file, and how a row that was set aside is settled."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

STATE_NAMES: dict[str, str] = {
    "CHECKED": "Đã kiểm tra, chưa ghi nhận",
    "APPLIED": "Đã ghi nhận",
    "DISCARDED": "Đã bỏ",
}

RESULTS_FILE = Machine(
    "results_file",
    "CHECKED",
    (
        Step("apply_results", "CHECKED", "APPLIED", "payer"),
        Step("discard_results", "CHECKED", "DISCARDED", "payer"),
    ),
    action_names={"apply_results": "Ghi nhận kết quả", "discard_results": "Bỏ tệp kết quả"},
    state_names=STATE_NAMES,
)

APPLIED, REPEAT, SET_ASIDE, UNREPORTED = "applied", "repeat", "set_aside", "unreported"
# What became of a row: rows = applied + repeats + set aside + unreported, in every file and always.
VERDICTS: dict[str, str] = {
    APPLIED: "Ghi nhận",
    REPEAT: "Đã ghi nhận trước",
    SET_ASIDE: "Để riêng",
    UNREPORTED: "Chưa báo",
}

MATCH_ORDER, DISMISS = "match_order", "dismiss"
RESOLUTIONS: dict[str, str] = {MATCH_ORDER: "Ghép với lệnh chi", DISMISS: "Bỏ qua có lý do"}

PAID, UNPAID, RETURNED = "paid", "unpaid", "returned"
OUTCOMES = (PAID, UNPAID, RETURNED)
