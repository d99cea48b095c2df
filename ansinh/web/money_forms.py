"""What is typed on the money pages. Whether it may be done is for the actions to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.month import Month
from ansinh.reconcile.types import LIST_COLUMNS
from ansinh.web.fields import DayField, DongField, MonthField
from ansinh.web.money_words import TABLES
from ansinh.web.uploads import SheetField

_MOST_HEADINGS = 100
# Columns worth asking a payer for: those the payer fills, and those by which a row is matched.
NEEDED_COLUMNS = ("order_code", "amount", "outcome")
COLUMNS_TO_NAME = tuple(
    column for column in LIST_COLUMNS if column.by_payer or column.field in (*NEEDED_COLUMNS, "name")
)
OUTCOME_TITLES = {
    "paid": _("Từ nghĩa là đã trả"),
    "unpaid": _("Từ nghĩa là chưa trả"),
    "returned": _("Từ nghĩa là tiền quay về"),
}


class WhyForm(forms.Form):
    """A reason that stays on record. An empty one is refused by the action, in its own words."""

    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "required": True}),
    )


class SentForm(forms.Form):
    """The treasury's confirmation of a transfer."""

    voucher_no = forms.CharField(
        label=_("Số chứng từ của Kho bạc"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi số chứng từ.")},
    )
    sent_on = DayField(label=_("Ngày chuyển"))


class BudgetForm(forms.Form):
    """A decision that gives budget, or takes some back with a minus."""

    fund = forms.ChoiceField(label=_("Nguồn kinh phí"), choices=list(TABLES["fund"].items()))
    amount_dong = DongField(
        label=_("Số tiền (đồng)"),
        help_text=_("Ví dụ 8.000.000.000. Giảm dự toán thì ghi dấu trừ phía trước."),
        error_messages={"required": _("Hãy ghi số tiền.")},
    )
    decision_no = forms.CharField(
        label=_("Số quyết định"), max_length=60, error_messages={"required": _("Hãy ghi số quyết định.")}
    )
    decided_on = DayField(label=_("Ngày quyết định"))
    reason = forms.CharField(label=_("Ghi chú"), required=False, max_length=500)


class ResultsUploadForm(forms.Form):
    """A payer's file of results."""

    payer = forms.ChoiceField(label=_("Tổ chức chi trả"))
    month = MonthField(
        label=_("Tháng chi trả"),
        required=False,
        help_text=_("Để trống nếu tệp có kết quả của nhiều tháng."),
    )
    file = SheetField(
        label=_("Tệp kết quả"),
        error_messages={"required": _("Hãy chọn tệp kết quả."), "empty": _("Tệp này rỗng. Hãy chọn tệp khác.")},
    )

    def __init__(self, *args: Any, payers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = list(payers)  # type: ignore[attr-defined]  # declared above


class ItemFilterForm(forms.Form):
    """What part of a batch or of the orders to show; what is not understood asks for everything."""

    name = forms.CharField(required=False, max_length=100)
    state = forms.RegexField(r"^[A-Z_]{1,20}$", required=False)
    commune = forms.RegexField(r"^\d{5}$", required=False)
    carried = forms.BooleanField(required=False)


class MatchForm(forms.Form):
    """The order a set-aside row belongs to."""

    order_code = forms.CharField(
        label=_("Mã lệnh chi"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    reason = forms.CharField(
        label=_("Vì sao là lệnh chi này"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "required": True}),
    )


class LayoutForm(forms.Form):
    """What a payer's headings mean: for each of our columns one of theirs, their words for what happened, the file."""

    payer = forms.CharField(max_length=20, widget=forms.HiddenInput)
    month = MonthField(required=False)
    file = SheetField(
        label=_("Chọn lại tệp kết quả"),
        error_messages={"required": _("Hãy chọn tệp kết quả."), "empty": _("Tệp này rỗng. Hãy chọn tệp khác.")},
    )

    def __init__(
        self, *args: Any, headings: Sequence[str] = (), payer: str = "", month: Month | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("headings") if isinstance(self.data, QueryDict) else []
        self.headings = (tuple(headings) or tuple(sent))[:_MOST_HEADINGS]
        self.payer_code = payer or str(self.data.get("payer", ""))
        self.initial = {"payer": payer, "month": month}
        for column in COLUMNS_TO_NAME:
            needed = column.field in NEEDED_COLUMNS
            self.fields[f"column_{column.field}"] = forms.ChoiceField(
                label=_(column.heading),
                required=needed,
                choices=[("", "–"), *((heading, heading) for heading in self.headings)],
                error_messages={"required": _("Hãy chọn cột này; thiếu nó thì không đối chiếu được.")},
            )
        for outcome, title in OUTCOME_TITLES.items():
            self.fields[f"words_{outcome}"] = forms.CharField(
                label=title, required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )

    def clean(self) -> dict[str, Any]:
        """One heading is one column; says so where two of ours were given the same."""
        cleaned = super().clean() or {}
        chosen = [heading for key, heading in cleaned.items() if key.startswith("column_") and heading]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("Hai mục đang chọn cùng một cột của tệp. Mỗi cột chỉ dùng một lần."), code="twice")
        return cleaned

    def columns(self) -> dict[str, str]:
        """Our field → their heading."""
        return {
            column.field: heading
            for column in COLUMNS_TO_NAME
            if (heading := self.cleaned_data.get(f"column_{column.field}"))
        }

    def words(self) -> dict[str, str]:
        """Their word → what it means."""
        return {
            word.strip(): outcome
            for outcome in OUTCOME_TITLES
            for word in self.cleaned_data[f"words_{outcome}"].split(",")
            if word.strip()
        }

    def asked_columns(self) -> list[forms.BoundField]:
        """The choices of columns, as the page shows them."""
        return [self[f"column_{column.field}"] for column in COLUMNS_TO_NAME]

    def asked_words(self) -> list[forms.BoundField]:
        """The payer's own words, as the page asks for them."""
        return [self[f"words_{outcome}"] for outcome in OUTCOME_TITLES]
