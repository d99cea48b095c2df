"""Roles and what each may do: one table, read by permission checks, documents and tests."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is appointed to do."""

    OFFICER = "officer"
    APPROVER = "approver"
    FINANCE = "finance"
    PAYER = "payer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.OFFICER: "Cán bộ lập danh sách",
    Role.APPROVER: "Người phê duyệt",
    Role.FINANCE: "Kế toán, tài chính",
    Role.PAYER: "Cán bộ tổ chức chi trả",
    Role.ADMINISTRATOR: "Quản trị viên",
}

# Whose work is the decision about a person: they see what it is for, in the same words for everybody. Who moves or pays
# the money needs names and sums only, so nobody's category is shown to them.
SEE_CATEGORIES = frozenset({Role.OFFICER, Role.APPROVER})

# Preparer, approver, releaser and payer share no permission that moves money: separation begins here and ends in the
# database's CHECKs.
PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.OFFICER: frozenset(
        {
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
            "payroll.check_run",
            "payroll.clear_finding",
            "payroll.submit_run",
            "payroll.cancel_run",
            "payroll.pay_together",
            "payroll.pay_apart",
            "payroll.refresh_spans",
            "payroll.propose_level_pack",
            "payroll.withdraw_level_pack",
            "payroll.propose_level_start",
            "payroll.withdraw_level_start",
            "payout.issue_orders",
            "payout.cancel_batch",
            "payout.hold_order",
            "payout.suspend_uncollected",
            "settlement.confirm_month",
        }
    ),
    Role.APPROVER: frozenset(
        {
            "registry.lift_hold",
            "payroll.approve_run",
            "payroll.return_run",
            "payroll.approve_level_pack",
            "payroll.approve_level_start",
            "funds.reserve_budget",
            "payout.cancel_order",
            "payout.keep_uncollected",
            "payout.renew_year_end",
            "payout.reissue_order",
            "payout.decide_recovery",
            "payout.write_off_recovery",
            "payout.reopen_recovery",
        }
    ),
    Role.FINANCE: frozenset(
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
    ),
    Role.PAYER: frozenset(
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
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            "access.add_user",
            "access.create_demonstration_people",
            "funds.create_demonstration_payer",
            "places.load_places",
        }
    ),
}
