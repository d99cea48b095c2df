"""What is typed when people are added and appointed. Whether it may be done is for the actions to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.access.types import Role
from ansinh.web import wording
from ansinh.web.fields import DayField
from ansinh.web.naming import payer_names

_PLACE_HINT = _("Mã địa bàn, ví dụ 02020; tra mã ở cuối trang. Bỏ trống: cả nước.")


class _PlaceField(forms.RegexField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^(\d{2}|\d{3}|\d{5})$",
            label=_("Mã địa bàn"),
            error_messages={"invalid": _("Mã địa bàn có 2, 3 hoặc 5 chữ số.")},
            **kwargs,
        )


class AppointForm(forms.Form):
    """A role, a place, days."""

    role = forms.ChoiceField(label=_("Việc được giao"))
    place = _PlaceField(required=False, help_text=_PLACE_HINT)
    payer = forms.ChoiceField(
        label=_("Tổ chức chi trả"), required=False, help_text=_("Chỉ chọn cho người của tổ chức chi trả.")
    )
    starts_on = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống: hôm nay."))
    ends_on = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Bỏ trống: không hạn."))
    reason = forms.CharField(label=_("Căn cứ"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, wording.ROLES[role.value]) for role in Role]  # type: ignore[attr-defined]
        self.fields["payer"].choices = [("", "–"), *sorted(payer_names().items())]  # type: ignore[attr-defined]


class NewStaffForm(AppointForm):
    """Somebody new with their first work; how they sign in comes on a paper of its own."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label=_("Tên đăng nhập"),
        help_text=_("Chữ thường không dấu, số, dấu chấm, gạch nối; ví dụ ban-thi-hoa."),
        error_messages={"invalid": _("Hãy dùng 3 đến 60 chữ thường không dấu, số, dấu chấm hoặc gạch nối.")},
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    starts_on = ends_on = reason = None  # type: ignore[assignment]

    field_order = ("username", "full_name", "role", "place", "payer")


class BorrowForm(forms.Form):
    """Where an approver is borrowed to, by which paper."""

    place = _PlaceField(help_text=_("Xã mượn người; chỉ mượn của cấp trên trực tiếp."))
    paper_number = forms.CharField(label=_("Số văn bản phân công"), max_length=60)
    starts_on = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống: hôm nay."))
    ends_on = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Bỏ trống: không hạn."))
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class DeputyForm(forms.Form):
    """Who stands in, for which days."""

    username = forms.ChoiceField(label=_("Người làm thay"))
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=500)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].choices = list(people)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of an appointment and why."""

    last_day = DayField(label=_("Ngày cuối còn làm"), required=False, help_text=_("Bỏ trống: thôi ngay bây giờ."))
    reason = forms.CharField(label=_("Lý do"), max_length=500)
