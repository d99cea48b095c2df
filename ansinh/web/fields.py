"""What is typed again and again: a month, a day, a sum, a place; read the same way on every page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month, NotAMonth
from ansinh.kernel.numbers import read_dong
from ansinh.kernel.refusal import Refusal


class MonthField(forms.Field):
    """A month as browsers send it ("2026-11") or as people type it ("11/2026")."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value: Any) -> Month | None:
        """The month; says how to write it where the text is none."""
        text = str(value or "").strip()
        if not text:
            return None
        number, _slash, year = text.partition("/")
        try:
            return Month.parse(f"{year}-{number.zfill(2)}" if _slash else text)
        except NotAMonth as fault:
            raise ValidationError(_("Hãy ghi tháng theo dạng 11/2026."), code="not_a_month") from fault


class DayField(forms.DateField):
    """A day as browsers send it or as people type it (20/08/2020)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=widget,
            error_messages={
                "invalid": _("Hãy ghi ngày theo dạng 20/11/2026."),
                "required": _("Hãy ghi ngày theo dạng 20/11/2026."),
            },
            **kwargs,
        )


class DongField(forms.CharField):
    """Whole đồng as people write them; left empty, none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, **kwargs)

    def clean(self, value: Any) -> Dong | None:
        """The amount; says so when it cannot be read."""
        text = super().clean(value)
        try:
            return read_dong(text) if text else None
        except Refusal as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class PlaceField(forms.RegexField):
    """A place chosen from those a search found."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"^\d{2,5}$",
            label=kwargs.pop("label", _("Địa bàn")),
            error_messages={
                "required": _("Hãy tìm rồi chọn một địa bàn."),
                "invalid": _("Hãy chọn một địa bàn có sẵn."),
            },
            **kwargs,
        )
