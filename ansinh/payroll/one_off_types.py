"""Records of what is given once: whom a gift is for, what was done, what is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal

# What a gift may ask of a household, with the facts that answer it; as commands and forms say it.
POVERTY: Mapping[str, tuple[str, ...]] = {
    "poor": ("poor",),
    "near_poor": ("near_poor",),
    "either": ("poor", "near_poor"),
}


class CriteriaImpossible(Refusal):
    """Tiêu chí không dùng được: {why}. Hãy sửa tiêu chí rồi làm lại."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """Whom a gift is for, among the residents the register knows; what is left out asks nothing.

    Ages are of the day of the decision, both ends counted. `benefits`: categories received in the month of the list.
    `receiving`: something is received in it. `poverty`: one of POVERTY, as the household is known in it. Refuses
    (CriteriaImpossible) ages that fit nobody.
    """

    age_from: int | None = None
    age_to: int | None = None
    sex: str = ""
    benefits: tuple[str, ...] = ()
    receiving: bool = False
    poverty: str = ""

    def __post_init__(self) -> None:
        if any(age is not None and not 0 <= age <= 130 for age in (self.age_from, self.age_to)):
            raise CriteriaImpossible(why="tuổi phải từ 0 đến 130")
        if self.age_from is not None and self.age_to is not None and self.age_from > self.age_to:
            raise CriteriaImpossible(why=f"từ {self.age_from} đến {self.age_to} tuổi không có ai")
        if self.sex not in ("", "male", "female"):
            raise CriteriaImpossible(why="giới tính phải là nam, nữ hoặc bỏ trống")
        if self.poverty and self.poverty not in POVERTY:
            raise CriteriaImpossible(why=f"hộ nghèo, hộ cận nghèo phải ghi là {', '.join(POVERTY)} hoặc bỏ trống")

    @property
    def asks_benefits(self) -> bool:
        """Whether what people are owed bears on who meets them."""
        return self.receiving or bool(self.benefits) or bool(self.poverty)

    def as_json(self) -> dict[str, Any]:
        """As an occasion stores it."""
        return {**asdict(self), "benefits": list(self.benefits)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Criteria:
        """Back from what an occasion stores."""
        told = {**stored, "benefits": tuple(stored["benefits"])}
        if told.pop("poor", False):
            # As the first occasions that asked for poverty stored it.
            told["poverty"] = "poor"
        return cls(**told)


@dataclass(frozen=True, slots=True)
class OccasionCreated:
    """An occasion recorded."""

    occasion_id: int
    kind: str
    place_code: str
    month: Month


@dataclass(frozen=True, slots=True)
class PayeeMoved:
    """Somebody put on an occasion's list or taken off it, with the sum."""

    occasion_id: int
    person_id: int
    amount_dong: Dong


@dataclass(frozen=True, slots=True)
class GiftPreview:
    """How many a gift would reach, and the sum; `people` counts the members of households too.

    Where poverty is asked: `by_decision` of the payees' households nobody told of, a benefit's decision rests on them;
    `unclear` more are left out, whose decision says poor or near-poor and not which. `waiting`: people whose facts or
    law moved and whose benefits are not decided anew yet; where benefits or poverty are asked, they can still come in.
    """

    payees: int
    people: int
    total_dong: Dong
    by_decision: int = 0
    unclear: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class PayeeCard:
    """Somebody on an occasion's list."""

    person_id: int
    full_name: str
    born_year: int
    commune_code: str
    household_id: int | None
    amount_dong: Dong
    article: str
    reason: str
    collector: str
    # Whom they worship: name and number of each martyr.
    martyrs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OccasionCard:
    """An occasion as lists show it: its list so far, and its run if one was opened."""

    occasion_id: int
    kind: str
    title: str
    place_code: str
    month: Month
    decision_no: str
    decided_on: date
    amount_dong: Dong | None
    per_household: bool
    criteria: Criteria | None
    payees: int
    total_dong: Dong
    run_id: int | None
    state: str
    # Of merit: by which article, and of which year worship money is.
    article: str = ""
    for_year: int | None = None

    @property
    def decision(self) -> str:
        """As papers cite it: "Quyết định số 7/QĐ-UBND ngày 15/07/2020"."""
        return f"Quyết định số {self.decision_no} ngày {self.decided_on:%d/%m/%Y}"
