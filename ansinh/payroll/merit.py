"""Merit given once: worship money by the law for each martyr and year, and grants by a decision and its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from django.db import IntegrityError, transaction

from ansinh.access.types import Actor
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.one_off import decided_sum, payee_of
from ansinh.payroll.one_off_models import Occasion, OneOffPayee, WorshippedMartyr
from ansinh.places.queries import path_of
from ansinh.policy import find_worship_amount
from ansinh.registry.queries import list_circles

_FIRST_YEAR = 2000
_LONGEST_ARTICLE, _LONGEST_NAME, _LONGEST_NO = 100, 200, 60


class WorshipLevelUnknown(Refusal):
    """Bộ quy định chưa có mức trợ cấp thờ cúng liệt sĩ của tháng {month}. Hãy ghi số tiền theo quyết định số
    {decision_no}."""


class BelowWorshipLevel(Refusal):
    """Mức {dong} đồng thấp hơn mức {least} đồng theo {article}. Hãy kiểm tra lại quyết định."""


class WorshipYearWrong(Refusal):
    """Không chi trợ cấp thờ cúng của năm {year} trong tháng {month} được. Hãy ghi năm của tháng chi trả hoặc một năm
    trước đó chưa chi."""


class ArticleMissing(Refusal):
    """Trợ cấp người có công một lần phải ghi điều khoản mà quyết định căn cứ, không quá {longest} ký tự."""


class MartyrMissing(Refusal):
    """Hãy ghi họ tên liệt sĩ mà {who} thờ cúng, và số Bằng Tổ quốc ghi công hoặc số hồ sơ liệt sĩ."""


class MartyrAlreadyWorshipped(Refusal):
    """Trợ cấp thờ cúng năm {year} của liệt sĩ {martyr} (số {martyr_no}) đã có trong danh sách "{title}". Mỗi liệt sĩ
    mỗi năm chỉ được chi một lần, cho một người thờ cúng."""


class WorshipperDead(Refusal):
    """{who} đã chết ngày {day} theo sổ, không nhận trợ cấp thờ cúng được. Hãy ghi người được giao thờ cúng hiện nay."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What an occasion gives each: the sum (None: the law's of each death); of merit by which law (none: the decision's
    own) and article, and of which year."""

    dong: Dong | None
    law: str
    article: str
    for_year: int | None = None


def worship_terms(place_code: str, month: Month, decision_no: str, *, dong: Dong | None, for_year: int | None) -> Terms:
    """Worship money: the law's level of the year, or what a decision gives above it; without one the decision's.

    Refuses (WorshipYearWrong) a year to come, (WorshipLevelUnknown) neither level nor sum, (BelowWorshipLevel) less.
    """
    year = month.year if for_year is None else for_year
    if not _FIRST_YEAR <= year <= month.year:
        raise WorshipYearWrong(year=year, month=month.vi)
    asked = min(month, Month.of(year, 12))
    law = law_at(path_of(place_code, month.first_day), month)
    found = find_worship_amount(asked, law.pack, law.levels_not_taken)
    if found is None:
        if dong is None or dong <= Dong(0):
            raise WorshipLevelUnknown(month=asked.vi, decision_no=decision_no)
        return Terms(dong, "", "", year)
    if dong is None or dong == found.dong:
        return Terms(found.dong, found.law, found.article, year)
    if dong < found.dong:
        raise BelowWorshipLevel(dong=dong, least=found.dong, article=found.article)
    return Terms(dong, "", "", year)


def granted_terms(dong: Dong, article: str) -> Terms:
    """A merit grant given once: sum and article as the decision says. Refuses (ArticleMissing) one without article."""
    told = written(article)
    if not told or len(told) > _LONGEST_ARTICLE:
        raise ArticleMissing(longest=_LONGEST_ARTICLE)
    return Terms(dong, "", told)


def list_worshipper(
    occasion: Occasion,
    person: tuple[int, str],
    martyr: tuple[str, str],
    *,
    commune: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> Dong:
    """Put a person (number, name) down for a martyr (name, number): a share for each martyr, one line for all.

    Returns what the person gets now. Refuses (MartyrMissing) a martyr not told, (MartyrAlreadyWorshipped) one of whom
    the year was given, (WorshipperDead) somebody dead.
    """
    person_id, who = person
    name, number = written(martyr[0]), "".join(written(martyr[1]).split()).upper()
    if not name or not number or len(name) > _LONGEST_NAME or len(number) > _LONGEST_NO:
        raise MartyrMissing(who=who)
    assert occasion.for_year is not None  # noqa: S101 - the database has it of all worship money
    died_on = list_circles([person_id], areas={})[person_id].people[str(person_id)].died_on
    if died_on is not None:
        raise WorshipperDead(who=who, day=f"{died_on:%d/%m/%Y}")
    payee = OneOffPayee.objects.filter(occasion=occasion, person_id=person_id).first()
    if payee is None:
        payee = payee_of(occasion, person_id, decided_sum(occasion), commune=commune, household_id=None, by=by, at=at)
    else:
        payee.coefficient += Decimal(1)
        payee.amount_dong = payee.base_dong.times(payee.coefficient)
    payee.reason = "; ".join(filter(None, (payee.reason, reason)))
    try:
        with transaction.atomic():
            payee.save()
            WorshippedMartyr.objects.create(payee=payee, for_year=occasion.for_year, martyr_no=number, full_name=name)
    except IntegrityError as fault:
        given = WorshippedMartyr.objects.get(for_year=occasion.for_year, martyr_no=number)
        raise MartyrAlreadyWorshipped(
            year=given.for_year, martyr=given.full_name, martyr_no=number, title=given.payee.occasion.title
        ) from fault
    return cast(Dong, payee.amount_dong)
