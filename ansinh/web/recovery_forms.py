"""What is typed about money to be got back. Whether it may be done is for the actions to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.web.fields import DayField, DongField
from ansinh.web.money_words import TABLES


class _SignedForm(forms.Form):
    """A signed decision."""

    decision_no = forms.CharField(
        label=_("Số quyết định"), max_length=60, error_messages={"required": _("Hãy ghi số quyết định.")}
    )
    decided_on = DayField(label=_("Ngày quyết định"))


class DecideForm(_SignedForm):
    """How money is to come back."""

    way = forms.ChoiceField(label=_("Cách thu hồi"), choices=list(TABLES["way_back"].items()))
    share = forms.IntegerField(
        label=_("Khấu trừ nhiều nhất (% tiền hằng tháng)"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Chỉ khi khấu trừ. Để trống thì theo thiết lập chung."),
    )
    instalment_dong = DongField(label=_("Nhiều nhất mỗi kỳ (đồng)"), required=False)
    field_order = ("way", "share", "instalment_dong", "decision_no", "decided_on")


class RepayForm(forms.Form):
    """A voucher of cash paid back."""

    amount_dong = DongField(label=_("Số tiền (đồng)"), error_messages={"required": _("Hãy ghi số tiền.")})
    voucher_no = forms.CharField(
        label=_("Số giấy nộp tiền"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi số chứng từ.")},
    )
    paid_on = DayField(label=_("Ngày nộp"))
    paid_by = forms.CharField(label=_("Người nộp"), required=False, max_length=200)


class WriteOffForm(_SignedForm):
    """Why it is given up, by which decision."""

    reason = forms.CharField(
        label=_("Lý do"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3, "required": True})
    )
