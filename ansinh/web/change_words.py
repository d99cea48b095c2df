"""Changes in words: what each is called, and what it says, on a person's own page and on lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy.types import Insurance, PersonFacts, Spell
from ansinh.registry.queries import FACT_KINDS, ChangeCard
from ansinh.registry.types import birth_of
from ansinh.web.naming import place_line
from ansinh.web.templatetags.office import category, dong, last_month, said
from ansinh.web.wording import NUMBERS


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as it stood: its name, what it was, from when to when (`ends` exclusive)."""

    name: str
    told: str
    starts: Month | None
    ends: Month | None


def told_of(card: ChangeCard, categories: Mapping[int, str]) -> str:
    """What a change says beyond its name; `categories`: the names of the person's decisions, by their ids."""
    if card.kind in FACT_KINDS:
        return _fact_told(card.kind, card.facts)
    teller = _TELLERS.get(card.kind)
    return teller(card.facts, categories) if teller else ""


def facts_told(facts: PersonFacts) -> list[KnownFact]:
    """All dated facts that are known, the newest spell of each first; what was never told is left out."""
    found: list[KnownFact] = []
    for kind, fact in FACT_KINDS.items():
        spells: tuple[Spell[Any], ...] | None = getattr(facts, kind)
        if spells is None:
            continue
        known = [one for one in spells if one.value is not None]
        begun = next((one.ends for one in spells if one.value is None), None)
        name = _(fact.name_vi)
        if not known or known[-1].ends is not None:
            since = known[-1].ends if known else begun
            found.append(KnownFact(name, _none_told(kind), since, None))
        found += [KnownFact(name, value_told(kind, one.value), one.starts, one.ends) for one in reversed(known)]
    return found


def value_told(kind: str, value: Any) -> str:
    """A value of a fact in words, with its monthly sum."""
    values = FACT_KINDS[kind].values
    if isinstance(value, Insurance):
        text = _(values[value.kind])
        return text if value.monthly is None else f"{text}, {dong(value.monthly)}"
    if isinstance(value, Dong):
        return f"{_(values['yes'])}, {dong(value)}"
    return _(values["yes" if value is True else str(value)])


def category_name(code: str) -> str:
    """The category's name; the code of one the law has no more."""
    return category(code)


def _none_told(kind: str) -> str:
    return _(FACT_KINDS[kind].values["none"])


def _fact_told(kind: str, facts: Mapping[str, Any]) -> str:
    text = _(FACT_KINDS[kind].values[facts["value"]])
    if facts.get("facility"):
        return f"{text}, {facts['facility']}"
    return f"{text}, {dong(int(facts['monthly_dong']))}" if facts.get("monthly_dong") else text


def _of_grant(facts: Mapping[str, Any], categories: Mapping[int, str]) -> str:
    name = categories.get(facts["grant_id"], "")
    if facts.get("starts"):
        return _("%(name)s, hưởng từ %(month)s") % {"name": name, "month": Month.parse(facts["starts"]).vi}
    if facts.get("pays_from"):
        return _("%(name)s, trả lại từ %(month)s") % {"name": name, "month": Month.parse(facts["pays_from"]).vi}
    return name


def _children(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    told = [_child(child) for child in facts["children"]]
    number = _("%(number)s con") % {"number": len(told)}
    return f"{number}: {'; '.join(told)}" if told else number


def _child(child: Mapping[str, Any]) -> str:
    parts = [
        _("sinh %(day)s") % {"day": f"{date.fromisoformat(child['born']):%d/%m/%Y}"}
        if child.get("born")
        else _("chưa rõ ngày sinh")
    ]
    if child.get("studying") is not None:
        parts.append(_("đang học") if child["studying"] else _("không đi học"))
    if child.get("until"):
        parts.append(_("nuôi đến hết %(month)s") % {"month": last_month(Month.parse(child["until"]))})
    return ", ".join(parts)


def _move(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    month = Month.parse(facts["from_month"])
    old = place_line(facts["from"], month.first_day)
    new = place_line(facts["to"], month.first_day) if facts["to"] else _("nơi không thuộc sổ này")
    return _("từ %(month)s: %(old)s → %(new)s") % {"month": month.vi, "old": old, "new": new}


def _birth(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    was = birth_of(date.fromisoformat(facts["was_born_on"]), facts["was_precision"])
    now = birth_of(date.fromisoformat(facts["born_on"]), facts["precision"])
    return f"{was.vi} → {now.vi}"


def _name(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    return f"{facts['was']} → {facts['is']}"


def _identity(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    return f"{NUMBERS[facts['kind']]} {facts['is']}"


def _merge(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    month = Month.parse(facts["from_month"]).vi
    return _("với hồ sơ số %(number)s, từ %(month)s") % {"number": facts["double"], "month": month}


def _collector(facts: Mapping[str, Any], _categories: Mapping[int, str]) -> str:
    relation = f" ({facts['relation']})" if facts["relation"] else ""
    until = _("ủy quyền đến %(day)s") % {"day": f"{date.fromisoformat(facts['until']):%d/%m/%Y}"}
    return f"{facts['name']}{relation}, {until}"


_TELLERS = {
    "children": _children,
    "record_grant": _of_grant,
    "stop_grant": _of_grant,
    "suspend_grant": _of_grant,
    "resume_grant": _of_grant,
    "adjust_grant": _of_grant,
    "move_resident": _move,
    "correct_birth": _birth,
    "correct_name": _name,
    "correct_identity": _identity,
    "merge_people": _merge,
    "change_collector": _collector,
}


def changed_name(kind: str) -> str:
    """What a kind of change is called on a person's own page."""
    return said(kind, "changed")
