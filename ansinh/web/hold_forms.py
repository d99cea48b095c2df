"""What is typed about money kept back, or not come for. Whether it may be done is for the actions to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.web.fields import DayField, MonthField
from ansinh.web.money_words import TABLES


class HoldForm(forms.Form):
    """Why money is kept back, since when, on whose word."""

    kind = forms.ChoiceField(label=_("Vì sao giữ"), choices=list(TABLES["hold"].items()))
    since_on = DayField(label=_("Biết tin từ ngày"))
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lý do khác thì phải ghi. Không in trên danh sách."),
    )
    evidence = forms.CharField(label=_("Giấy tờ, người báo tin"), required=False, max_length=300)


class SuspendForm(forms.Form):
    """The signed decision that suspends somebody's allowances."""

    from_month = MonthField(label=_("Tạm dừng từ tháng"))
    decision_no = forms.CharField(
        label=_("Số quyết định"), max_length=60, error_messages={"required": _("Hãy ghi số quyết định.")}
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    reason = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)


class YearEndForm(forms.Form):
    """The paper on which a year's uncollected money is given back."""

    document_no = forms.CharField(
        label=_("Số biên bản, quyết định"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
