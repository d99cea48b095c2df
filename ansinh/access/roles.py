"""Roles as data: one table of what each may do and see, read by every check, page, document and test. Pure.

An act (`registry.record_fact`) is the permission of the action of that name; a sight (`registry.see_people`) opens
pages, queries and exports. Both are asked by `Actor.may` and kept to the places and payers of the appointment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is appointed to do."""

    OFFICER = "officer"
    APPROVER = "approver"
    DISTRICT_OFFICER = "district_officer"
    DISTRICT_APPROVER = "district_approver"
    PROVINCE_OFFICER = "province_officer"
    PROVINCE_APPROVER = "province_approver"
    FINANCE = "finance"
    PAYER = "payer"
    TELLER = "teller"
    INSPECTOR = "inspector"
    ADMINISTRATOR = "administrator"


class Level(StrEnum):
    """How high a place stands, by the length of its code."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


LEVEL_NAMES: dict[Level, str] = {
    Level.COUNTRY: "cả nước",
    Level.PROVINCE: "tỉnh",
    Level.DISTRICT: "huyện",
    Level.COMMUNE: "xã",
}


@dataclass(frozen=True, slots=True)
class RoleTerms:
    """What a role is called, where it may be appointed, what it may do and what it may look at."""

    name_vi: str
    levels: frozenset[Level]
    acts: frozenset[str]
    sights: frozenset[str]

    def holds(self, permission: str) -> bool:
        """Whether the role holds an act or a sight."""
        return permission in self.acts or permission in self.sights


# What may be looked at, by app, as the matrix of who may what names it.
SIGHTS: dict[str, str] = {
    "registry.see_people": "Tìm người, xem hồ sơ của người hưởng",
    "registry.see_categories": "Xem diện hưởng và lý do hưởng của từng người",
    "registry.see_registers": "Xem sổ đã nhập và đề xuất thay đổi",
    "payroll.see_runs": "Xem kỳ chi trả và số tổng",
    "payroll.see_lists": "Xem danh sách chi trả từng người, giấy tờ của kỳ",
    "payroll.see_levels": "Xem mức trợ cấp, thử mức dự kiến",
    "funds.see_money": "Xem dự toán, cấp tiền, tiền của kỳ",
    "payout.see_orders": "Xem đợt chi và lệnh chi",
    "payout.see_uncollected": "Xem người chưa lĩnh nhiều tháng",
    "payout.see_recoveries": "Xem khoản thu hồi",
    "reconcile.see_results": "Xem tệp kết quả chi trả",
    "settlement.see_settlements": "Xem quyết toán",
    "jobs.see_jobs": "Xem việc chạy lâu",
    "access.see_staff": "Xem người dùng và việc được giao",
    "access.see_audit": "Xem nhật ký hệ thống",
    "access.see_matrix": "Xem bảng ai được làm gì",
    "access.see_own_security": "Xem bảo mật của chính mình",
}
_EVERYBODY_SEES = frozenset({"access.see_matrix", "access.see_own_security"})
_STAFF_SEES = frozenset({"access.see_staff", "access.see_audit"})
_ALL_SIGHTS = frozenset(SIGHTS)
_OFFICE_SEES = _ALL_SIGHTS - _STAFF_SEES
# Who moves or pays the money needs names and sums only: nobody's category is shown to them.
_FINANCE_SEES = _OFFICE_SEES - {"registry.see_categories", "registry.see_registers", "payroll.see_lists"}
_PAYER_SEES = _EVERYBODY_SEES | {
    "payout.see_orders", "reconcile.see_results", "settlement.see_settlements", "jobs.see_jobs"
}  # fmt: skip
_TELLER_SEES = _EVERYBODY_SEES | {"payout.see_orders"}

# Preparer, approver, releaser and payer share no act that moves money: separation begins here and ends in the
# database's CHECKs.
# Long work is asked for, stopped and resumed by whoever may do what it does.
_LONG_WORK = frozenset({"jobs.start_job", "jobs.cancel_job", "jobs.resume_job"})
_PREPARES = _LONG_WORK | frozenset(
    {
        "registry.reveal_number",
        "registry.import_register",
        "registry.add_person",
        "registry.accept_proposals",
        "registry.refuse_proposals",
        "registry.add_wording",
        "registry.add_facility",
        "registry.follow_successors",
        "registry.place_resident",
        "registry.record_fact",
        "registry.record_death",
        "registry.record_missing",
        "registry.record_children",
        "registry.record_grant",
        "registry.stop_grant",
        "registry.suspend_grant",
        "registry.resume_grant",
        "registry.adjust_grant",
        "registry.move_resident",
        "registry.correct_birth",
        "registry.correct_name",
        "registry.correct_identity",
        "registry.change_collector",
        "registry.merge_people",
        "registry.undo_change",
        "registry.place_hold",
        "entitlement.recompute_spans",
        "payroll.open_run",
        "payroll.create_occasion",
        "payroll.add_payee",
        "payroll.remove_payee",
        "payroll.open_occasion",
        "payroll.compute_run",
        "payroll.compute_runs",
        "payroll.check_run",
        "payroll.clear_finding",
        "payroll.submit_run",
        "payroll.cancel_run",
        "payroll.pay_together",
        "payroll.pay_apart",
        "payroll.refresh_spans",
        "payroll.propose_threshold",
        "payroll.withdraw_threshold",
        "payout.issue_orders",
        "payout.cancel_batch",
        "payout.hold_order",
        "payout.suspend_uncollected",
        "settlement.confirm_month",
    }
)
_APPROVES = _LONG_WORK | frozenset(
    {
        "registry.lift_hold",
        "payroll.approve_run",
        "payroll.approve_runs",
        "payroll.countersign_run",
        "payroll.return_run",
        "payroll.approve_threshold",
        "funds.reserve_budget",
        "payout.cancel_order",
        "payout.keep_uncollected",
        "payout.renew_year_end",
        "payout.reissue_order",
        "payout.decide_recovery",
        "payout.write_off_recovery",
        "payout.reopen_recovery",
    }
)
_MOVES_MONEY = frozenset(
    {
        "funds.add_payer",
        "funds.add_contract",
        "funds.end_contract",
        "funds.assign_budget",
        "funds.release_reservation",
        "funds.request_transfer",
        "funds.record_transfer",
        "funds.cancel_transfer",
        "funds.record_return",
        "funds.pay_fee",
        "funds.close_year",
        "funds.charge_fee",
        "funds.close_period",
        "funds.reopen_period",
        "payout.release_batch",
        "payout.record_repayment",
        "reports.export_payer_list",
        "settlement.close_month",
        "settlement.reopen_month",
    }
)
_PAYS_OUT = _LONG_WORK | frozenset(
    {
        "funds.record_advance",
        "funds.return_advance",
        "payout.hand_over_batch",
        "payout.record_results",
        "payout.record_result",
        "reconcile.save_layout",
        "reconcile.import_results",
        "reconcile.apply_results",
        "reconcile.discard_results",
        "reconcile.resolve_row",
        "reports.export_payer_list",
    }
)
_PROPOSES_LEVELS = frozenset(
    {
        "payroll.propose_level_pack",
        "payroll.withdraw_level_pack",
        "payroll.propose_level_start",
        "payroll.withdraw_level_start",
        "payroll.propose_threshold",
        "payroll.withdraw_threshold",
        # What a province keeps for all its communes.
        "registry.add_wording",
        "registry.add_facility",
    }
)
_APPROVES_LEVELS = frozenset(
    {
        "payroll.approve_level_pack",
        "payroll.approve_level_start",
        # A list above a threshold may ask for the province's approval as well.
        "payroll.countersign_run",
        "payroll.return_run",
        "payroll.approve_threshold",
        "funds.reserve_budget",
    }
)
_ADMINISTERS = frozenset(
    {
        "access.add_key",
        "access.clear_sessions",
        "registry.empty_originals",
        "reconcile.empty_results",
        "reconcile.empty_discarded",
        "access.rotate_keys",
        "access.retire_key",
        "access.add_user",
        "access.appoint",
        "access.appoint_deputy",
        "access.borrow_approver",
        "access.end_appointment",
        "access.retire_user",
        "access.create_demonstration_people",
        "access.retire_demonstration_people",
        "access.issue_sign_in_paper",
        "access.remove_second_factor",
        "access.end_sessions",
        "funds.create_demonstration_payer",
        "places.load_places",
        "registry.load_people",
    }
)

_PROVINCE = frozenset({Level.PROVINCE})
_ANY_LEVEL = frozenset(Level)

ROLES: dict[Role, RoleTerms] = {
    Role.OFFICER: RoleTerms("Cán bộ lập danh sách", frozenset({Level.COMMUNE}), _PREPARES, _OFFICE_SEES),
    Role.APPROVER: RoleTerms("Người phê duyệt", frozenset({Level.COMMUNE}), _APPROVES, _OFFICE_SEES),
    # Districts prepared and approved lists until 30/6/2025; their people still stand in the lists of those years.
    Role.DISTRICT_OFFICER: RoleTerms(
        "Cán bộ cấp huyện (đến 30/6/2025)", frozenset({Level.DISTRICT}), _PREPARES, _OFFICE_SEES
    ),
    Role.DISTRICT_APPROVER: RoleTerms(
        "Người phê duyệt cấp huyện (đến 30/6/2025)", frozenset({Level.DISTRICT}), _APPROVES, _OFFICE_SEES
    ),
    Role.PROVINCE_OFFICER: RoleTerms("Cán bộ cấp tỉnh", _PROVINCE, _PROPOSES_LEVELS, _OFFICE_SEES),
    Role.PROVINCE_APPROVER: RoleTerms("Người phê duyệt cấp tỉnh", _PROVINCE, _APPROVES_LEVELS, _OFFICE_SEES),
    Role.FINANCE: RoleTerms("Kế toán, tài chính", _ANY_LEVEL, _MOVES_MONEY, _FINANCE_SEES),
    Role.PAYER: RoleTerms("Cán bộ tổ chức chi trả", _ANY_LEVEL, _PAYS_OUT, _PAYER_SEES),
    Role.TELLER: RoleTerms("Nhân viên chi trả", _ANY_LEVEL, frozenset({"payout.record_result"}), _TELLER_SEES),
    Role.INSPECTOR: RoleTerms("Thanh tra", _ANY_LEVEL, frozenset(), _ALL_SIGHTS),
    Role.ADMINISTRATOR: RoleTerms("Quản trị viên", _ANY_LEVEL, _ADMINISTERS, _EVERYBODY_SEES | _STAFF_SEES),
}

# Whose appointments are limited to one paying organisation, which they name.
PAYERS_ROLES = frozenset({Role.PAYER, Role.TELLER})
# Who may stand in for an approver where a place is too small to have its own.
BORROWED_ROLES = frozenset({Role.APPROVER, Role.DISTRICT_APPROVER})

# Acts that ask for a second factor at sign-in: who approves, who releases, who appoints, who sees whole numbers.
SECOND_FACTOR = frozenset(
    {
        "registry.reveal_number",
        "payroll.approve_run",
        "payroll.approve_runs",
        "payroll.countersign_run",
        "payroll.approve_threshold",
        "payroll.approve_level_pack",
        "payroll.approve_level_start",
        "payout.release_batch",
        "payout.write_off_recovery",
        "funds.record_transfer",
        "settlement.close_month",
        "settlement.reopen_month",
        "access.add_user",
        "access.appoint",
        "access.appoint_deputy",
        "access.borrow_approver",
        "access.end_appointment",
        "access.retire_user",
        "access.issue_sign_in_paper",
        "access.remove_second_factor",
        "access.end_sessions",
    }
)
# Acts that ask for a sign-in of a moment ago: money leaves, somebody is let in.
FRESH_SIGN_IN = frozenset(
    {
        "payroll.approve_run",
        "payroll.approve_runs",
        "payroll.countersign_run",
        "payout.release_batch",
        "funds.record_transfer",
        "reconcile.apply_results",
        "settlement.close_month",
        "access.issue_sign_in_paper",
        "access.remove_second_factor",
    }
)


def may_role(role: Role, permission: str) -> bool:
    """Whether the role holds an act or a sight."""
    return ROLES[role].holds(permission)


def every_act() -> frozenset[str]:
    """Every act somebody holds."""
    return frozenset().union(*(terms.acts for terms in ROLES.values()))


def level_of(area: str) -> Level:
    """The level of a place code: none is the whole country, 2 digits a province, 3 a district, 5 a commune."""
    return {0: Level.COUNTRY, 2: Level.PROVINCE, 3: Level.DISTRICT}.get(len(area), Level.COMMUNE)
