"""The page of roles: written from the one table of what each may do and see."""

from __future__ import annotations

from ansinh.access.types import FRESH_SIGN_IN, LEVEL_NAMES, PAYERS_ROLES, ROLES, SECOND_FACTOR, SIGHTS
from ansinh.platform.action import registered_actions


def roles_page() -> str:
    """Roles, where each is appointed, what each may look at; which acts ask to be surer of who acts."""
    lines = ["# Vai trò và quyền xem", ""]
    lines += [
        "Việc được làm của từng vai trò: [Hành động và quyền](permissions.md). Trên màn hình: /who-may-what/.",
        "",
    ]
    lines += ["| vai trò | mã | giao ở | số việc được làm | số quyền xem |", "|---|---|---|--:|--:|"]
    for role, terms in ROLES.items():
        levels = ", ".join(name for level, name in LEVEL_NAMES.items() if level in terms.levels)
        of_payer = " (của một tổ chức chi trả)" if role in PAYERS_ROLES else ""
        lines.append(
            f"| {terms.name_vi}{of_payer} | `{role.value}` | {levels} | {len(terms.acts)} | {len(terms.sights)} |"
        )
    lines += ["", "## Quyền xem", ""]
    lines += ["| quyền xem | " + " | ".join(terms.name_vi for terms in ROLES.values()) + " |"]
    lines += ["|---|" + ":-:|" * len(ROLES)]
    for sight, name in SIGHTS.items():
        marks = ["✓" if sight in terms.sights else "" for terms in ROLES.values()]
        lines.append(f"| {name} `{sight}` | {' | '.join(marks)} |")
    lines += ["", "## Việc cần chắc chắn hơn đúng là người ấy", ""]
    lines += ["| việc | bước hai | vừa xác nhận lại |", "|---|:-:|:-:|"]
    names = {one.permission: one.name_vi for one in registered_actions()}
    for act in sorted(SECOND_FACTOR | FRESH_SIGN_IN):
        second, fresh = ("✓" if act in acts else "" for acts in (SECOND_FACTOR, FRESH_SIGN_IN))
        lines.append(f"| {names.get(act, act)} `{act}` | {second} | {fresh} |")
    return "\n".join(lines)
