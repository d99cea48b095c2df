"""What the invented nation is like, read from `data/`: shares with their sources, provinces, names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansinh.synth.drawing import Chance, Weighted

_DATA = Path(__file__).resolve().parent / "data"
# Households of this kind are found in specially difficult areas only; elsewhere another comes in their place.
SMALL_CHILD, INSTEAD = "small_child", "severe"


@dataclass(frozen=True, slots=True)
class Given:
    """Middle and given names of one sex of a people."""

    middles: Weighted[str]
    givens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """How one of the country's peoples names its men, women and hamlets."""

    families: dict[str, Weighted[str]]
    given: dict[str, Given]
    hamlets: tuple[str, ...]
    given_first: bool

    def family(self, chance: Chance, sex: str) -> str:
        return self.families[sex].draw(chance)

    def name(self, chance: Chance, sex: str, family: str) -> str:
        """A full name of somebody of that family."""
        found = self.given[sex]
        middle, given = found.middles.draw(chance), chance.one_of(found.givens)
        parts = (middle, given, family) if self.given_first else (family, middle, given)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Province:
    """A province as far as inventing its people asks."""

    weight: int
    numbers: tuple[str, ...]
    peoples: Weighted[str]
    special: int


@dataclass(frozen=True, slots=True)
class Profile:
    """All of it."""

    households: Weighted[str]
    shares: dict[str, int]
    year: dict[str, int]
    provinces: dict[str, Province]
    commune_weights: dict[str, int]
    peoples: dict[str, People]


@cache
def load_profile() -> Profile:
    """The profile this program carries."""
    proportions, provinces, names = (_read(name) for name in ("proportions", "provinces", "names"))
    return Profile(
        households=Weighted([(one["kind"], one["count"]) for one in proportions["households"]]),
        shares={name: one["value"] for name, one in proportions["shares"].items()},
        year={name: one["value"] for name, one in proportions["year"].items()},
        provinces={
            code: Province(one["people"], tuple(one["numbers"]), Weighted(one["peoples"]), one["special"])
            for code, one in provinces["provinces"].items()
        },
        commune_weights=provinces["commune_weights"],
        peoples={name: _people(one) for name, one in names.items()},
    )


def _people(told: dict[str, Any]) -> People:
    families = Weighted(told["families"])
    women = told.get("families_of_women")
    return People(
        families={"male": families, "female": Weighted(women) if women else families},
        given={sex: Given(Weighted(told[sex]["middles"]), tuple(told[sex]["givens"])) for sex in ("male", "female")},
        hamlets=tuple(told["hamlets"]),
        given_first=told.get("given_first", False),
    )


def _read(name: str) -> Any:
    return yaml.safe_load((_DATA / f"{name}.yaml").read_bytes())
