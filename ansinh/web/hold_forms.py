"""What is typed about money kept back. Whether it may be done is for the actions to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.web.money_forms import DayField
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
