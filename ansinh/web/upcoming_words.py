"""The words of the work list of what is coming, each said once."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: dict[str, Promise] = {
    "age": _("Đủ tuổi"),
    "cared_for_age": _("Người được chăm sóc đủ tuổi"),
    "child_age": _("Con đủ tuổi"),
    "decision": _("Theo quyết định"),
    "facts": _("Theo thông tin đã ghi"),
    "law": _("Văn bản mới"),
    "authorisation": _("Hết hạn ủy quyền"),
}

PROPOSED: dict[str, Promise] = {
    "start": _("Bắt đầu hưởng"),
    "adjust": _("Điều chỉnh"),
    "switch": _("Chuyển diện"),
    "stop": _("Thôi hưởng"),
    "renew": _("Lập giấy ủy quyền mới"),
}

TABLES = {"event": EVENTS, "proposed": PROPOSED}
