"""What the trail tells of signing in, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from ansinh.audit.types import SIGN_INS

# How somebody came in, or did not; and by which second factor.
_WAYS = {
    "password": _("bằng mật khẩu"),
    "paper": _("bằng giấy đăng nhập"),
    "passkey": _("bằng khóa truy cập"),
    "totp": _("mã trên điện thoại"),
    "webauthn": _("khóa truy cập"),
    "recovery_codes": _("mã dự phòng"),
    "mfa": _("bằng bước hai"),
}


def said_of(action: str, facts: Mapping[str, Any]) -> str:
    """ "Đăng nhập bằng mật khẩu, mã trên điện thoại"."""
    ways = [gettext(_WAYS[way]) for way in (facts.get("way"), facts.get("how")) if way in _WAYS]
    return " ".join([gettext(SIGN_INS.get(action, action)), ", ".join(ways)]).strip()
