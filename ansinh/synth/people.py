"""The people of one commune, invented: names, births, homes, decisions, numbers, who collects for them.

What belongs to somebody follows from the seed, their commune and their household's number in it alone, so any process
may invent any commune.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.registry.ports import PeopleBlock
from ansinh.synth.drawing import Chance
from ansinh.synth.households import KINDS, LAST_KIND, PENSION_BEGAN, Member
from ansinh.synth.numbers import add_numbers
from ansinh.synth.profile import INSTEAD, SMALL_CHILD, People
from ansinh.synth.scene import Collecting, Decision, Invented, Scene
from ansinh.synth.types import CommuneShare, Setting
from ansinh.synth.year import add_year

# Nobody invented is paid for longer than ten years.
_LONGEST_PAID = timedelta(days=3650)
# The 80th birthday brought the allowance that became the social pension; most of that age still hold that decision.
_OLD_AGE, _STILL_BY_OLD_LAW = 80, 90
_OLD_LAW_ENDED = PENSION_BEGAN.first_day
_RELATIONS_OF_CHILDREN = ("ông", "bà", "bác", "cô", "chú", "dì")
_RELATIONS = ("con", "con", "con dâu", "cháu", "vợ", "chồng", "anh", "chị", "em")


@dataclass(frozen=True, slots=True)
class _Household:
    """What those of one household share."""

    household_id: int | None
    people: People
    family: str
    hamlet: str


def invent_commune(share: CommuneShare, setting: Setting) -> PeopleBlock:
    """All people of a commune's share, in order of their ids."""
    scene = Scene(share, setting)
    made = number = 0
    while made < share.people:
        scene.chance = Chance(setting.seed, share.code, number)
        kind = scene.profile.households.draw(scene.chance)
        if kind == SMALL_CHILD and not scene.is_special:
            kind = INSTEAD
        if len(KINDS[kind]) > share.people - made:
            kind = LAST_KIND
        _invent_household(scene, KINDS[kind], share.first_id + made)
        made += len(KINDS[kind])
        number += 1
    return scene.block


def _invent_household(scene: Scene, members: tuple[Member, ...], first_id: int) -> None:
    chance = scene.chance
    people = scene.people[scene.province.peoples.draw(chance)]
    household = _Household(
        first_id if len(members) > 1 else None,
        people,
        people.family(chance, "male"),
        f"{chance.one_of(people.hamlets)} {chance.between(1, 14)}",
    )
    if household.household_id is not None:
        scene.block.add_household(household.household_id)
    known = [_invent(scene, member, household, first_id + place) for place, member in enumerate(members)]
    for one in known:
        _decide(scene, one, known)
        add_numbers(scene, one)
        _add_collector(scene, one, known)
        add_year(scene, one)


def _invent(scene: Scene, member: Member, household: _Household, person_id: int) -> Invented:
    chance = scene.chance
    sex = "female" if chance.happens(member.women) else "male"
    # Women keep the family they were born into; some households are of one family all the same.
    family = household.family if sex == "male" or chance.happens(45) else household.people.family(chance, sex)
    birth = _born(scene, member)
    name = household.people.name(chance, sex, family)
    scene.block.add_person(
        person_id,
        name,
        born_on=birth.first_day,
        precision=birth.precision,
        sex=sex,
        household_id=household.household_id,
    )
    return Invented(person_id, member, name, birth, sex, household.hamlet)


def _born(scene: Scene, member: Member) -> BirthDate:
    """A birth of somebody who is of the member's age when the last decisions are signed."""
    chance = scene.chance
    years = member.oldest - member.youngest + 1
    age = chance.below(years)
    if member.is_old:
        # Of the old there are fewer the older they are.
        age = min(age, chance.below(years))
    day = BirthDate(scene.last_decision).anniversary(-(member.youngest + age)) - timedelta(days=chance.below(364))
    if member.is_old and chance.happens(scene.shares["year_only_of_the_old"]):
        return BirthDate(date(day.year, 1, 1), "year")
    if member.is_grown and chance.happens(scene.shares["month_and_year"]):
        return BirthDate(day.replace(day=1), "month")
    return BirthDate(day)


def _decide(scene: Scene, one: Invented, known: list[Invented]) -> None:
    """The decisions somebody holds, one or two; the first takes the person's own number."""
    member, chance = one.member, scene.chance
    granted: list[tuple[str, Invented | None]] = [(member.category, known[place]) for place in member.cares_for]
    granted = granted or [(member.category, None)]
    if member.beside:
        granted.append((member.beside, None))
    for number, (meant, other) in enumerate(granted):
        category, signed_on = _signed(scene, one, meant, other)
        decision = Decision(one.person_id + number * scene.setting.people, category, signed_on)
        one.decisions.append(decision)
        if category == "single_parent_poor":
            # Account D's 34 of 84 have two.
            one.children = 1 + chance.happens(40) + chance.happens(5)
        scene.block.add_grant(
            decision.grant_id,
            one.person_id,
            category,
            starts=Month.containing(signed_on),
            opening=scene.month,
            decision_no=f"{chance.between(1, 4800)}/QĐ-UBND",
            decided_on=signed_on,
            book_no=f"{one.person_id:07d}" if number == 0 else "",
            children=one.children if category == "single_parent_poor" else None,
            cared_for=None if other is None else (other.person_id, other.name),
        )


def _signed(scene: Scene, one: Invented, category: str, other: Invented | None) -> tuple[str, date]:
    """Of what the decision is and when it was signed: many still receive by the law before the social pension."""
    latest = scene.last_decision
    earliest = one.birth.anniversary(one.member.from_age)
    if other is not None:
        # Nobody is paid for caring before whom they care for was granted their own, nor after they died.
        earliest = max(earliest, other.decisions[0].signed_on)
        latest = min(latest, other.died_on or latest)
    if category == "social_pension":
        eighty = one.birth.anniversary(_OLD_AGE)
        if eighty < _OLD_LAW_ENDED - timedelta(days=60) and scene.chance.happens(_STILL_BY_OLD_LAW):
            category, earliest, latest = "elderly_80_no_pension", eighty, _OLD_LAW_ENDED - timedelta(days=16)
        else:
            earliest = max(earliest, _OLD_LAW_ENDED)
    earliest = min(max(earliest + timedelta(days=20), latest - _LONGEST_PAID), latest)
    return category, earliest + timedelta(days=scene.chance.below((latest - earliest).days + 1))


def _add_collector(scene: Scene, one: Invented, known: list[Invented]) -> None:
    """Who collects for somebody: of children always, of others as often as was published."""
    chance, member = scene.chance, one.member
    if member.is_grown and not chance.happens(scene.shares["collector"]):
        return
    carer = next((other for other in known if any(known[place] is one for place in other.member.cares_for)), None)
    if carer is not None:
        name, relation = carer.name, "người chăm sóc"
    else:
        sex = "female" if chance.happens(60) else "male"
        name = scene.people["kinh"].name(chance, sex, one.name.partition(" ")[0])
        relation = chance.one_of(_RELATIONS if member.is_grown else _RELATIONS_OF_CHILDREN)
    until = None
    if member.is_grown:
        until = scene.opening_day + timedelta(days=chance.between(15, 364))
        if chance.happens(scene.shares["collector_expired"]):
            until = scene.opening_day - timedelta(days=chance.between(5, 200))
    one.collecting = Collecting(name, relation, until)
    scene.block.add_collector(one.person_id, name, relation, until)
