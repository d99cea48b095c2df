"""A draft level tried on coming lists: what lists then say once it is law, by ages and schedule; nothing kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.models import Line
from ansinh.payroll.queries import Forecast, simulate_draft
from ansinh.policy import Draft, draft_of, load_pack
from tests.payroll.conftest import play
from tests.payroll.test_level_packs import load
from tests.payroll.test_level_starts import schedule
from tests.payroll.test_levels_ahead import everything
from tests.seeding import CHO_DON, NGOC_PHAI, Desk, add_person, open_desk

JUNE, JULY, AUGUST, SEPTEMBER, DECEMBER = (Month.of(2021, number) for number in (6, 7, 8, 9, 12))


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """1,5 for a severe disability; 2,0 for that of a child, 1,5 from the sixteenth birthday in 11/2021; 1,5 for an old
    person alone, 2,0 from the eightieth birthday in 10/2021."""
    add_person("Nông Văn Nặng", born=date(1975, 3, 2), category="disabled_severe", opening=JUNE)
    add_person("Ma Thị Em", born=date(2005, 11, 20), category="disabled_severe", opening=JUNE)
    add_person("Lý Văn Già", born=date(1941, 10, 5), category="elderly_poor_no_carer", opening=JUNE)
    return open_desk()


def level(starts: str, **more: Any) -> dict[str, Any]:
    return {"regime": "tcxh", "area": CHO_DON, "from": starts, "value": 400_000, "law": "Nghị quyết", **more}


def draft(starts: str, **more: Any) -> Draft:
    return draft_of({"title": "Mức dự kiến", "levels": [level(starts, **more)]}, "muc.yaml", load_pack())


def simulate(
    desk: Desk, tried: Draft, *, first: Month | None = None, months: int = 6, place: str = CHO_DON
) -> Forecast:
    return simulate_draft(
        draft=tried, file="muc.yaml", place_code=place, first=first, months=months, on=date(2021, 7, 3), by=desk.officer
    )


def test_ages_and_months_are_followed_and_nothing_is_kept(desk: Desk) -> None:
    """400.000 instead of 360.000 from 9/2021 on: 40.000 for each 1,0. Lists of 7 and 8: nothing. 9: 1,5 + 2,0 + 1,5 =
    5,0; 10: 1,5 + 2,0 + 2,0 = 5,5; 11 and 12: 1,5 + 1,5 + 2,0 = 5,0. In all 20,5 × 40.000 = 820.000 more than
    (5 + 5 + 5 + 5,5 + 5 + 5) × 360.000 = 10.980.000. The list of 6/2021 is
    taken as made."""
    before = everything()
    told = simulate(desk, draft("2021-09"))
    assert everything() == before
    assert [one.regular.more.value for one in told.lists] == [0, 0, 200_000, 220_000, 200_000, 200_000]
    assert [one.people for one in told.lists] == [0, 0, 3, 3, 3, 3]
    assert (told.people, told.total.now.value, told.total.more.value) == (3, 10_980_000, 820_000)
    assert sum(one.regular.more.value for one in told.groups) == 820_000
    assert [(one.people, one.regular.more.value) for one in told.groups] == [(1, 300_000), (2, 520_000)]


def test_lists_say_the_same_once_the_level_is_law(desk: Desk) -> None:
    """A level back to 7/2021 known in 8/2021: the list of 8 gives 5,0 × 40.000 of arrears for 7, then each its own."""
    play(desk, JUNE, CHO_DON)
    play(desk, JULY, CHO_DON)
    tried = draft("2021-07")
    told = simulate(desk, tried, months=5)
    assert [(one.month, one.arrears.then.value) for one in told.lists][:2] == [(AUGUST, 200_000), (SEPTEMBER, 0)]
    load(desk, [level("2021-07")], first=AUGUST)
    for one in told.lists:
        play(desk, one.month, CHO_DON)
        lines = Line.objects.filter(payroll_month=one.month)
        said = {
            kind: sum(line.amount_dong.value for line in lines if line.kind == kind) for kind in ("regular", "arrears")
        }
        assert said == {"regular": one.regular.then.value, "arrears": one.arrears.then.value}


def test_the_schedule_of_the_place_is_followed(desk: Desk) -> None:
    """Decree 20 listed from 11/2021: until then 270.000, so 400.000 is 130.000 more for each 1,0 from 9/2021 on; in the
    list of 11 the present side makes 90.000 good for each of 7 to 10, the draft's only for 7 and 8."""
    schedule(desk)
    told = simulate(desk, draft("2021-09"))
    assert [one.regular.more.value for one in told.lists] == [0, 0, 650_000, 715_000, 200_000, 200_000]
    november = told.lists[4]
    assert november.arrears.now.value == (5 + 5 + 5) * 90_000 + 495_000
    assert november.arrears.then.value == (5 + 5) * 90_000


def test_a_coefficient_is_tried_too(desk: Desk) -> None:
    """1,5 → 2,0 for grown people: one person until the child is sixteen, two from 11/2021: 180.000 each."""
    bands = [
        {"from": "2021-10", "value": "2.0", "law": "nd20", "article": "d6", "under_age": 60},
        {"from": "2021-10", "value": "2.0", "law": "nd20", "article": "d6", "from_age": 60},
    ]
    tried = draft_of({"title": "Thử", "coefficients": {"disabled_severe": bands}}, "hs.yaml", load_pack())
    told = simulate(desk, tried, place=NGOC_PHAI)
    assert [one.regular.more.value for one in told.lists] == [0, 0, 0, 180_000, 360_000, 360_000]


def test_refusals_name_the_way_out(desk: Desk) -> None:
    hiv = [{"from": "2021-10", "value": "2.0", "law": "nd20", "article": "d6"}]
    veiled = draft_of({"title": "Thử", "coefficients": {"adult_hiv_poor": hiv}}, "hs.yaml", load_pack())
    for tried, asked, code in (
        (draft("2021-09"), {"months": 0}, "months_out_of_range"),
        (draft("2021-09"), {"months": 2}, "draft_begins_later"),
        (draft("2021-09", area="99999"), {}, "draft_for_unknown_place"),
        (draft("2021-09", area="01"), {}, "draft_for_other_places"),
        (veiled, {"place": NGOC_PHAI}, "draft_tells_of_hiv"),
        (draft("2021-09", area="01"), {"place": "01"}, "nobody_listed_here"),
    ):
        with pytest.raises(Refusal) as refused:
            simulate(desk, tried, **asked)
        assert refused.value.code == code
