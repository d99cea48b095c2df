"""Fields the changes ask for: people and communes written as people write them, and the paper a change rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.kernel.month import Month
from ansinh.places.queries import find_last_place, search_places
from ansinh.registry.queries import LISTED_NAMES
from ansinh.registry.types import Paper
from ansinh.web.fields import DayField, MonthField
from ansinh.web.naming import place_line

_MOST_OFFERED = 12
_TEXT = {"autocomplete": "off"}


def month_field(**kwargs: Any) -> MonthField:
    """A month that must be told, unless said otherwise."""
    return MonthField(error_messages={"required": _("Hãy ghi tháng.")}, **kwargs)


def text_field(**kwargs: Any) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs=dict(_TEXT))
    return forms.CharField(widget=widget, error_messages={"required": _("Hãy ghi mục này.")}, **kwargs)


class PaperForm(forms.Form):
    """What a change rests on. `paper_needed`: kinds that are themselves decisions want the number and the day."""

    paper_needed = False
    evidence_hint: Any = ""

    decision_no = text_field(label=_("Số quyết định"), max_length=60, required=False)
    decided_on = DayField(label=_("Ngày quyết định"), required=False)
    evidence = text_field(label=_("Giấy tờ kèm theo"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Ghi chú"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].help_text = self.evidence_hint
        for name in ("decision_no", "decided_on"):
            self.fields[name].required = self.paper_needed

    def paper(self) -> Paper:
        """The paper as typed."""
        told = self.cleaned_data
        return Paper(told["decision_no"], told["decided_on"], told["evidence"], told["reason"])

    def paper_fields(self) -> list[forms.BoundField]:
        """The fields of the paper, as the page shows them."""
        return [self[name] for name in PaperForm.base_fields]

    def own_fields(self) -> list[forms.BoundField]:
        """What this kind of change asks besides."""
        return [field for field in self if field.name not in PaperForm.base_fields and not field.name.startswith("row")]


class Chosen:
    """A text that may mean several: one is taken, several are offered to choose from on the same page."""

    def __init__(self, form: forms.Form, name: str, offers: Sequence[tuple[str, str]], none_found: Any) -> None:
        picked = form.data.get(f"{name}_picked", "")
        keys = [key for key, _label in offers]
        self.key = picked if picked in keys else keys[0] if len(keys) == 1 else ""
        if not offers:
            form.add_error(name, none_found)
        elif not self.key:
            field = forms.ChoiceField(
                label=_("Chọn một"), choices=list(offers), widget=forms.RadioSelect(), required=False
            )
            order = list(form.fields)
            order.insert(order.index(name) + 1, f"{name}_picked")
            form.fields[f"{name}_picked"] = field
            form.order_fields(order)
            form.add_error(name, _("Có nhiều nơi hoặc nhiều người khớp. Hãy chọn một bên dưới."))


def communes_like(text: str, month: Month, *, near: str) -> list[tuple[str, str]]:
    """Communes of the month by a part of their name or by code, each with its whole line; those near `near` first."""
    home = find_last_place(near, month.first_day)
    above = set(home.path) if home is not None else set()
    found = [place for place in search_places(text, month.first_day, limit=60) if place.kind == "commune"]
    found.sort(key=lambda place: -len(above & set(place.path)))
    return [(place.code, place_line(place.code, month.first_day)) for place in found[:_MOST_OFFERED]]


class KnownOnForm(forms.Form):
    """The day whose knowledge is asked for."""

    on = DayField(label=_("Xem như đã biết đến hết ngày"), required=False)


class ChangesFilterForm(forms.Form):
    """What part of the changes of a place to show. What is not understood asks for everything."""

    place = forms.RegexField(r"^\d{2,5}$", required=False)
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in LISTED_NAMES])
    name = forms.CharField(required=False, max_length=100)
    since = DayField(required=False)
    until = DayField(required=False)
    undone = forms.ChoiceField(required=False, choices=[("yes", "yes"), ("no", "no")])
