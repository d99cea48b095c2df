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

CATEGORIES = tuple(category.code for category in load_pack().categories)
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


@st.composite
def people(draw: st.DrawFn, spouse: str | None) -> PersonFacts:
    return PersonFacts(
        born=draw(st.none() | _births | _births | _births),
        died_on=draw(st.none() | st.none() | st.none() | _days),
        missing_on=draw(st.none() | st.none() | st.none() | st.none() | _days),
        poverty=draw(spells(st.sampled_from(["poor", "near_poor"]))),
        special_area=draw(_true),
        supporter=draw(spells(st.sampled_from(["none", "on_assistance", "able"]))),
        no_care_ground=draw(spells(st.just("abandoned"))),
        was_child_no_care=draw(st.sampled_from([None, True, False])),
        studying=draw(_studies),
        hiv=draw(_true),
        stable_income=draw(_true),
        insurance_income=draw(spells(_insurances)),
        merit=draw(st.just(None) | spells(st.sampled_from([500_000, 2_000_000]).map(Dong))),
        single_parent=draw(spells(st.sampled_from(["never_married", "divorced"]))),
        children=draw(st.none() | st.lists(_children, max_size=3).map(tuple)),
        pregnant=draw(_true),
        disability=draw(spells(st.sampled_from(["severe", "exceptional", "mild"]))),
        cared_at_home=draw(_true),
        taken_in=draw(_true),
        spouse=spouse,
        imprisoned=draw(st.just(()) | _true),
        in_facility=draw(st.just(()) | _true),
    )


@st.composite
def circles(draw: st.DrawFn) -> Circle:
    """Two people, perhaps a couple, with up to four grants between them."""
    couple = draw(st.booleans())
    found = {"a": draw(people("b" if couple else None)), "b": draw(people(None))}
    grants = []
    for index in range(draw(st.integers(1, 4))):
        category = draw(st.sampled_from(CATEGORIES))
        starts = draw(st.none() | st.none() | _months)
        length = draw(st.none() | st.none() | st.integers(1, 80))
        grants.append(
            Grant(
                key=f"g{index}",
                person=draw(st.sampled_from(["a", "b"])),
                category=category,
                for_person=draw(st.sampled_from([None, "a", "b"])) if category.startswith("carer") else None,
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
