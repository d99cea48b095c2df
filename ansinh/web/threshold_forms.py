"""What is typed to propose above which sum lists need two approvals. Whether it may stand is for the actions to say."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.money import Dong
from ansinh.kernel.numbers import NotAnAmount, read_dong
from ansinh.payroll.types import COUNTERSIGNER_NAMES
from ansinh.web.forms import MonthField
from ansinh.web.money_forms import DayField
from ansinh.web.money_words import TABLES


class ThresholdForm(forms.Form):
    """A place, a fund, the sum (none: no second approval any more), the first list, who signs second, which paper."""

    place = forms.RegexField(
        r"^\d{2,5}$",
        label=_("Địa bàn"),
        error_messages={
            "required": _("Hãy tìm rồi chọn một địa bàn."),
            "invalid": _("Hãy chọn một địa bàn có sẵn."),
        },
    )
    month = MonthField(label=_("Danh sách đầu tiên"), error_messages={"required": _("Hãy chọn tháng đầu tiên.")})
    fund = forms.ChoiceField(label=_("Nguồn kinh phí"), choices=list(TABLES["fund"].items()))
    amount = forms.CharField(
        label=_("Ngưỡng (đồng)"),
        max_length=30,
        required=False,
        help_text=_("Danh sách có tổng tiền vượt số này phải có hai người duyệt. Bỏ trống: thôi đòi duyệt hai lần."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    countersigner = forms.ChoiceField(
        label=_("Ai duyệt lần hai"), choices=[(key, _(name)) for key, name in COUNTERSIGNER_NAMES.items()]
    )
    decision_no = forms.CharField(label=_("Số quyết định"), max_length=100, required=False)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)

    def clean_amount(self) -> Dong | None:
        """Whole đồng, if any was typed."""
        text = self.cleaned_data["amount"].strip()
        if not text:
            return None
        try:
            return read_dong(text)
        except NotAnAmount as fault:
            raise ValidationError(fault.message, code="not_an_amount") from fault
