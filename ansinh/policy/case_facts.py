"""The people of a law case as facts and grants: everything is known, what is absent reads as the format says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy.amounts import MERIT_PREFIX
from ansinh.policy.case_reading import LawCase, Place
from ansinh.policy.clauses import MERIT
from ansinh.policy.pack_model import SELF_CARED, Category, Pack
from ansinh.policy.types import Child, Circle, Dated, Grade, Grant, Insurance, PersonFacts, Precision, Spell, between

_PERSON_KEYS = {
    "born", "died", "sex", "poverty", "special_area", "supporter", "no_care_ground", "was_child_no_care", "studying",
    "hiv", "single_parent", "children", "pregnant", "disability", "cared_at_home", "taken_in", "spouse",
    "insurance_income", "imprisoned", "in_facility", "applied", "signed", "carer_signed", "merit",
}  # fmt: skip
_STUDIES = ("school", "vocational", "college", "university")
_GROUNDS = ("abandoned", "both_parents_dead", "one_parent_dead_other_missing", "one_parent_dead_other_in_facility",
            "one_parent_dead_other_imprisoned", "both_parents_missing", "both_parents_imprisoned",
            "both_parents_in_facility", "parents_unidentified")  # fmt: skip


def circle_of(case: LawCase, pack: Pack, place: Place) -> Circle:
    """The case's people, each granted every category from the day given, so that the law alone decides.

    Refuses (CaseFault) unknown keys and values.
    """
    people: dict[str, PersonFacts] = {}
    grants: list[Grant] = []
    for name, content in case.people.items():
        at = place.under(f"people.{name}")
        known = at.mapping(content, _PERSON_KEYS)
        people[name] = _facts(known, at)
        spouse = people[name].spouse
        if spouse is not None and spouse not in case.people:
            raise at.under("spouse").fault(f'không có người "{spouse}" trong tình huống')
        grants.extend(_grant(name, known, category, at) for category in pack.categories if category.kind != MERIT)
        grants.extend(_honours(name, known, pack, at))
    return Circle(_children_linked(people), tuple(grants))


def _children_linked(people: dict[str, PersonFacts]) -> dict[str, PersonFacts]:
    """A child told of both under its parent and as a person of its own (same birth and death) is one child."""

    def linked(child: Child) -> Child:
        for name, facts in people.items():
            if child.died_on is not None and (facts.born, facts.died_on) == (child.born, child.died_on):
                return replace(child, person=name)
        return child

    return {name: replace(facts, children=tuple(map(linked, facts.children or ()))) for name, facts in people.items()}


def _grant(name: str, content: dict[str, Any], category: Category, at: Place) -> Grant:
    signed = _day(content, "carer_signed" if category.is_carer else "signed", at)
    if category.code in ("disabled_severe", "disabled_exceptional"):
        entries = content.get("disability") or [{}]
        # The first certificate's decision is the grant; later ones only adjust it.
        signed = _day(entries[0], "signed", at.under("disability.1")) or signed
    return Grant(
        key=f"{name}/{category.code}",
        person=name,
        category=category.code,
        for_person=name if category.is_carer and category.code != SELF_CARED else None,
        signed_on=signed,
        applied_on=_day(content, "applied", at),
    )


def _honours(name: str, content: dict[str, Any], pack: Pack, at: Place) -> list[Grant]:
    """Merit allowances are granted only where the case says so, by item."""
    items = tuple(one.code.removeprefix(MERIT_PREFIX) for one in pack.categories if one.kind == MERIT)
    return [
        Grant(f"{name}/{spell.value}", name, f"{MERIT_PREFIX}{spell.value}", starts=spell.starts, ends=spell.ends)
        for spell in _dated(content, "merit", items, at)
    ]


def _facts(content: dict[str, Any], at: Place) -> PersonFacts:
    born, precision = _birth(at.needed(content, "born"), at)
    return PersonFacts(
        born=born,
        born_precision=precision,
        died_on=_day(content, "died", at),
        sex=_one_of(content, "sex", ("male", "female"), at),
        poverty=_dated(content, "poverty", ("poor", "near_poor"), at),
        special_area=_true(content, "special_area", at),
        supporter=_dated(content, "supporter", ("none", "on_assistance"), at) or between("able", None),
        no_care_ground=_dated(content, "no_care_ground", _GROUNDS, at),
        was_child_no_care=bool(_one_of(content, "was_child_no_care", (True, False), at)),
        studying=_dated(content, "studying", _STUDIES, at),
        hiv=_true(content, "hiv", at),
        stable_income=(),
        insurance_income=_insurance(content.get("insurance_income"), at.under("insurance_income")),
        merit=(),
        single_parent=_dated(
            content, "single_parent", ("never_married", "spouse_dead", "spouse_missing", "divorced"), at
        ),
        children=at.under("children").items(content.get("children") or [], _child),
        pregnant=_true(content, "pregnant", at),
        disability=_disability(content.get("disability") or [], at.under("disability")),
        cared_at_home=_true(content, "cared_at_home", at),
        taken_in=_true(content, "taken_in", at),
        spouse=None if content.get("spouse") is None else str(content["spouse"]),
        imprisoned=_true(content, "imprisoned", at),
        in_facility=_true(content, "in_facility", at),
    )


def _one_of(content: dict[str, Any], key: str, allowed: tuple[Any, ...], at: Place) -> Any:
    return at.under(key).chosen(content[key], allowed) if key in content else None


def _day(content: Mapping[str, Any], key: str, at: Place) -> date | None:
    return at.under(key).day(content[key]) if content.get(key) is not None else None


def _birth(value: Any, at: Place) -> tuple[date, Precision]:
    """A birth "1989-01-01", "1989-01" or "1989": unknown day and month count as the first."""
    text = value.isoformat() if type(value) is date else str(value)
    kinds: dict[int, tuple[str, Precision]] = {10: ("", "day"), 7: ("-01", "month"), 4: ("-01-01", "year")}
    if len(text) not in kinds:
        raise at.under("born").fault(f'phải là "1989-01-01", "1989-01" hoặc "1989", không phải {value!r}')
    rest, precision = kinds[len(text)]
    return at.under("born").day(text + rest), precision


def _true(content: dict[str, Any], key: str, at: Place) -> Dated[bool]:
    """A fact that is true, true from a day on, or dated."""
    value = content.get(key, False)
    if value is False:
        return ()
    if value is True or isinstance(value, list):
        spells: Dated[bool] = _dated(content, key, (True,), at)
        return spells
    return between(True, at.under(key).day(value))


def _dated(content: dict[str, Any], key: str, allowed: tuple[Any, ...], at: Place) -> Any:
    """A fact given plainly or as a list of {is, from, until}, days both included; absent: known not."""
    if key not in content:
        return ()
    value, place = content[key], at.under(key)
    if not isinstance(value, list):
        return between(place.chosen(value, allowed), None)

    def spell(item: Any, where: Place) -> Spell[Any]:
        known = where.mapping(item, {"is", "from", "until"})
        chosen = where.under("is").chosen(where.needed(known, "is"), allowed)
        return between(chosen, _day(known, "from", where), _day(known, "until", where))[0]

    return place.items(value, spell)


def _insurance(value: Any, at: Place) -> Dated[Insurance]:
    if value is None:
        return ()
    known = at.mapping(value, {"kind", "amount", "from", "until"})
    kind = at.under("kind").chosen(at.needed(known, "kind"), ("pension", "survivor", "other"))
    amount = known.get("amount")
    monthly = None if amount is None else Dong(at.under("amount").whole(amount))
    return between(Insurance(kind, monthly), _day(known, "from", at), _day(known, "until", at))


def _child(item: Any, at: Place) -> Child:
    known = at.mapping(item, {"born", "died", "studying"})
    born, _ = _birth(at.needed(known, "born"), at)
    return Child(born=born, died_on=_day(known, "died", at), studying=_dated(known, "studying", _STUDIES, at))


def _disability(value: Any, at: Place) -> Dated[Grade]:
    """Certificates in order; each replaces the one before from its own month, which both touch."""

    def entry(item: Any, where: Place) -> tuple[Grade, Month | None]:
        known = where.mapping(item, {"grade", "certified", "signed"})
        grade = where.under("grade").chosen(where.needed(known, "grade"), ("severe", "exceptional", "mild"))
        day = _day(known, "certified", where) or _day(known, "signed", where)
        return grade, None if day is None else Month.containing(day)

    entries = at.items(value, entry)
    spells = []
    for index, (grade, starts) in enumerate(entries):
        following = entries[index + 1][1] if index + 1 < len(entries) else None
        spells.append(Spell(grade, starts, None if following is None else following + 1))
    return tuple(spells)
