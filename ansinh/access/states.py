"""Roles and what each may do: one table, read by permission checks, documents and tests."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is appointed to do."""

    OFFICER = "officer"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.OFFICER: "Cán bộ lập danh sách",
    Role.APPROVER: "Người phê duyệt",
    Role.ADMINISTRATOR: "Quản trị viên",
}

# Preparer and approver share no permission that moves money: four eyes begin here and end in the database's CHECKs.
PERMISSIONS: dict[Role, frozenset[str]] = {
    Role.OFFICER: frozenset(
        {
            "registry.import_register",
            "registry.accept_proposals",
            "registry.refuse_proposals",
            "registry.add_wording",
            "registry.follow_successors",
            "registry.place_resident",
            "entitlement.recompute_spans",
            "payroll.open_run",
            "payroll.compute_run",
            "payroll.check_run",
            "payroll.clear_finding",
            "payroll.submit_run",
            "payroll.cancel_run",
        }
    ),
    Role.APPROVER: frozenset({"payroll.approve_run", "payroll.return_run"}),
    Role.ADMINISTRATOR: frozenset(
        {
            "access.add_user",
            "access.create_demonstration_people",
            "places.load_places",
        }
    ),
}
