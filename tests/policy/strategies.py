"""Random circles for property tests: people with dated, partly unknown facts and grants of any category."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy import load_pack
from ansinh.policy.types import Child, Circle, Grant, Insurance, PersonFacts, Spell

# Merit items differ in nothing but their amounts: the lowest, one between and the highest stand for all.
_HONOURS = ("merit_phu_cap_81plus", "merit_tu_day", "merit_thuong_binh_100")
CATEGORIES = (*(one.code for one in load_pack().categories if one.kind != "merit"), *_HONOURS)
_months = st.integers(Month.of(2014, 1).index, Month.of(2029, 12).index).map(Month)
_days = st.dates(date(2014, 1, 1), date(2029, 12, 31))
_births = st.one_of(
    st.dates(date(1930, 1, 1), date(1960, 12, 31)),
    st.dates(date(1985, 1, 1), date(2024, 12, 31)),
    st.sampled_from([date(1944, 2, 29), date(2004, 2, 29), date(2008, 2, 29), date(2020, 2, 29), date(1945, 12, 31)]),
)


@st.composite
def spells(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> tuple[Spell[Any], ...] | None:
    """Unknown, known not, always, or one or two dated spells, some of unknown value."""
    kind = draw(st.sampled_from(["unknown", "not", "always", "always", "dated", "dated"]))
    if kind == "unknown":
        return None
    if kind == "not":
        return ()
    if kind == "always":
        return (Spell(draw(values)),)
    found = []
    for _ in range(draw(st.integers(1, 2))):
        starts = draw(st.none() | _months)
        length = draw(st.none() | st.integers(1, 60))
        ends = None if length is None else (starts or Month.of(2016, 1)) + length
        found.append(Spell(draw(st.none() | values), starts, ends))
    return tuple(found)


_insurances = st.builds(
    Insurance,
    st.sampled_from(["pension", "survivor", "other"]),
    st.none() | st.sampled_from([400_000, 520_000, 600_000, 3_000_000]).map(Dong),
)
_studies = spells(st.sampled_from(["school", "university"]))
_children = st.builds(
    Child,
    born=st.none() | st.dates(date(1996, 1, 1), date(2026, 12, 31)),
    died_on=st.none() | st.none() | _days,
    studying=_studies,
    ends=st.none() | st.none() | _months,
)
_true = spells(st.just(True))


_born_young = st.dates(date(1996, 1, 1), date(2026, 6, 30))
_born_old = st.dates(date(1935, 1, 1), date(1958, 12, 31)) | st.sampled_from([date(1944, 2, 29), date(1936, 2, 29)])
_disabled = spells(st.sampled_from(["severe", "exceptional", "mild"]))
_raising = st.lists(_children, min_size=1, max_size=3).map(tuple)
_poor = spells(st.sampled_from(["poor", "poor", "near_poor"]))
_alone = spells(st.sampled_from(["never_married", "spouse_dead", "divorced"]))
# The facts a category hangs on; a random person has those of one category likely and the rest by chance.
HANGS_ON: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "child_no_care": {"born": _born_young, "no_care_ground": spells(st.just("abandoned")), "studying": _studies},
    "youth_16_plus_study": {"born": _born_young, "was_child_no_care": st.just(True), "studying": _studies},
    "child_hiv_poor": {"born": _born_young, "hiv": _true, "poverty": _poor},
    "adult_hiv_poor": {"born": _born_young, "hiv": _true, "poverty": _poor},
    "single_parent_poor": {"poverty": _poor, "single_parent": _alone, "children": _raising},
    "elderly_poor_no_carer": {"born": _born_old, "poverty": _poor, "supporter": spells(st.just("none"))},
    "elderly_75_79_special_area": {"born": _born_old, "poverty": _poor, "special_area": _true},
    "elderly_80_no_pension": {"born": _born_old, "insurance_income": st.just(()) | spells(_insurances)},
    "social_pension": {"born": _born_old, "insurance_income": st.just(()) | spells(_insurances)},
    "elderly_community_care": {"born": _born_old, "poverty": _poor, "taken_in": _true},
    "disabled_severe": {"disability": _disabled},
    "disabled_exceptional": {"disability": _disabled},
    "child_under3_special_area": {"born": _born_young, "poverty": _poor, "special_area": _true},
    "facility_care": {"in_facility": _true},
    "carer_child_no_care": {"born": _born_young, "no_care_ground": spells(st.just("abandoned")), "taken_in": _true},
    "carer_elderly_community": {"born": _born_old, "poverty": _poor, "taken_in": _true},
    "carer_disabled_parent": {"disability": _disabled, "children": _raising, "pregnant": _true},
    "carer_takein_exceptional": {"disability": _disabled, "taken_in": _true},
    "carer_household_exceptional": {"disability": _disabled, "cared_at_home": _true},
}


@st.composite
def people(draw: st.DrawFn, about: str, spouse: str | None) -> PersonFacts:
    """Somebody for whom the category `about` is likely; other facts are unknown or known not."""
    rest: Any = draw(st.sampled_from([None, ()]))
    facts: dict[str, Any] = dict.fromkeys(
        ("poverty", "special_area", "supporter", "no_care_ground", "studying", "hiv", "insurance_income",
         "single_parent", "pregnant", "disability", "cared_at_home", "taken_in", "in_facility", "imprisoned"), rest,
    )  # fmt: skip
    facts["born"] = draw(st.none() | _births | _births)
    facts["merit"] = draw(st.none() | st.none() | spells(st.sampled_from([500_000, 2_000_000]).map(Dong)))
    facts["imprisoned"] = draw(st.just(rest) | st.just(rest) | _true)
    facts["died_on"] = draw(st.none() | st.none() | st.none() | _days)
    facts["missing_on"] = draw(st.none() | st.none() | st.none() | st.none() | _days)
    other = draw(st.sampled_from(CATEGORIES))
    for category in (other, about):
        facts |= {name: draw(strategy) for name, strategy in HANGS_ON.get(category, {}).items()}
    return PersonFacts(**facts, spouse=spouse)


@st.composite
def circles(draw: st.DrawFn) -> Circle:
    """Two people, perhaps a couple, with up to four grants between them."""
    couple = draw(st.booleans())
    about = {"a": draw(st.sampled_from(CATEGORIES)), "b": draw(st.sampled_from(CATEGORIES))}
    found = {"a": draw(people(about["a"], "b" if couple else None)), "b": draw(people(about["b"], None))}
    grants = []
    for index in range(draw(st.integers(1, 4))):
        person = draw(st.sampled_from(["a", "b"]))
        category = draw(st.sampled_from([about[person], about[person], *CATEGORIES]))
        carer = category.startswith("carer")
        starts = draw(st.none() | st.none() | _months)
        length = draw(st.none() | st.none() | st.integers(1, 80))
        grants.append(
            Grant(
                key=f"g{index}",
                person=person,
                category=category,
                for_person=draw(st.sampled_from([None, person, person, "a", "b"])) if carer else None,
                signed_on=draw(st.none() | _days),
                applied_on=draw(st.none() | _days),
                starts=starts,
                ends=None if length is None else (starts or Month.of(2018, 1)) + length,
                children=draw(st.none() | st.integers(1, 3)),
                coefficient=draw(st.none() | st.sampled_from(["1.0", "1.5", "2.0", "2.5", "9.5"]).map(Decimal)),
            )
        )
    areas = draw(st.sampled_from([(), ("01",), ("22",), ("31",)]))
    return Circle(found, tuple(grants), areas)


_PLAIN: dict[str, Any] = {
    "poverty": (Spell("poor"),),
    "special_area": (Spell(True),),
    "supporter": (Spell("none"),),
    "no_care_ground": (Spell("abandoned"),),
    "was_child_no_care": True,
    "hiv": (Spell(True),),
    "insurance_income": (),
    "single_parent": (Spell("never_married"),),
    "cared_at_home": (Spell(True),),
    "pregnant": (),
}


@st.composite
def plain_circles(draw: st.DrawFn) -> Circle:
    """One person whom everything supports, one grant: the few months of change must all be the engine's own."""
    category = draw(st.sampled_from([*CATEGORIES, "single_parent_poor", "carer_disabled_parent"]))
    grades: Any = st.sampled_from([(Spell("severe"),), (Spell("exceptional"),)])
    births = st.none() if category in ("single_parent_poor", "carer_disabled_parent") else _born_young | _born_old
    studying = draw(st.sampled_from([(Spell("school"),), None, ()]))
    child = st.builds(
        Child,
        born=st.dates(date(1996, 1, 1), date(2026, 12, 31)),
        studying=st.sampled_from([(Spell("school"),), None, ()]),
        died_on=st.none() | _days,
    )
    facts = PersonFacts(
        born=draw(births),
        studying=studying,
        disability=draw(grades),
        children=tuple(draw(st.lists(child, min_size=1, max_size=2))),
        taken_in=draw(st.sampled_from([(), (Spell(True),)])),
        in_facility=(Spell(True),) if category == "facility_care" else (),
        **_PLAIN,
    )
    cared = "p" if category.startswith("carer") else None
    return Circle({"p": facts}, (Grant("g", "p", category, for_person=cared, signed_on=draw(st.none() | _days)),))
