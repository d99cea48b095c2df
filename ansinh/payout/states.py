"""Batches and orders as tables of states, and the words of channels, outcomes and reasons for setting a row aside."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

BATCH_STATE_NAMES: dict[str, str] = {
    "ISSUED": "Chờ xuất chi",
    "RELEASED": "Đã xuất chi",
    "CANCELLED": "Đã hủy",
}

BATCH_ACTION_NAMES: dict[str, str] = {
    "release_batch": "Xuất chi",
    "cancel_batch": "Hủy đợt chi",
}

# One batch: what is handed to one payer for one run and channel. Who releases it neither prepared nor approved.
BATCH = Machine(
    "batch",
    "ISSUED",
    (
        Step("release_batch", "ISSUED", "RELEASED", "finance", not_by="approve_run"),
        Step("cancel_batch", "ISSUED", "CANCELLED", "officer"),
    ),
    action_names=BATCH_ACTION_NAMES,
    state_names=BATCH_STATE_NAMES,
)

ORDER_STATE_NAMES: dict[str, str] = {
    "ISSUED": "Chưa xuất chi",
    "RELEASED": "Đang chi trả",
    "PAID": "Đã chi trả",
    "UNPAID": "Chưa lĩnh",
    "RETURNED": "Tiền bị trả lại",
    "CANCELLED": "Đã hủy",
}

ORDER_ACTION_NAMES: dict[str, str] = {
    "release_batch": "Xuất chi",
    "record_paid": "Ghi đã chi trả",
    "record_unpaid": "Ghi chưa lĩnh",
    "record_returned": "Ghi tiền bị trả lại",
    "cancel_order": "Hủy lệnh chi",
}

# One order: what one person is to be paid. Presented again it stays UNPAID or RETURNED until the new batch is released.
ORDER = Machine(
    "order",
    "ISSUED",
    (
        Step("release_batch", "ISSUED", "RELEASED", "finance"),
        Step("record_paid", "RELEASED", "PAID", "payer"),
        Step("record_unpaid", "RELEASED", "UNPAID", "payer"),
        Step("record_paid", "UNPAID", "PAID", "payer"),
        Step("release_batch", "UNPAID", "RELEASED", "finance"),
        Step("record_returned", "PAID", "RETURNED", "payer"),
        Step("release_batch", "RETURNED", "RELEASED", "finance"),
        Step("cancel_order", "ISSUED", "CANCELLED", "approver"),
        Step("cancel_order", "UNPAID", "CANCELLED", "approver"),
        Step("cancel_order", "RETURNED", "CANCELLED", "approver"),
    ),
    action_names=ORDER_ACTION_NAMES,
    state_names=ORDER_STATE_NAMES,
)

# States in which an order's money still waits for its person.
OPEN_STATES = ("ISSUED", "RELEASED", "UNPAID", "RETURNED")
# States from which an order is presented again with a later month.
CARRIED_STATES = ("UNPAID", "RETURNED")

RECOVERY_STATE_NAMES: dict[str, str] = {
    "PROPOSED": "Đề nghị thu hồi",
    "DECIDED": "Đã quyết định",
    "SETTLED": "Đã thu đủ",
    "WRITTEN_OFF": "Đã xóa",
}

RECOVERY_ACTION_NAMES: dict[str, str] = {
    "decide_recovery": "Quyết định thu hồi",
    "record_repayment": "Ghi tiền nộp lại",
    "write_off_recovery": "Xóa khoản phải thu hồi",
    "reopen_recovery": "Xem xét lại",
    "settle": "Thu đủ",
    "cancel_order": "Hủy lệnh chi đã khấu trừ",
}

# What one person owes back after one run. It is settled when nothing is open, by whatever way; an order cancelled
# gives back what was withheld from it.
RECOVERY = Machine(
    "recovery",
    "PROPOSED",
    (
        Step("decide_recovery", "PROPOSED", "DECIDED", "approver"),
        Step("decide_recovery", "DECIDED", "DECIDED", "approver"),
        Step("record_repayment", "PROPOSED", "PROPOSED", "finance"),
        Step("record_repayment", "DECIDED", "DECIDED", "finance"),
        Step("settle", "PROPOSED", "SETTLED", "system"),
        Step("settle", "DECIDED", "SETTLED", "system"),
        Step("write_off_recovery", "PROPOSED", "WRITTEN_OFF", "approver"),
        Step("write_off_recovery", "DECIDED", "WRITTEN_OFF", "approver"),
        Step("reopen_recovery", "DECIDED", "PROPOSED", "approver"),
        Step("reopen_recovery", "WRITTEN_OFF", "PROPOSED", "approver"),
        Step("cancel_order", "SETTLED", "PROPOSED", "approver"),
        Step("cancel_order", "SETTLED", "DECIDED", "approver"),
        Step("cancel_order", "WRITTEN_OFF", "PROPOSED", "approver"),
    ),
    action_names=RECOVERY_ACTION_NAMES,
    state_names=RECOVERY_STATE_NAMES,
)

# States in which something is still to come back.
OPEN_RECOVERIES = ("PROPOSED", "DECIDED")

NETTING, IN_CASH = "netting", "cash"
WAYS_BACK: dict[str, str] = {NETTING: "Khấu trừ vào các kỳ chi trả sau", IN_CASH: "Nộp lại bằng tiền"}

RECOVERY_DECISIONS: dict[str, str] = {
    "decide": "Quyết định thu hồi",
    "write_off": "Quyết định xóa",
    "reopen": "Xem xét lại",
}

# What lessens a recovery or raises it again. A correction is arrears of the very months that were recovered.
DEDUCTION, CORRECTION, RESTORED = "deduction", "correction", "restored"
REPAID, WRITTEN_OFF, REOPENED = "repayment", "write_off", "reopened"
RECOVERY_ENTRIES: dict[str, str] = {
    DEDUCTION: "Khấu trừ theo quyết định",
    CORRECTION: "Bù trừ truy lĩnh của chính các tháng đã thu hồi",
    RESTORED: "Trả lại do hủy lệnh chi",
    REPAID: "Nộp lại bằng tiền",
    WRITTEN_OFF: "Xóa theo quyết định",
    REOPENED: "Bỏ quyết định xóa",
}

CASH, BANK = "cash", "bank"
CHANNEL_NAMES: dict[str, str] = {
    CASH: "Tiền mặt",
    "home": "Chi trả tại nhà",
    BANK: "Chuyển khoản",
    "wallet": "Ví điện tử",
}

PAID, UNPAID, RETURNED = "paid", "unpaid", "returned"
OUTCOMES = (PAID, UNPAID, RETURNED)
OUTCOME_NAMES: dict[str, str] = {PAID: "Đã chi trả", UNPAID: "Chưa lĩnh", RETURNED: "Tiền bị trả lại"}

SELF, AGENT = "self", "agent"
PROOFS_OF_PAYMENT = ("signature", "fingerprint", "otp", "bank")
PROOF_NAMES: dict[str, str] = {
    "signature": "Ký nhận",
    "fingerprint": "Điểm chỉ",
    "otp": "Mã xác nhận",
    "bank": "Chuyển khoản",
}

APPLIED, REPEAT, SET_ASIDE = "applied", "repeat", "set_aside"
VERDICT_NAMES: dict[str, str] = {APPLIED: "Ghi nhận", REPEAT: "Đã có từ trước", SET_ASIDE: "Để riêng"}

# Why a reported row is set aside; the codes are stable, the words may improve.
BECAUSE_NAMES: dict[str, str] = {
    "unknown_outcome": "Không rõ kết quả",
    "bad_check_digit": "Mã lệnh chi sai",
    "unknown_order": "Không có lệnh chi",
    "other_payer": "Của tổ chức chi trả khác",
    "double": "Trùng trong cùng tệp",
    "nonce_reused": "Mã biên nhận đã dùng cho việc khác",
    "other_amount": "Khác số tiền",
    "not_released": "Chưa xuất chi",
    "cancelled_order": "Lệnh chi đã hủy",
    "other_month": "Khác tháng",
    "no_day": "Thiếu ngày",
    "day_in_future": "Ngày chưa tới",
    "day_before_release": "Ngày trước khi xuất chi",
    "day_before_payment": "Ngày trả lại trước ngày chi",
    "already_paid": "Đã chi trả rồi",
    "not_paid_yet": "Chưa chi trả",
    "already_returned": "Đã ghi trả lại rồi",
    "payment_returned": "Khoản chi đã bị trả lại",
    "no_authorisation": "Không có giấy ủy quyền còn hạn",
    "fingerprint_without_name": "Điểm chỉ thiếu họ tên, quan hệ",
    "unknown_proof": "Không rõ cách ký nhận",
}

# What an office answers where somebody has not received so many months in a row.
SUSPENDED, KEPT = "suspended", "kept"
NOT_RECEIVED_ANSWERS: dict[str, str] = {SUSPENDED: "Đã tạm dừng", KEPT: "Chưa tạm dừng"}
