"""What is typed to propose above which sum lists need two approvals. Whether it may stand is for the actions to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.payroll.types import COUNTERSIGNER_NAMES
from ansinh.web.fields import DayField, DongField, MonthField, PlaceField
from ansinh.web.money_words import TABLES


class ThresholdForm(forms.Form):
    """A place, a fund, the sum (none: no second approval any more), the first list, who signs second, which paper."""

    place = PlaceField()
    month = MonthField(label=_("Danh sách đầu tiên"), error_messages={"required": _("Hãy chọn tháng đầu tiên.")})
    fund = forms.ChoiceField(label=_("Nguồn kinh phí"), choices=list(TABLES["fund"].items()))
    amount = DongField(
        label=_("Ngưỡng (đồng)"),
        required=False,
        help_text=_("Danh sách có tổng tiền vượt số này phải có hai người duyệt. Bỏ trống: thôi đòi duyệt hai lần."),
    )
    countersigner = forms.ChoiceField(
        label=_("Ai duyệt lần hai"), choices=[(key, _(name)) for key, name in COUNTERSIGNER_NAMES.items()]
    )
    decision_no = forms.CharField(label=_("Số quyết định"), max_length=100, required=False)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)
