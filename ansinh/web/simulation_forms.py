"""What is tried on the page of draft levels: a file, or one level typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.types import Actor
from ansinh.payroll.queries import DEFAULT_MONTHS, MOST_MONTHS, pack_listed_by
from ansinh.policy import REGIMES, Draft, draft_of, read_draft
from ansinh.web.fields import DongField, MonthField, PlaceField
from ansinh.web.uploads import LevelsField

REGIME_NAMES = {
    "tcxh": gettext_lazy("Trợ giúp xã hội"),
    "social_pension": gettext_lazy("Trợ cấp hưu trí xã hội"),
}


def may_simulate(by: Actor) -> bool:
    """Whether the page is for this person: levels and money are their work."""
    return by.may("payroll.see_levels")


class SimulationForm(forms.Form):
    """A place, the first list to look at and how many; a draft's file, or a regime with its amount and first month."""

    place = PlaceField()
    month = MonthField(
        label=gettext_lazy("Danh sách đầu tiên"), error_messages={"required": gettext_lazy("Hãy chọn tháng đầu tiên.")}
    )
    months = forms.IntegerField(
        label=gettext_lazy("Số tháng"), min_value=1, max_value=MOST_MONTHS, initial=DEFAULT_MONTHS
    )
    regime = forms.ChoiceField(label=gettext_lazy("Chế độ"), choices=[(one, REGIME_NAMES[one]) for one in REGIMES])
    amount = DongField(label=gettext_lazy("Mức dự kiến (đồng/tháng)"), required=False)
    starts = MonthField(label=gettext_lazy("Hưởng từ tháng"), required=False)
    file = LevelsField(label=gettext_lazy("Hoặc tệp mức dự kiến (YAML)"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """One of the two ways must be there."""
        found = super().clean()
        data = self.cleaned_data
        if not self.errors and not data.get("file") and not (data.get("amount") and data.get("starts")):
            raise ValidationError(_("Hãy ghi mức dự kiến và tháng hưởng, hoặc chọn tệp."), code="nothing_to_try")
        return found

    def draft(self) -> tuple[Draft, str]:
        """The draft and its file's name; refuses (DraftFault) what cannot be laid over the law."""
        data = self.cleaned_data
        pack = pack_listed_by(data["place"], data["month"])
        if data["file"]:
            return read_draft(data["file"].read(), data["file"].name, pack), data["file"].name
        title = _("Mức dự kiến %(amount)s đồng") % {"amount": data["amount"]}
        level = {
            "regime": data["regime"],
            "area": data["place"],
            "from": str(data["starts"]),
            "value": data["amount"].value,
            "law": title,
        }
        return draft_of({"title": title, "levels": [level]}, _("(mức ghi trên trang)"), pack), title
