"""Whom an occasion gives what: getting hold of it, the people of a gift, the law's sum for a death or an emergency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ansinh.access.types import Actor
from ansinh.entitlement.queries import decide_people
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.models import Occasion, OneOffPayee, Run
from ansinh.payroll.one_off_types import POVERTY, Criteria
from ansinh.places.queries import list_commune_codes, list_paths, path_of
from ansinh.platform import sql
from ansinh.policy import list_poverty_asked, load_pack

# How the household of somebody is known as a gift asks: what list_gift_people.sql answers.
_BY_DECISION, _UNCLEAR = 2, 3


class NoSuchOccasion(Refusal):
    """Không có đợt chi một lần số {occasion_id}. Hãy mở lại danh sách các đợt chi một lần và chọn đợt cần làm."""


class OccasionAlreadyOpen(Refusal):
    """Danh sách của "{title}" đã được chốt ở kỳ chi trả số {run_id}. Muốn thêm hay bớt người, hãy hủy kỳ đó trước khi
    trình duyệt, sửa danh sách rồi mở lại."""


class NoFuneralOwed(Refusal):
    """{who}: sổ chưa ghi người này đã chết, hoặc theo quy định không có hỗ trợ chi phí mai táng cho trường hợp này.
    Hãy ghi biến động chết trước, và kiểm tra diện hưởng vào ngày chết."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A sum given once: coefficient × base, by which article, why."""

    coefficient: Decimal
    base: Dong
    law: str
    article: str
    reason: str

    @property
    def amount(self) -> Dong:
        """The sum in đồng."""
        return self.base.times(self.coefficient)


@dataclass(frozen=True, slots=True)
class GiftPerson:
    """Somebody a gift is for; of a household its oldest, with how many of it meet the criteria.

    `by_decision`: that the household is as asked only a benefit's decision says.
    """

    person_id: int
    household_id: int | None
    commune_code: str
    members: int
    by_decision: bool


@dataclass(frozen=True, slots=True)
class GiftPeople:
    """Whom a gift is for; `unclear` more people or households are poor or near-poor by decision, not known which."""

    payees: tuple[GiftPerson, ...]
    unclear: int


def lock_occasion(occasion_id: int, *, by: Actor) -> Occasion:
    """The occasion, locked for this transaction; refuses (NoSuchOccasion) one outside the actor's areas as unknown."""
    found = Occasion.objects.select_for_update().filter(pk=occasion_id).first()
    if found is None or not by.reaches(path_of(found.place_code, found.month.first_day)):
        raise NoSuchOccasion(occasion_id=occasion_id)
    return found


def refuse_open(occasion: Occasion) -> None:
    """Refuses (OccasionAlreadyOpen) an occasion whose list is frozen in a live run."""
    run = Run.objects.filter(occasion=occasion).exclude(state="CANCELLED").first()
    if run is not None:
        raise OccasionAlreadyOpen(title=occasion.title, run_id=run.pk)


def decision_words(occasion: Occasion) -> str:
    """ "Quyết định số 12/QĐ-UBND ngày 15/01/2025"."""
    return f"Quyết định số {occasion.decision_no} ngày {occasion.decided_on:%d/%m/%Y}"


def decided_sum(occasion: Occasion) -> Owed:
    """What the decision itself gives, or an article of the law it names."""
    assert occasion.amount_dong is not None  # noqa: S101 - the database has it of all but funerals
    decided = decision_words(occasion)
    if occasion.article:
        decided = occasion.article if occasion.law else f"{occasion.article}, {decided}"
    return Owed(Decimal(1), occasion.amount_dong, occasion.law, decided, "")


def funeral_of(person_id: int, name: str, commune_code: str, month: Month) -> Owed:
    """The law's funeral support for a death: the highest of all it is covered by; refuses (NoFuneralOwed)."""
    path = path_of(commune_code, month.first_day)
    law = law_at(path, month)
    told = decide_people([person_id], areas={commune_code: path}, law=law)
    found = [one for one in told[person_id].one_off if one.for_person is None] if person_id in told else []
    if not found:
        raise NoFuneralOwed(who=name)
    one = found[0]
    areas = list_paths([commune_code], one.base_month.first_day).get(commune_code, path)
    base = law.pack.standard_amount(one.regime, one.base_month, areas, law.levels_not_taken).dong
    return Owed(one.multiplier, base, one.law, one.article, f"Chết ngày {one.happened_on:%d/%m/%Y}")


def find_gift_people(
    place_code: str, month: Month, decided_on: date, criteria: Criteria, *, per_household: bool
) -> GiftPeople:
    """Whom a gift is for: living residents of the month who meet the criteria; of a household one, the oldest.

    Poverty is what was told of somebody for the month; where nothing was, what the decision of a benefit that goes on
    says. Of a household any member's is all members'.
    """
    asked = list_poverty_asked(month, load_pack()) if criteria.poverty else {}
    found = sql.rows(
        "payroll/list_gift_people",
        {
            "communes": list(list_commune_codes(place_code, month.first_day)),
            "month": month.first_day,
            "born_after": None if criteria.age_to is None else _years_before(decided_on, criteria.age_to + 1),
            "born_until": None if criteria.age_from is None else _years_before(decided_on, criteria.age_from),
            "sex": criteria.sex,
            "benefits": list(criteria.benefits),
            "receiving": criteria.receiving or bool(criteria.benefits),
            "poverty": list(POVERTY.get(criteria.poverty, ())),
            "asks_poverty": list(asked),
            "asks_poor": [code for code, households in asked.items() if households == POVERTY["poor"]],
            "per_household": per_household,
        },
    )
    units: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        household = row["household_id"] if per_household else None
        units.setdefault(-row["person_id"] if household is None else household, []).append(row)
    given = [own for own in units.values() if own[0]["known_from"] != _UNCLEAR]
    return GiftPeople(tuple(_of_unit(own, per_household) for own in given), len(units) - len(given))


def _of_unit(own: Sequence[dict[str, Any]], per_household: bool) -> GiftPerson:
    """The first, who is the oldest, for all."""
    oldest = own[0]
    return GiftPerson(
        person_id=oldest["person_id"],
        household_id=oldest["household_id"] if per_household else None,
        commune_code=oldest["commune_code"],
        members=len(own),
        by_decision=oldest["known_from"] == _BY_DECISION,
    )


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February in a common year the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def payee_of(
    occasion: Occasion, person_id: int, owed: Owed, *, commune: str, household_id: int | None, by: Actor, at: datetime
) -> OneOffPayee:
    """A row of an occasion's list, not saved."""
    return OneOffPayee(
        occasion=occasion,
        kind=occasion.kind,
        person_id=person_id,
        household_id=household_id,
        commune_code=commune,
        coefficient=owed.coefficient,
        base_dong=owed.base,
        amount_dong=owed.amount,
        law=owed.law,
        article=owed.article,
        reason=owed.reason,
        added_at=at,
        added_by=by.user_id,
    )


def hidden_among(benefits: Sequence[str]) -> bool:
    """Whether a list by these categories would tell who lives with HIV."""
    return any(load_pack().category(code).is_hiv for code in benefits)
