"""What is typed on the pages of what is given once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from ansinh.kernel.birth import BirthDate, NotABirthDate
from ansinh.payroll.types import EMERGENCY, FUNERAL, GIFT, Criteria
from ansinh.policy import load_pack
from ansinh.web import wording
from ansinh.web.fields import DongField, MonthField, PlaceField

_MONEY_UNITS = ("multiple", "dong")


def _items() -> list[tuple[str, str]]:
    """The kinds of emergency the law gives money for."""
    kinds = load_pack().emergency_kinds
    return [("", "–"), *((one, str(name)) for one, name in wording.EMERGENCIES.items() if kinds[one] in _MONEY_UNITS)]


class OccasionForm(forms.Form):
    """A decision to give something once: what, where, in which month, how much, to whom."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=list(wording.OCCASIONS.items()), initial=GIFT)
    title = forms.CharField(label=gettext_lazy("Tên đợt chi, in trên danh sách"), max_length=200)
    place = PlaceField()
    month = MonthField(
        label=gettext_lazy("Tháng chi trả"), error_messages={"required": gettext_lazy("Hãy chọn tháng chi trả.")}
    )
    decision_no = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60)
    decided_on = forms.DateField(
        label=gettext_lazy("Ngày quyết định"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    amount = DongField(label=gettext_lazy("Số tiền mỗi suất (đồng)"), required=False)
    per_household = forms.BooleanField(label=gettext_lazy("Chi theo hộ, mỗi hộ một suất"), required=False)
    by_criteria = forms.BooleanField(label=gettext_lazy("Theo tiêu chí dưới đây"), required=False, initial=True)
    age_from = forms.IntegerField(label=gettext_lazy("Từ đủ (tuổi)"), min_value=0, max_value=130, required=False)
    age_to = forms.IntegerField(label=gettext_lazy("Đến (tuổi)"), min_value=0, max_value=130, required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới tính"),
        choices=[("", gettext_lazy("Tất cả")), ("male", gettext_lazy("Nam")), ("female", gettext_lazy("Nữ"))],
        required=False,
    )
    receiving = forms.BooleanField(label=gettext_lazy("Chỉ người đang hưởng trợ cấp"), required=False)
    poverty = forms.ChoiceField(
        label=gettext_lazy("Hộ nghèo, hộ cận nghèo"),
        choices=[("", gettext_lazy("Không xét")), *wording.POVERTY.items()],
        required=False,
    )
    item = forms.ChoiceField(label=gettext_lazy("Loại hỗ trợ khẩn cấp"), choices=_items, required=False)
    happened_on = forms.DateField(
        label=gettext_lazy("Ngày xảy ra"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    article = forms.CharField(label=gettext_lazy("Điều khoản căn cứ"), max_length=100, required=False)
    for_year = forms.IntegerField(label=gettext_lazy("Thờ cúng của năm"), min_value=2000, required=False)

    @property
    def criteria(self) -> Criteria | None:
        """Whom a gift is for; None: a list by name. Refuses (CriteriaImpossible) ages that fit nobody."""
        data = self.cleaned_data
        if data["kind"] != GIFT or not data["by_criteria"]:
            return None
        return Criteria(data["age_from"], data["age_to"], data["sex"], (), data["receiving"], data["poverty"])

    @property
    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        data = self.cleaned_data
        emergency = data["kind"] == EMERGENCY
        return {
            "kind": data["kind"],
            "title": data["title"],
            "place_code": data["place"],
            "month": data["month"],
            "decision_no": data["decision_no"],
            "decided_on": data["decided_on"],
            "amount_dong": None if data["kind"] == FUNERAL else data["amount"],
            "per_household": data["per_household"],
            "criteria": self.criteria,
            "item": data["item"] if emergency else "",
            "happened_on": data["happened_on"] if emergency else None,
            "article": data["article"],
            "for_year": data["for_year"],
        }


class PayeeForm(forms.Form):
    """Somebody of the register to be listed; of a funeral the dead and who collects, of worship the martyr too."""

    person_id = forms.IntegerField(label=gettext_lazy("Số của người trong sổ"), min_value=1)
    collector_name = forms.CharField(label=gettext_lazy("Người lo mai táng"), max_length=200, required=False)
    collector_relation = forms.CharField(label=gettext_lazy("Quan hệ"), max_length=60, required=False)
    martyr_name = forms.CharField(label=gettext_lazy("Họ tên liệt sĩ"), max_length=200, required=False)
    martyr_no = forms.CharField(
        label=gettext_lazy("Số Bằng Tổ quốc ghi công hoặc số hồ sơ"), max_length=60, required=False
    )
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=300, required=False)


class NewPersonForm(forms.Form):
    """Somebody without papers."""

    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=200)
    born = forms.CharField(label=gettext_lazy("Ngày hoặc năm sinh"), max_length=20)
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới tính"),
        choices=[("", gettext_lazy("Chưa rõ")), ("male", gettext_lazy("Nam")), ("female", gettext_lazy("Nữ"))],
        required=False,
    )
    commune = forms.ChoiceField(label=gettext_lazy("Xã"))
    hamlet = forms.CharField(label=gettext_lazy("Thôn, tổ"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("Vì sao chưa có giấy tờ"), max_length=300)
    martyr_name = forms.CharField(label=gettext_lazy("Họ tên liệt sĩ"), max_length=200, required=False)
    martyr_no = forms.CharField(
        label=gettext_lazy("Số Bằng Tổ quốc ghi công hoặc số hồ sơ"), max_length=60, required=False
    )

    def __init__(self, *args: Any, communes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune"].choices = communes  # type: ignore[attr-defined]  # a ChoiceField, declared above

    def clean_born(self) -> BirthDate:
        """The date as far as it is known."""
        try:
            return BirthDate.parse_vi(self.cleaned_data["born"])
        except NotABirthDate as fault:
            raise ValidationError(fault.message, code="not_a_birth_date") from fault
