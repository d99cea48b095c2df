"""What is at hand while one commune's people are invented, and what is known of somebody already invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.registry.ports import PeopleBlock
from ansinh.synth.drawing import Chance
from ansinh.synth.households import Member
from ansinh.synth.profile import Profile, Province, load_profile
from ansinh.synth.types import CommuneShare, Setting


class Scene:
    """One commune being peopled; `chance` is that of the household at hand."""

    __slots__ = (
        "block", "chance", "first_day", "first_month", "is_special", "last_decision", "month", "opening_day", "people",
        "profile", "province", "setting", "share", "shares", "year",
    )  # fmt: skip

    def __init__(self, share: CommuneShare, setting: Setting) -> None:
        self.share, self.setting = share, setting
        self.profile: Profile = load_profile()
        self.province: Province = self.profile.provinces[share.province]
        self.shares, self.year = self.profile.shares, self.profile.year
        self.people = self.profile.peoples
        self.block = PeopleBlock(setting.at)
        self.chance = Chance(setting.seed, share.code)
        self.is_special = self.chance.happens(self.province.special)
        self.month: Month = setting.month
        self.opening_day: date = setting.month.first_day
        self.first_month: Month = setting.first_month
        self.first_day: date = setting.first_month.first_day
        self.last_decision: date = setting.last_decision

    def day_of_year(self, after: date) -> date | None:
        """A day of the year before the opening month, after the one given; None if there is none.

        The last fortnight is left for what is still to be told of it.
        """
        first = max(self.first_day, after + timedelta(days=1))
        days = (self.opening_day - first).days - 15
        return None if days < 1 else first + timedelta(days=self.chance.below(days))


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision somebody holds."""

    grant_id: int
    category: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Collecting:
    """Who collects for somebody; a guardian needs no authorisation that ends."""

    name: str
    relation: str
    until: date | None


@dataclass(slots=True)
class Invented:
    """Somebody, as far as what follows must know."""

    person_id: int
    member: Member
    name: str
    birth: BirthDate
    sex: str
    hamlet: str
    decisions: list[Decision] = field(default_factory=list)
    children: int = 0
    collecting: Collecting | None = None
    died_on: date | None = None
