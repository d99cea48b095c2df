"""The month's run as a table of states; four eyes stand here as `not_by` and in the database as a CHECK."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

STATE_NAMES: dict[str, str] = {
    "OPEN": "Đã chốt danh sách",
    "COMPUTED": "Đã tính",
    "CHECKED": "Đã kiểm tra",
    "SUBMITTED": "Chờ phê duyệt",
    "ENDORSED": "Chờ phê duyệt lần hai",
    "APPROVED": "Đã phê duyệt",
    "CANCELLED": "Đã hủy",
}

ACTION_NAMES: dict[str, str] = {
    "compute_run": "Tính tiền",
    "check_run": "Kiểm tra danh sách",
    "submit_run": "Trình duyệt",
    "return_run": "Trả lại danh sách",
    "approve_run": "Phê duyệt danh sách",
    "countersign_run": "Phê duyệt lần hai",
    "cancel_run": "Hủy kỳ chi trả",
}

RUN = Machine(
    "run",
    "OPEN",
    (
        Step("compute_run", "OPEN", "COMPUTED", "officer"),
        Step("compute_run", "COMPUTED", "COMPUTED", "officer"),
        Step("compute_run", "CHECKED", "COMPUTED", "officer"),
        Step("check_run", "COMPUTED", "CHECKED", "officer"),
        Step("check_run", "CHECKED", "CHECKED", "officer"),
        Step("submit_run", "CHECKED", "SUBMITTED", "officer"),
        Step("return_run", "SUBMITTED", "CHECKED", "approver", not_by="submit_run"),
        Step("approve_run", "SUBMITTED", "APPROVED", "approver", not_by="submit_run"),
        # Above a threshold of its place and fund the first signature is not enough.
        Step("approve_run", "SUBMITTED", "ENDORSED", "approver", not_by="submit_run"),
        Step("countersign_run", "ENDORSED", "APPROVED", "second approver", not_by="approve_run"),
        Step("return_run", "ENDORSED", "CHECKED", "approver", not_by="submit_run"),
        Step("cancel_run", "OPEN", "CANCELLED", "officer"),
        Step("cancel_run", "COMPUTED", "CANCELLED", "officer"),
        Step("cancel_run", "CHECKED", "CANCELLED", "officer"),
    ),
    action_names=ACTION_NAMES,
    state_names=STATE_NAMES,
)

# While a list is being prepared; from submission on it says what is signed.
PREPARED_STATES = ("OPEN", "COMPUTED", "CHECKED")
# Nobody has signed it.
UNSIGNED_STATES = (*PREPARED_STATES, "SUBMITTED")
# Its lists are sealed, and what they say is signed or asked to be.
SEALED_STATES = ("SUBMITTED", "ENDORSED", "APPROVED")

# Who does one of these to a list may do none of the others, nor anything with its money.
PREPARING_ACTS = ("open_run", "compute_run", "check_run", "clear_finding", "submit_run")
SIGNING_ACTS = ("approve_run", "countersign_run")

# What one proposes and another agrees to.
TWO_PEOPLE_NAMES: dict[str, str] = {"PROPOSED": "Chờ duyệt", "APPROVED": "Đã duyệt", "WITHDRAWN": "Đã rút"}

# From which payroll a place lists by a law's levels.
LEVEL_START = Machine(
    "level_start",
    "PROPOSED",
    (
        Step("approve_level_start", "PROPOSED", "APPROVED", "approver", not_by="propose_level_start"),
        Step("withdraw_level_start", "PROPOSED", "WITHDRAWN", "officer"),
        Step("withdraw_level_start", "APPROVED", "WITHDRAWN", "officer"),
    ),
    action_names={
        "approve_level_start": "Duyệt tháng áp dụng mức",
        "withdraw_level_start": "Rút tháng áp dụng mức",
    },
    state_names=TWO_PEOPLE_NAMES,
)

# What a month's list is of; a programme lists what the spans of its regimes owe, and no other's. A sum given once is
# owed by no span: its regimes are the funds its occasions are paid from (OCCASION_FUNDS).
ASSISTANCE, MERIT, ONE_OFF = "assistance", "merit", "one_off"
PROGRAMMES: dict[str, tuple[str, ...]] = {
    ASSISTANCE: ("tcxh", "social_pension"),
    MERIT: ("merit",),
    ONE_OFF: ("gift", "emergency", "funeral", "merit"),
}
# The programmes spans are listed by, month after month.
MONTHLY = (ASSISTANCE, MERIT)
PROGRAMME_NAMES: dict[str, str] = {
    ASSISTANCE: "Trợ giúp xã hội và trợ cấp hưu trí xã hội",
    MERIT: "Trợ cấp ưu đãi người có công",
    ONE_OFF: "Chi một lần",
}

# Levels loaded as data.
LEVEL_PACK = Machine(
    "level_pack",
    "PROPOSED",
    (
        Step("approve_level_pack", "PROPOSED", "APPROVED", "approver", not_by="propose_level_pack"),
        Step("withdraw_level_pack", "PROPOSED", "WITHDRAWN", "officer"),
        Step("withdraw_level_pack", "APPROVED", "WITHDRAWN", "officer"),
    ),
    action_names={"approve_level_pack": "Duyệt gói mức", "withdraw_level_pack": "Rút gói mức"},
    state_names=TWO_PEOPLE_NAMES,
)

# Above which sum a list needs a second approval.
THRESHOLD = Machine(
    "threshold",
    "PROPOSED",
    (
        Step("approve_threshold", "PROPOSED", "APPROVED", "approver", not_by="propose_threshold"),
        Step("withdraw_threshold", "PROPOSED", "WITHDRAWN", "officer"),
    ),
    action_names={"approve_threshold": "Duyệt ngưỡng duyệt hai lần", "withdraw_threshold": "Rút ngưỡng duyệt hai lần"},
    state_names=TWO_PEOPLE_NAMES,
)
# Who gives the second approval.
APPROVER_AGAIN, PROVINCE_TOO = "approver", "province"
COUNTERSIGNER_NAMES: dict[str, str] = {
    APPROVER_AGAIN: "một người phê duyệt khác của địa bàn",
    PROVINCE_TOO: "người phê duyệt cấp tỉnh",
}

REGULAR, ARREARS, RECOVERY, ONCE = "regular", "arrears", "recovery", "one_off"
# The kinds a monthly list has.
LINE_KINDS = (REGULAR, ARREARS, RECOVERY)
KIND_NAMES: dict[str, str] = {
    REGULAR: "Hằng tháng",
    ARREARS: "Truy lĩnh",
    RECOVERY: "Thu hồi",
    ONCE: "Chi một lần",
}

# What a sum is given once for.
GIFT, EMERGENCY, FUNERAL = "gift", "emergency", "funeral"
MERIT_YEARLY, MERIT_ONCE = "merit_yearly", "merit_once"
OCCASION_KIND_NAMES: dict[str, str] = {
    GIFT: "Quà tặng",
    EMERGENCY: "Trợ giúp khẩn cấp",
    FUNERAL: "Hỗ trợ chi phí mai táng",
    MERIT_YEARLY: "Trợ cấp thờ cúng liệt sĩ",
    MERIT_ONCE: "Trợ cấp ưu đãi người có công một lần",
}
# The fund each is paid from, which its lines bear as their regime.
OCCASION_FUNDS: dict[str, str] = {
    GIFT: "gift",
    EMERGENCY: "emergency",
    FUNERAL: "funeral",
    MERIT_YEARLY: "merit",
    MERIT_ONCE: "merit",
}
