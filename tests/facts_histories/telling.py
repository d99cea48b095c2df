"""Changes told to the register: done through its actions, written on the paper beside; refused, they leave no trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy import load_pack, start_month
from ansinh.policy.types import Grant as DecidedGrant
from ansinh.registry.actions import (
    adjust_grant,
    correct_birth,
    merge_people,
    move_resident,
    record_children,
    record_death,
    record_fact,
    record_grant,
    resume_grant,
    stop_grant,
    suspend_grant,
    undo_change,
)
from ansinh.registry.models import Change, Grant
from ansinh.registry.types import ChangeRecorded, ChildRaised, Paper
from tests.facts_histories.merging import merge
from tests.facts_histories.people import CAST, Granted, Somebody, Told, communes_of
from tests.facts_histories.traces import WrongAnswer, traces
from tests.seeding import Desk

T = TypeVar("T")

_FOR_MANY = ("poverty poor", "poverty none", "imprisoned yes", "imprisoned none", "insurance_income pension 600000",
             "insurance_income none")  # fmt: skip
# What is told of whom: facts their category hangs on, then those that may happen to anybody.
RELEVANT: tuple[tuple[str, ...], ...] = (
    ("insurance_income survivor 3000000", "poverty near_poor", "merit yes 2000000", "merit none", "supporter none"),
    ("disability exceptional", "disability severe", "disability mild", "cared_at_home none", "in_facility yes"),
    ("single_parent never_married", "poverty poor", "disability severe", "pregnant yes", "taken_in yes"),
    ("disability severe", "disability exceptional", "disability none", "in_facility yes", "in_facility none"),
    ("single_parent never_married", "single_parent none", "poverty near_poor", "hiv yes", "disability severe"),
    ("studying school", "studying none", "no_care_ground abandoned", "no_care_ground none", "taken_in yes"),
    ("supporter none", "supporter able", "supporter on_assistance", "poverty near_poor", "special_area yes"),
    ("disability severe", "disability exceptional", "special_area yes", "stable_income yes", "stable_income none"),
)
_GRANTED = (
    ("elderly_poor_no_carer", "elderly_75_79_special_area", "disabled_severe", "social_pension"),
    ("disabled_severe", "child_no_care", "disabled_exceptional"),
    ("carer_household_exceptional", "single_parent_poor", "disabled_severe", "carer_takein_exceptional"),
    ("disabled_exceptional", "elderly_poor_no_carer", "disabled_severe"),
    ("disabled_severe", "adult_hiv_poor", "single_parent_poor", "carer_disabled_parent"),
    ("youth_16_plus_study", "disabled_severe", "child_no_care"),
    ("elderly_80_no_pension", "social_pension", "disabled_severe", "carer_household_exceptional"),
    ("disabled_severe", "elderly_poor_no_carer", "carer_household_exceptional"),
)


@dataclass(frozen=True)
class Telling:
    """One thing to tell: in which month of the history and at which step of a list, what, of whom, how."""

    month: int
    step: int
    verb: str
    who: int
    # Days from the day of telling to the day it is true from.
    days: int
    choice: int


@dataclass
class Tally:
    """What a number of histories came to."""

    histories: int = 0
    told: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    lists: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    # People of lists, summed over these, whose own month alone was looked at.
    steady: int = 0


class Clerk:
    """Tells the register, and the paper, what became of people."""

    def __init__(self, desk: Desk, people: list[Somebody], tally: Tally) -> None:
        self.desk, self.people, self.tally = desk, people, tally
        self.now = datetime(2019, 1, 1, tzinfo=UTC)

    def tell(self, told: Telling) -> None:
        """One change, by the verb it names."""
        self.now += timedelta(minutes=1)
        getattr(self, f"_{told.verb}")(self.people[told.who], told)

    def act(self, what: str, work: Callable[[], T], *, refusals: tuple[str, ...] = ()) -> T | None:
        """Do it; None when it was refused as it might be, and then nothing is left of it."""
        before = traces() if refusals else ""
        try:
            done = work()
        except Refusal as refused:
            self.tally.refused[f"{what}: {refused.code}"] += 1
            if refused.code not in refusals:
                raise WrongAnswer(f"{what}: {refused.code}: {refused.message}") from refused
            if traces() != before:
                raise WrongAnswer(f"{what}, {refused.code}: something was left behind") from refused
            return None
        self.tally.told[what] += 1
        return done

    def _say(  # noqa: PLR0917 - what follows goes to the action by name
        self, person: Somebody, kind: str, day: date, says: dict[str, Any], work: Callable[..., ChangeRecorded],
        refusals: tuple[str, ...] = (), /, **more: Any,
    ) -> ChangeRecorded | None:  # fmt: skip
        paper = Paper("30/QĐ-UBND", self.now.date(), "", "")
        usual = ("change_already_recorded", "day_before_birth", *("person_merged",) * person.is_merged)
        done = self.act(
            kind,
            lambda: work(person_id=person.pk, paper=paper, by=self.desk.officer, at=self.now, **more),
            refusals=(*usual, *refusals),
        )
        if done is not None:
            person.told.append(Told(done.change_id, kind, day, says))
        return done

    def _day(self, told: Telling) -> date:
        return self.now.date() + timedelta(days=told.days)

    def _death(self, person: Somebody, told: Telling) -> None:
        day = self._day(told)
        refusals = ("day_in_future", *(("already_dead",) if person.died_on else ()))
        self._say(person, "record_death", day, {}, record_death, refusals, died_on=day)

    def _birth(self, person: Somebody, told: Telling) -> None:
        """Months or years off the birth first written, some known to the year alone."""
        month = Month.containing(person.birth.first_day) + (-120, -60, -12, -1, 1, 3, 13, 61)[told.choice % 8]
        day = month.first_day + timedelta(days=abs(told.days) % 28)
        birth = BirthDate(date(day.year, 1, 1), "year") if told.choice % 3 == 0 else BirthDate(day, "day")
        refusals = ("day_in_future",)
        self._say(person, "correct_birth", day, {"birth": birth}, correct_birth, refusals, birth=birth)

    def _fact(self, person: Somebody, told: Telling) -> None:
        choices = (*RELEVANT[told.who], *_FOR_MANY)
        kind, value, *sums = choices[told.choice % len(choices)].split()
        monthly = int(sums[0]) if sums else None
        day = self._day(told)
        self._say(
            person, kind, day, {"value": value, "monthly": monthly}, record_fact, kind=kind, value=value,
            effective_on=day, monthly_dong=None if monthly is None else Dong(monthly),
        )  # fmt: skip

    def _children(self, person: Somebody, told: Telling) -> None:
        day = self._day(told)
        years = ((), (1,), (15,), (1, 9), (2, 15, 17))[told.choice % 5]
        raised = [(date(day.year - age, 5, 20), (None, True, False)[(told.choice + age) % 3]) for age in years]
        self._say(
            person, "children", day, {"children": raised}, record_children, known_on=day,
            children=tuple(ChildRaised(born=born, studying=studying) for born, studying in raised),
        )  # fmt: skip

    def _grant(self, person: Somebody, told: Telling) -> None:
        choices = _GRANTED[told.who]
        category = choices[told.choice % len(choices)]
        cared_for = None
        if category.startswith("carer_"):
            cared_for = person if category == "carer_disabled_parent" else self.people[(1, 3)[told.choice // 4 % 2]]
        starts = Month.containing(self._day(told)) if told.choice % 2 else None
        wanted = starts or self._lawful_start(category, cared_for or person)
        pk = None if cared_for is None else cared_for.pk
        done = self._say(
            person, "grant", self.now.date(), {}, record_grant, ("same_grant_running",), category=category,
            starts=starts, cared_for_id=pk, children=1 if "parent" in category else None,
        )  # fmt: skip
        if done is not None:
            grant = Grant.objects.get(pk=Change.objects.get(pk=done.change_id).facts["grant_id"])
            if grant.starts != wanted:
                raise WrongAnswer(f"{category} của {person.name} từ {grant.starts}, phải từ {wanted}")
            person.told[-1].says = {"grant": grant.pk}
            person.grants.append(
                Granted(grant.pk, category, wanted, wanted, self.now.date(), grant.children, cared_for=pk)
            )

    def _lawful_start(self, category: str, subject: Somebody) -> Month:
        decided = DecidedGrant(key="", person="", category=category, for_person="", signed_on=self.now.date())
        found = start_month(decided, subject.facts(), pack=load_pack())
        return found or Month.containing(self.now.date())

    def _chosen(self, person: Somebody, told: Telling) -> Granted:
        return person.grants[told.choice % len(person.grants)]

    def _stop(self, person: Somebody, told: Telling) -> None:
        grant, day = self._chosen(person, told), self._day(told)
        refusals = ("already_stopped", *(("stop_before_start",) if day < grant.starts.first_day else ()))
        self._say(
            person, "stop", day, {"grant": grant.pk}, stop_grant, refusals, grant_id=grant.pk, happened_on=day
        )  # fmt: skip

    def _suspend(self, person: Somebody, told: Telling) -> None:
        grant, month = self._chosen(person, told), Month.containing(self._day(told))
        self._say(
            person, "suspend", month.first_day, {"grant": grant.pk}, suspend_grant,
            ("already_suspended", "resumed_later"), grant_id=grant.pk, from_month=month,
        )  # fmt: skip

    def _resume(self, person: Somebody, told: Telling) -> None:
        suspended = [one.says["grant"] for one in person.standing("suspend")]
        grant_id, day = (suspended or [self._chosen(person, told).pk])[-1], self._day(told)
        done = self._say(
            person, "resume", day, {"grant": grant_id}, resume_grant, ("not_suspended", "resumed_before_suspended"),
            grant_id=grant_id, resumed_on=day,
        )  # fmt: skip
        if done is not None:
            pays_from = Change.objects.get(pk=done.change_id).facts["pays_from"]
            person.told[-1].says["pays_from"] = Month.parse(pays_from)

    def _adjust(self, person: Somebody, told: Telling) -> None:
        grant, month = self._chosen(person, told), Month.containing(self._day(told))
        self._say(
            person, "adjust", month.first_day, {"grant": grant.pk}, adjust_grant, ("adjust_before_start",),
            grant_id=grant.pk, from_month=month,
        )  # fmt: skip

    def _move(self, person: Somebody, told: Telling) -> None:
        """To one of the communes, every fourth time out of the register; in any month, told early or late."""
        month = max(person.grants[0].opening, Month.containing(self._day(told)))
        to = "" if told.choice % 4 == 3 else communes_of(month)[told.choice % 4]
        later = [one for one in person.standing("move") if Month.containing(one.day) > month]
        same = not to or (to == person.commune_in(month) and not person.has_left(month, Month(0)))
        refusals = ("moved_again_later",) * bool(later) + ("already_lives_there",) * same
        self._say(
            person, "move", month.first_day, {"to": to}, move_resident, refusals,
            from_month=month, commune_code=to,
        )  # fmt: skip

    def _merge(self, person: Somebody, told: Telling) -> None:
        """Another entry turns out to be the same person, mostly the one of nearly the same name."""
        double = self.people[7 if told.choice % 2 else told.choice // 2]
        month = max(person.grants[0].opening, Month.containing(self._day(told)))
        refusals = ("same_person",) * (double is person) + ("person_merged",) * double.is_merged
        refusals += ("double_is_dead",) * bool(double.died_on and not person.died_on)
        refusals += ("double_suspended",) * any(double.is_suspended(grant) for grant in double.grants)
        done = self._say(
            person, "merge", month.first_day, {}, merge_people, refusals, double_id=double.pk, from_month=month
        )
        if done is None:
            return
        merged = merge(person, double, month, self.people)
        passed = Change.objects.get(pk=done.change_id).facts["moved"]["passed"]
        found = Grant.objects.in_bulk(passed)
        made = {pk: found[pk] for pk in passed}
        wanted = [(one.category, one.starts, one.until) for one in merged.passed]
        if wanted != [(one.category, one.starts, one.ends) for one in made.values()]:
            raise WrongAnswer(f"gộp {double} vào {person}: {list(made.values())}, phải là {wanted}")
        for grant, pk in zip(merged.passed, made, strict=True):
            grant.pk = pk
        person.told[-1].says = {"merged": merged}

    def _undo(self, person: Somebody, told: Telling) -> None:
        """One of the changes told of them, mostly the last, taken back, or taken back again."""
        if not person.told:
            return
        one = person.told[-1 - told.choice // 3 % len(person.told)]
        refusals = ("later_changes_stand", *("no_such_change",) * one.is_undone, *("person_merged",) * person.is_merged)
        done = self.act(
            "undo",
            lambda: undo_change(change_id=one.change_id, reason="Ghi nhầm", by=self.desk.officer, at=self.now),
            refusals=refusals,
        )
        if done is not None:
            one.is_undone = True
            if one.kind == "merge":
                one.says["merged"].take_back()
            for grant in person.grants:
                if one.kind == "grant" and one.says["grant"] == grant.pk:
                    grant.is_undone = True


VERBS = tuple(name[1:] for name in (
    "_fact", "_fact", "_fact", "_birth", "_death", "_move", "_grant", "_stop", "_suspend", "_resume", "_undo",
    "_children", "_adjust", "_merge",
))  # fmt: skip
assert len(RELEVANT) == len(_GRANTED) == len(CAST)
