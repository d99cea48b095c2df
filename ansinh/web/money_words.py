"""The words of the money's pages: steps, states, outcomes, reasons. What an app names itself is taken from there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.funds.types import FUND_NAMES, TRANSFER_KIND_NAMES
from ansinh.funds.types import STATE_NAMES as TRANSFER_NAMES
from ansinh.payout.types import (
    BATCH_STATE_NAMES,
    BECAUSE_NAMES,
    CHANNEL_NAMES,
    ORDER_STATE_NAMES,
    OUTCOME_NAMES,
    PROOF_NAMES,
    RECOVERY_DECISIONS,
    RECOVERY_ENTRIES,
    RECOVERY_STATE_NAMES,
    WAYS_BACK,
)
from ansinh.payroll.types import COUNTERSIGNER_NAMES, TWO_PEOPLE_NAMES
from ansinh.registry.queries import HOLD_KINDS
from ansinh.settlement.types import IN_THE_WAY_NAMES
from ansinh.settlement.types import STATE_NAMES as SETTLEMENT_NAMES


def _translated(names: Mapping[str, str]) -> dict[str, Promise]:
    """An app's own names, each in the visitor's language."""
    return {key: _(name) for key, name in names.items()}


# Which role does what, for whoever may not. Held against the table of permissions by a test.
DOERS: dict[str, str] = {
    "access.add_user": "administrator",
    "access.appoint": "administrator",
    "access.appoint_deputy": "administrator",
    "access.borrow_approver": "administrator",
    "access.end_appointment": "administrator",
    "access.retire_user": "administrator",
    "funds.assign_budget": "finance",
    "funds.request_transfer": "finance",
    "funds.record_transfer": "finance",
    "funds.cancel_transfer": "finance",
    "registry.place_hold": "officer",
    "registry.lift_hold": "approver",
    "registry.reveal_number": "officer",
    "payout.hold_order": "officer",
    "payout.suspend_uncollected": "officer",
    "payout.keep_uncollected": "approver",
    "payroll.propose_level_pack": "province_officer",
    "payroll.withdraw_level_pack": "province_officer",
    "payroll.approve_level_pack": "province_approver",
    "payroll.propose_threshold": "province_officer",
    "payroll.withdraw_threshold": "province_officer",
    "payroll.approve_threshold": "province_approver",
    "payout.renew_year_end": "approver",
    "payout.issue_orders": "officer",
    "payout.release_batch": "finance",
    "payout.cancel_batch": "officer",
    "payout.hand_over_batch": "payer",
    "payout.cancel_order": "approver",
    "payout.reissue_order": "approver",
    "payout.decide_recovery": "approver",
    "payout.write_off_recovery": "approver",
    "payout.reopen_recovery": "approver",
    "payout.record_repayment": "finance",
    "reports.export_payer_list": "payer",
    "reconcile.import_results": "payer",
    "reconcile.apply_results": "payer",
    "reconcile.discard_results": "payer",
    "reconcile.resolve_row": "payer",
    "settlement.confirm_month": "officer",
    "settlement.close_month": "finance",
    "settlement.reopen_month": "finance",
}

# The nine steps of a month's money, in order.
STEPS: dict[str, Promise] = {
    "budget": _("Giữ dự toán"),
    "orders": _("Lập lệnh chi"),
    "request": _("Đề nghị cấp tiền"),
    "transfer": _("Chuyển tiền"),
    "release": _("Xuất chi"),
    "hand_over": _("Bàn giao"),
    "results": _("Nhận kết quả"),
    "confirm": _("Xã xác nhận"),
    "settle": _("Quyết toán"),
}
# Who does each step; the first is done by the approval itself.
STEP_DOERS: dict[str, str] = {
    "budget": "approver",
    "orders": "officer",
    "request": "finance",
    "transfer": "finance",
    "release": "finance",
    "hand_over": "payer",
    "results": "payer",
    "confirm": "officer",
    "settle": "finance",
}

# What happened to an order, as its history tells it.
EVENTS: dict[str, Promise] = {
    "issued": _("Lập lệnh chi"),
    "presented": _("Đưa vào đợt chi"),
    "released": _("Xuất chi"),
    "paid": _("Đã chi trả"),
    "unpaid": _("Chưa lĩnh"),
    "returned": _("Tiền bị trả lại"),
    "cancelled": _("Hủy lệnh chi"),
}
RESULTS_FILES: dict[str, Promise] = {
    "CHECKED": _("Đã kiểm tra, chưa ghi nhận"),
    "APPLIED": _("Đã ghi nhận"),
    "DISCARDED": _("Đã bỏ"),
}
VERDICTS: dict[str, Promise] = {
    "set_aside": _("Để riêng"),
    "applied": _("Ghi nhận"),
    "repeat": _("Đã có từ trước"),
    "unreported": _("Chưa báo"),
}
RESOLUTIONS: dict[str, Promise] = {"match_order": _("Đã ghép với lệnh chi"), "dismiss": _("Đã bỏ qua")}

TABLES: dict[str, Mapping[str, Promise]] = {
    "batch": _translated(BATCH_STATE_NAMES),
    "order": _translated(ORDER_STATE_NAMES),
    "channel": _translated(CHANNEL_NAMES),
    "outcome": _translated(OUTCOME_NAMES),
    "proof": _translated(PROOF_NAMES),
    "because": _translated(BECAUSE_NAMES),
    "level_pack": _translated(TWO_PEOPLE_NAMES),
    "countersigner": _translated(COUNTERSIGNER_NAMES),
    "recovery": _translated(RECOVERY_STATE_NAMES),
    "hold": _translated(HOLD_KINDS),
    "way_back": _translated(WAYS_BACK),
    # A decision that gives it up and the entry that does bear one word.
    "recovered": _translated({**RECOVERY_DECISIONS, **RECOVERY_ENTRIES}),
    "transfer": _translated(TRANSFER_NAMES),
    "transfer_kind": _translated(TRANSFER_KIND_NAMES),
    "fund": _translated(FUND_NAMES),
    "settlement": _translated(SETTLEMENT_NAMES),
    "in_the_way": _translated(IN_THE_WAY_NAMES),
    "event": EVENTS,
    "results_file": RESULTS_FILES,
    "verdict": VERDICTS,
    "resolution": RESOLUTIONS,
}
