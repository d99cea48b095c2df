"""Who may what: the table of roles as a page, to be read and printed by everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

import ansinh.places.actions  # noqa: F401 - no page calls them, and the matrix and the trail name them
from ansinh.access.types import ROLES, SIGHTS
from ansinh.platform.action import registered_actions
from ansinh.web.seeing import shows

APPS = {
    "registry": _("Sổ và người hưởng"),
    "entitlement": _("Mức hưởng"),
    "payroll": _("Danh sách chi trả"),
    "funds": _("Kinh phí"),
    "payout": _("Lệnh chi"),
    "reconcile": _("Kết quả chi trả"),
    "settlement": _("Quyết toán"),
    "reports": _("Giấy tờ"),
    "audit": _("Nhật ký"),
    "access": _("Người dùng và quyền"),
    "places": _("Địa bàn"),
}


@require_GET
@shows("access.see_matrix")
def who_may_what(request: HttpRequest) -> HttpResponse:
    """Rows are sights and acts by part of the program, columns are roles; those of the visitor stand out."""
    held = {one.permission: one.name_vi for one in registered_actions()}
    named = [*((sight, name, "sight") for sight, name in SIGHTS.items())]
    named += [(act, held.get(act, act), "act") for act in sorted({a for t in ROLES.values() for a in t.acts})]
    parts: dict[str, list[tuple[str, str, str, list[bool]]]] = {}
    for permission, name, kind in named:
        marks = [terms.holds(permission) for terms in ROLES.values()]
        parts.setdefault(permission.partition(".")[0], []).append((permission, name, kind, marks))
    order = [*APPS, *(app for app in parts if app not in APPS)]
    groups = [(APPS.get(app, app), parts[app]) for app in order if app in parts]
    return render(request, "web/staff/matrix.html", {"roles": [role.value for role in ROLES], "groups": groups})
