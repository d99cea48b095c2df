"""The kinds of change an officer chooses from, in the groups they stand in, and the form of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.policy import Category, load_pack
from ansinh.registry.queries import FACT_KINDS
from ansinh.web import change_forms, decision_forms
from ansinh.web.change_forms import ChangeForm, FactForm
from ansinh.web.change_state import State
from ansinh.web.decision_forms import GrantForm

_FACT = "fact-"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind to choose: `key` is what addresses carry."""

    key: str
    title: Any


_TITLES: Mapping[str, Promise] = {
    "death": _("Qua đời"),
    "missing": _("Bị tuyên bố mất tích"),
    "stop": _("Thôi hưởng"),
    "suspend": _("Tạm dừng hưởng"),
    "resume": _("Hưởng lại"),
    "grant": _("Quyết định hưởng mới"),
    "adjust": _("Điều chỉnh mức hưởng"),
    "children": _("Con đang nuôi"),
    "move": _("Chuyển đến xã khác"),
    "leave": _("Chuyển đi nơi ngoài sổ"),
    "collector": _("Người nhận thay"),
    "birth": _("Đính chính ngày sinh"),
    "name": _("Đính chính họ tên"),
    "identity": _("Đính chính số định danh"),
    "merge": _("Gộp hồ sơ trùng"),
}
_GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Thôi, tạm dừng, hưởng lại"), ("death", "missing", "stop", "suspend", "resume")),
    (
        _("Hưởng mới, đổi mức"),
        ("grant", "adjust", "fact-disability", "fact-poverty", "children", "fact-single_parent", "fact-pregnant"),
    ),
    (_("Nơi ở, người nhận thay"), ("move", "leave", "collector")),
    (_("Đính chính"), ("birth", "name", "identity", "merge")),
)
_FORMS: Mapping[str, type[ChangeForm]] = {
    "death": change_forms.DeathForm,
    "missing": change_forms.MissingForm,
    "stop": decision_forms.StopForm,
    "suspend": decision_forms.SuspendForm,
    "resume": decision_forms.ResumeForm,
    "adjust": decision_forms.AdjustForm,
    "children": decision_forms.ChildrenForm,
    "move": change_forms.MoveForm,
    "leave": change_forms.LeaveForm,
    "collector": change_forms.CollectorForm,
    "birth": change_forms.BirthForm,
    "name": change_forms.NameForm,
    "identity": change_forms.IdentityForm,
    "merge": change_forms.MergeForm,
}


def kind_groups() -> list[tuple[Promise, list[Kind]]]:
    """Every kind under its group's title; facts nobody placed elsewhere come last."""
    placed = {key for _title, keys in _GROUPS for key in keys}
    rest = tuple(key for fact in FACT_KINDS if (key := f"{_FACT}{fact}") not in placed)
    return [
        (title, [Kind(key, title_of(key)) for key in keys])
        for title, keys in (*_GROUPS, (_("Thông tin xét hưởng khác"), rest))
    ]


def category_groups() -> list[tuple[Promise, list[Category]]]:
    """The categories a decision can grant, merit allowances in a group of their own."""
    merit = [one for one in load_pack().categories if one.kind == "merit"]
    others = [one for one in load_pack().categories if one.kind != "merit"]
    return [(_("Trợ giúp xã hội, trợ cấp hưu trí xã hội"), others), (_("Trợ cấp ưu đãi người có công"), merit)]


def is_kind(key: str) -> bool:
    """Whether there is such a kind."""
    return key in _TITLES or (key.removeprefix(_FACT) in FACT_KINDS and key.startswith(_FACT))


def title_of(key: str) -> Any:
    """What the kind is called."""
    return _(FACT_KINDS[key.removeprefix(_FACT)].name_vi) if key.startswith(_FACT) else _TITLES[key]


def form_of(key: str, data: Any, *, state: State, category: str = "") -> ChangeForm | None:
    """The form of a kind, bound when there is data; None while a decision's category is still to be chosen."""
    if key.startswith(_FACT):
        return FactForm(data, state=state, fact=key.removeprefix(_FACT))
    if key == "grant":
        known = {one.code for one in load_pack().categories}
        return GrantForm(data, state=state, category=category) if category in known else None
    return _FORMS[key](data, state=state)
