"""What is typed to load levels as data. Whether they may be loaded is for the actions to say."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from ansinh.web.fields import DayField, MonthField, PlaceField
from ansinh.web.uploads import LevelsField


class LevelPackForm(forms.Form):
    """A file of levels, for which place, from which list on, by which decision (only looked at, it needs none)."""

    place = PlaceField()
    month = MonthField(
        label=gettext_lazy("Danh sách đầu tiên"), error_messages={"required": gettext_lazy("Hãy chọn tháng đầu tiên.")}
    )
    file = LevelsField(
        label=gettext_lazy("Tệp gói mức (YAML)"), error_messages={"required": gettext_lazy("Hãy chọn tệp.")}
    )
    decision_no = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=100, required=False)
    decided_on = DayField(label=gettext_lazy("Ngày quyết định"), required=False)
