"""The words of the work list of what is coming, each said once."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_AGE, _LAW = re.compile(r"\d+"), re.compile(r"(.+) bắt đầu áp dụng")
_RECORDED = re.compile(r"(.+) \(đã ghi\)")

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

# What can happen, as the law's side says it; the age is put in.
HAPPENINGS: tuple[Promise, ...] = (
    _("đủ %(age)s tuổi"),
    _("đủ %(age)s tháng tuổi"),
    _("con đủ %(age)s tuổi"),
    _("con đủ %(age)s tháng tuổi"),
    _("người được chăm sóc đủ %(age)s tuổi"),
    _("người được chăm sóc đủ %(age)s tháng tuổi"),
    _("hết thời hạn ghi trong quyết định"),
    _("bắt đầu hưởng theo quyết định"),
    _("thôi học theo thông tin đã ghi"),
    _("thông tin đã ghi thay đổi"),
    _("con không còn được tính theo thông tin đã ghi"),
    _("giấy ủy quyền nhận thay hết hạn"),
    _("mức hưởng thay đổi"),
    _("%(law)s bắt đầu áp dụng"),
)


def happening(said: str) -> str:
    """What happens in the visitor's language, each part of it; what no part of the catalogue says stays as it came."""
    return "; ".join(_part(part) for part in said.split("; "))


def _part(said: str) -> str:
    if law := _LAW.fullmatch(said):
        return gettext("%(law)s bắt đầu áp dụng") % {"law": law[1]}
    if recorded := _RECORDED.fullmatch(said):
        return f"{gettext(recorded[1][:1].upper() + recorded[1][1:])} ({gettext('đã ghi')})"
    age = _AGE.search(said)
    return gettext(said) if age is None else gettext(_AGE.sub("%(age)s", said, count=1)).replace("%(age)s", age[0])
