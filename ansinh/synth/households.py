"""Which households there are: who lives in each, by what is granted to them and between which ages."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.month import Month

PENSION_BEGAN = Month.of(2025, 7)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a household: a category, ages in years (both included) on the day of the last decisions."""

    category: str
    youngest: int
    oldest: int
    # From which age the category can be decided.
    from_age: int = 0
    # Of a hundred, how many are women.
    women: int = 50
    # Places in the household of whom they are paid for caring.
    cares_for: tuple[int, ...] = ()
    # A second allowance beside it.
    beside: str = ""

    @property
    def is_old(self) -> bool:
        return self.youngest >= 60

    @property
    def is_grown(self) -> bool:
        return self.youngest >= 16

    @property
    def is_poor(self) -> bool:
        """Whether the category rests on the household's being poor."""
        return "poor" in self.category or self.category in ("elderly_community_care", "child_under3_special_area")


def _carer(category: str, *cares_for: int, youngest: int = 24, oldest: int = 70) -> Member:
    return Member(category, youngest, oldest, from_age=20, women=68, cares_for=cares_for)


_PENSIONER = Member("social_pension", 75, 101, from_age=75, women=60)
_ORPHAN = Member("child_no_care", 0, 14)
KINDS: dict[str, tuple[Member, ...]] = {
    "severe": (Member("disabled_severe", 2, 92, women=46),),
    "exceptional": (Member("disabled_exceptional", 2, 88, women=48), _carer("carer_household_exceptional", 0)),
    "exceptional_taken_in": (Member("disabled_exceptional", 2, 70), _carer("carer_takein_exceptional", 0, youngest=30)),
    "orphan": (_ORPHAN, _carer("carer_child_no_care", 0, youngest=38)),
    "orphans": (_ORPHAN, _ORPHAN, _carer("carer_child_no_care", 0, 1, youngest=42)),
    "student": (Member("youth_16_plus_study", 16, 20, from_age=16),),
    "single_parent": (Member("single_parent_poor", 24, 46, from_age=19, women=88),),
    "disabled_single_parent": (Member("single_parent_poor", 26, 46, from_age=20, women=88, beside="disabled_severe"),),
    "adult_hiv": (Member("adult_hiv_poor", 21, 58, from_age=18, women=38),),
    "child_hiv": (Member("child_hiv_poor", 1, 14),),
    "elderly_alone": (Member("elderly_poor_no_carer", 60, 93, from_age=60, women=72),),
    "elderly_taken_in": (
        Member("elderly_community_care", 66, 92, from_age=60, women=65),
        _carer("carer_elderly_community", 0, youngest=30, oldest=62),
    ),
    "pensioner": (_PENSIONER,),
    "pensioner_couple": (
        Member("social_pension", 75, 97, from_age=75, women=0),
        Member("social_pension", 75, 94, from_age=75, women=100),
    ),
    "small_child": (Member("child_under3_special_area", 0, 1),),
}
# Who fills the last place of a commune whose household no longer fits.
LAST_KIND = "severe"
