"""Forms as they arrive. They read and shape what was typed; whether it may be done is for the actions to say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.month import Month
from ansinh.payroll.types import ASSISTANCE, MERIT
from ansinh.web.fields import MonthField, PlaceField
from ansinh.web.uploads import SheetField
from ansinh.web.wording import PROGRAMMES

_REASON_LENGTH = 1000
# Steps of the month that can be taken for a whole place, in their order: kinds of long jobs.
WHOLE_PLACE_STEPS = ("month_open", "month_compute", "month_check", "month_submit", "month_approve")


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def say_unknown(self) -> None:
        """One answer for a wrong name and a wrong password: which of the two is nobody's business."""
        self.add_error(
            None,
            _(
                "Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại; nếu quên mật khẩu, hãy nhờ quản trị viên "
                "đặt mật khẩu mới."
            ),
        )

    def say_demonstration_is_local(self) -> None:
        """The demonstration's password is known to all, so it opens nothing from afar."""
        self.add_error(
            None,
            _("Người dùng minh họa chỉ đăng nhập được từ chính máy đang chạy hệ thống. Hãy dùng tài khoản của bạn."),
        )


class OpenRunForm(forms.Form):
    """Which place, which month, the list of what."""

    place = PlaceField()
    month = MonthField(label=_("Tháng chi trả"), error_messages={"required": _("Hãy chọn tháng chi trả.")})
    programme = forms.ChoiceField(
        label=_("Danh sách của"),
        choices=[(ASSISTANCE, _("Trợ giúp xã hội, trợ cấp hưu trí xã hội")), (MERIT, PROGRAMMES[MERIT])],
        initial=ASSISTANCE,
        required=False,
    )


class WholePlaceForm(OpenRunForm):
    """Which step of the month, for every list of which place and month."""

    step = forms.ChoiceField(
        label=_("Bước"),
        choices=[(step, step) for step in WHOLE_PLACE_STEPS],
        error_messages={"required": _("Hãy chọn bước cần làm."), "invalid_choice": _("Hãy chọn bước cần làm.")},
    )


class ReasonForm(forms.Form):
    """Why something is done. An empty reason is refused by the action, in its own words."""

    reason = forms.CharField(required=False, max_length=_REASON_LENGTH)


class LineFilterForm(forms.Form):
    """What part of a list to show. What is not understood asks for everything, except a name: it asks for itself."""

    name = forms.CharField(required=False, max_length=100)
    commune = forms.RegexField(r"^\d{5}$", required=False)
    group = forms.CharField(required=False, max_length=250)
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in ("regular", "arrears", "recovery")])
    order = forms.ChoiceField(required=False, choices=[(order, order) for order in ("name", "amount")])


class UploadForm(forms.Form):
    """A register file with its place and first month."""

    place = PlaceField(label=_("Địa bàn của sổ"))
    month = MonthField(label=_("Tháng của sổ"), error_messages={"required": _("Hãy chọn tháng của sổ.")})
    file = SheetField(
        label=_("Tệp Excel"),
        error_messages={"required": _("Hãy chọn tệp Excel của sổ."), "empty": _("Tệp này rỗng. Hãy chọn tệp khác.")},
    )


class ProposalForm(forms.Form):
    """Which proposals, and whether they are taken."""

    ids = forms.TypedMultipleChoiceField(coerce=int, required=False)
    verdict = forms.ChoiceField(choices=[("accept", "accept"), ("refuse", "refuse")])

    def __init__(self, data: Any, *, open_ids: list[int]) -> None:
        super().__init__(data)
        self.fields["ids"].choices = [(one, one) for one in open_ids]  # type: ignore[attr-defined]  # declared above


def first_month_to_open(today: date) -> Month:
    """The month an office works on today: from the 15th on, the next one."""
    month = Month.containing(today)
    return month + 1 if today.day >= 15 else month
