"""The forms of signing in and of one's own security, in our words; what they check is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as SecondFactorForm
from allauth.mfa.base.forms import ReauthenticateForm as SecondFactorAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# A code stands for its own half minute and for the one before and after it; for so long none is taken again.
_CODE_SECONDS = 30 * (2 * settings.MFA_TOTP_TOLERANCE + 1)


def code_field(label: Any) -> forms.CharField:
    """A code of digits, typed from a phone or a paper."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attributes))


def password_field(label: Any, *, new: bool = False, rule: Any = "") -> forms.CharField:
    """A password as it is typed, spaces and all."""
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, max_length=200, strip=False, help_text=rule, widget=widget)


def take_once(authenticator: Authenticator, code: str) -> None:
    """Refuse a code of the phone that was taken while it still stands, in whatever process."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    digits = "".join(filter(str.isdigit, code))
    if not cache.add(f"sign-in:taken:{authenticator.user_id}:{digits}", "y", timeout=_CODE_SECONDS):
        raise get_adapter().validation_error("incorrect_code")


class _TakenOnce:
    """Of the two forms below: the field in our words, and its code taken once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Mã trên điện thoại, hoặc một mã dự phòng"))  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """The code, taken once."""
        code: str = super().clean_code()  # type: ignore[misc]  # allauth comes without types
        take_once(self.authenticator, code)  # type: ignore[attr-defined]
        return code


class CodeForm(_TakenOnce, SecondFactorForm):  # type: ignore[misc]  # allauth comes without types
    """The second factor at the door: the phone's code, or one from the paper of recovery codes."""


class CodeAgainForm(_TakenOnce, SecondFactorAgainForm):  # type: ignore[misc]  # allauth comes without types
    """The second factor asked again before money moves."""


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth comes without types
    """The first code of a phone just shown its secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(_("Mã 6 số đang hiện trên điện thoại"))


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth comes without types
    """The password asked again before money moves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Mật khẩu"))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth comes without types
    """The password in use, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, new in (
            ("oldpassword", _("Mật khẩu đang dùng"), False),
            ("password1", _("Mật khẩu mới"), True),
            ("password2", _("Nhập lại mật khẩu mới"), True),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs = {"autocomplete": "new-password" if new else "current-password"}


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth comes without types
    """A name for the passkey; the browser fills in the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Tên để nhận ra khóa này"), max_length=60, required=False)
        self.fields["passwordless"].label = _("Dùng khóa này thay cả mật khẩu khi đăng nhập")
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True


class SignInPaperForm(forms.Form):
    """What stands on the paper, and the password somebody chooses for themselves."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Mã trên giấy"),
        max_length=40,
        help_text=_("16 ký tự; gõ chữ hoa hay thường, có gạch hay không đều được."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    password1 = password_field(
        _("Mật khẩu bạn chọn"), new=True, rule=_("Ít nhất 10 ký tự; một câu dễ nhớ tốt hơn một từ khó.")
    )
    password2 = password_field(_("Nhập lại mật khẩu"), new=True)

    def clean(self) -> dict[str, Any]:
        """The same password twice, one not easily guessed."""
        given: dict[str, Any] = super().clean() or {}
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập mật khẩu không giống nhau. Hãy nhập lại."))
        elif first:
            try:
                # The full name is looked at once the code is proved: before, the answer would tell who is called what.
                validate_password(first, get_user_model()(username=given.get("username", "")))
            except ValidationError as weak:
                self.add_error("password1", weak)
        return given


class StaffReasonForm(forms.Form):
    """Why an administrator does what the audit trail keeps."""

    reason = forms.CharField(
        label=_("Lý do, ghi vào nhật ký"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
