"""Who the histories are about, and all that was told of them, folded a second way: by days, and month by month.

Nothing here reads the database or the register's own folding of changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy.types import Child, Grant, Insurance, PersonFacts, Sex, Spell

MERGED = Month.of(2025, 7)
# Ngọc Phái, Xuân Lạc, Hàng Mã (Hà Nội has levels of its own), and who took them over.
OLD_COMMUNES, NEW_COMMUNES = ("02053", "02023", "00043"), ("02020", "02026", "00070")
HEIRS = dict(zip(OLD_COMMUNES, NEW_COMMUNES, strict=True))
# Facts that hold or do not; the others have a value of their own.
_YES = ("special_area", "hiv", "stable_income", "pregnant", "cared_at_home", "taken_in", "imprisoned", "in_facility")
FACTS = (
    *_YES, "poverty", "supporter", "no_care_ground", "studying", "insurance_income", "merit", "single_parent",
    "disability",
)  # fmt: skip


def communes_of(month: Month) -> tuple[str, ...]:
    """The codes of the three communes in a month."""
    return OLD_COMMUNES if month < MERGED else NEW_COMMUNES


@dataclass
class Told:
    """One change as it was told: its number in the register, from which day it is true, what it says."""

    change_id: int
    kind: str
    day: date
    says: dict[str, Any]
    is_undone: bool = False


@dataclass(eq=False)
class Granted:
    """A decision of the register. `opening`: the first month paid here."""

    pk: int
    category: str
    starts: Month
    opening: Month
    signed_on: date | None = None
    children: int | None = None
    cared_for: int | None = None
    is_undone: bool = False
    # First month it no longer stands for, by a merge; None: no merge says so.
    until: Month | None = None


@dataclass
class Somebody:
    """A person as first written down, and what was told since, in the order it was told."""

    pk: int
    name: str
    birth: BirthDate
    sex: Sex | None
    home: str
    grants: list[Granted] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    is_merged: bool = False

    def standing(self, *kinds: str) -> list[Told]:
        """What was told of those kinds and not taken back, by the day it is true from, then as told."""
        return sorted((one for one in self.told if one.kind in kinds and not one.is_undone), key=lambda one: one.day)

    @property
    def born(self) -> BirthDate:
        """The birth as corrected last."""
        corrected = [one for one in self.told if one.kind == "correct_birth" and not one.is_undone]
        return corrected[-1].says["birth"] if corrected else self.birth

    @property
    def died_on(self) -> date | None:
        return next((one.day for one in self.standing("record_death")), None)

    def commune_in(self, month: Month) -> str:
        """Where they live in a month, by the code of that month."""
        moves = [one for one in self.standing("move") if Month.containing(one.day) <= month and one.says["to"]]
        code = moves[-1].says["to"] if moves else self.home
        return HEIRS.get(code, code) if month >= MERGED else code

    def has_left(self, month: Month, since: Month) -> bool:
        """Whether they live outside the register in a month, having left after a decision of `since` began."""
        moves = [one for one in self.standing("move") if Month.containing(one.day) <= month]
        return bool(moves) and not moves[-1].says["to"] and since < Month.containing(moves[-1].day)

    def pays(self, grant: Granted, month: Month) -> bool:
        """Whether the decision stands for a month: begun, not ended, not suspended, its person not gone."""
        if grant.is_undone or (grant.until is not None and month >= grant.until):
            return False
        if month < max(grant.starts, grant.opening) or self.has_left(month, grant.starts):
            return False
        of_grant = [one for one in self.standing("stop", "suspend", "resume") if one.says["grant"] == grant.pk]
        since: Month | None = None
        for one in of_grant:
            if one.kind == "stop" and month > Month.containing(one.day):
                return False
            if one.kind == "suspend" and since is None:
                since = Month.containing(one.day)
            elif one.kind == "resume" and since is not None:
                if since <= month < one.says["pays_from"]:
                    return False
                since = None
        return since is None or month < since

    def is_suspended(self, grant: Granted) -> bool:
        """Whether the decision waits to be resumed."""
        of_grant = [one for one in self.standing("suspend", "resume") if one.says["grant"] == grant.pk]
        return bool(of_grant) and of_grant[-1].kind == "suspend"

    def facts(self) -> PersonFacts:
        """All that is known of them, as the law is asked."""
        known: dict[str, Any] = {kind: self._spells(kind) for kind in FACTS if self.standing(kind)}
        children = [one.says["children"] for one in self.standing("children")]
        if children:
            known["children"] = tuple(
                Child(born=born, studying=None if studying is None else ((Spell("school"),) if studying else ()))
                for born, studying in children[-1]
            )
        return PersonFacts(
            born=self.born.first_day, born_precision=self.born.precision, sex=self.sex, died_on=self.died_on, **known
        )

    def _spells(self, kind: str) -> tuple[Spell[Any], ...]:
        """Each value from its day to the day before another; unknown before the first. Said again it is one spell."""
        by_day = {one.day: one.says for one in self.standing(kind)}
        stretches: list[tuple[date, dict[str, Any]]] = []
        for day, says in sorted(by_day.items(), key=lambda found: found[0]):
            if not stretches or stretches[-1][1] != says:
                stretches.append((day, says))
        spells: list[Spell[Any]] = [Spell(None, None, _month_after(stretches[0][0]))]
        for number, (day, says) in enumerate(stretches):
            ends = _month_after(stretches[number + 1][0]) if number + 1 < len(stretches) else None
            if says["value"] != "none" or kind == "supporter":
                spells.append(Spell(_value(kind, says), Month.containing(day), ends))
        return tuple(spells)


def _month_after(day: date) -> Month:
    """The month after the last one in which what ended on that day still held."""
    return Month.containing(day - timedelta(days=1)) + 1


def _value(kind: str, says: dict[str, Any]) -> Any:
    if kind == "insurance_income":
        return Insurance(says["value"], Dong(says["monthly"]))
    if kind == "merit":
        return Dong(says["monthly"])
    return True if kind in _YES else says["value"]


def as_decided(person: Somebody, grant: Granted) -> Grant:
    """The decision as the law is asked about it, without an end: which months it stands for is asked elsewhere."""
    return Grant(
        key=str(grant.pk), person=str(person.pk), category=grant.category, starts=grant.starts,
        for_person=None if grant.cared_for is None else str(grant.cared_for), signed_on=grant.signed_on,
        children=grant.children, coefficient=None,
    )  # fmt: skip


@dataclass(frozen=True)
class Role:
    """Somebody of the cast: of which age (years) how many months into the history, granted what, caring for whom."""

    name: str
    category: str
    years: int
    reached: int
    commune: int
    sex: Sex
    children: int | None = None
    cares_for: int | None = None

    def birth(self, first: Month) -> BirthDate:
        month = first + self.reached + -12 * self.years
        return BirthDate(month.first_day + timedelta(days=14), "day")


CAST = (
    Role("Lý Ngọc An", "elderly_80_no_pension", 84, 3, 0, "male"),
    Role("Ma Xuân Thảo", "disabled_exceptional", 16, 10, 0, "male"),
    Role("Trần Thị Dương", "carer_household_exceptional", 40, 5, 0, "female", cares_for=1),
    Role("Hứa Văn Khánh", "disabled_severe", 60, 14, 1, "male"),
    Role("Ma Thị Tuấn", "single_parent_poor", 30, 0, 1, "female", children=2),
    Role("Triệu Thị Hạnh", "child_no_care", 16, 8, 2, "female"),
    Role("Nông Văn Quý", "elderly_poor_no_carer", 75, 12, 2, "male"),
    Role("Hứa Văn Khành", "disabled_severe", 60, 13, 0, "male"),
)
