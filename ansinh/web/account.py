"""How django-allauth is used here: nobody signs up, nothing is mailed, its secrets are sealed, its words are ours."""

from __future__ import annotations

import base64
import time
from ipaddress import ip_address
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from ansinh.platform.sealing import seal, unseal

_WRONG_CODE = _("Mã không đúng hoặc đã dùng. Hãy chờ mã mới trên điện thoại rồi nhập lại.")
_SAID: dict[str, Any] = {
    "account/messages/password_changed.txt": _("Đã đổi mật khẩu. Các phiên đăng nhập khác của bạn đã bị kết thúc."),
    "mfa/messages/totp_activated.txt": _("Đã bật ứng dụng sinh mã: từ nay khi đăng nhập cần thêm mã trên điện thoại."),
    "mfa/messages/totp_deactivated.txt": _("Đã tắt ứng dụng sinh mã."),
    "mfa/messages/webauthn_added.txt": _("Đã thêm khóa truy cập."),
    "mfa/messages/webauthn_removed.txt": _("Đã xóa khóa truy cập."),
}


class Door(DefaultAccountAdapter):  # type: ignore[misc]  # allauth comes without types
    """The door itself: who may knock, how often, and in which words it answers."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Đã nhập sai quá nhiều lần, nên tạm khóa đăng nhập 10 phút. Hãy chờ rồi thử lại, hoặc nhờ quản trị viên "
            "cấp giấy đăng nhập."
        ),
        "rate_limited": _("Đã thử quá nhiều lần. Hãy chờ vài phút rồi thử lại."),
        "incorrect_password": _("Mật khẩu không đúng. Hãy nhập lại."),
        "enter_current_password": _("Mật khẩu đang dùng không đúng. Hãy nhập lại."),
        "incorrect_code": _WRONG_CODE,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are added by an administrator."""
        return False

    def add_message(  # noqa: PLR0917 - allauth's own order
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done in our words; what has none is not said."""
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own security."""
        return reverse("web:security")

    def set_password(self, user: Any, password: str) -> None:
        """The password and nothing else of the user: more the web may not write."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether the last proof of who one is, by any means, is too old to touch passwords and second factors."""
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to prove it again, in our words; a passkey only where the address allows one."""
        words = {
            "reauthenticate": _("Dùng mật khẩu"),
            "mfa_reauthenticate": _("Dùng mã trên điện thoại hoặc mã dự phòng"),
            "mfa_reauthenticate:webauthn": _("Dùng khóa truy cập (passkey)"),
        }
        ways = super().get_reauthentication_methods(user)
        return [
            {**way, "description": words[way["id"]]}
            for way in ways
            if not way["id"].endswith("webauthn") or passkeys_work(context.request)
        ]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By name alone: another spelling of the host must not give five more tries."""
        return f"sign-in:{credentials.get('username', '').lower()}"


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth comes without types
    """Second factors: secrets sealed at rest, people named by their own names."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, kind="second_factor")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), kind="second_factor").decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's own word
        return str(_("Khóa truy cập"))

    def build_totp_svg(self, url: str) -> str:
        """The square as an element of the page: the content policy lets no page bring a picture in its own text."""
        square = qrcode.make(url, image_factory=SvgPathImage, border=2)
        return str(square.to_string(encoding="unicode"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "An Sinh"}


def last_proof(request: HttpRequest) -> float:
    """When the visitor last proved who they are (seconds since 1970), 0 when never in this session."""
    records = get_authentication_records(request, request.user)
    return max((float(record["at"]) for record in records), default=0.0)


def is_fresh(request: HttpRequest) -> bool:
    """Whether that is recent enough for what needs it anew."""
    return time.time() - last_proof(request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed since, with a second factor."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers keep passkeys for names only: at a bare IP address none can be made or used."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ip_address(host)
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False
