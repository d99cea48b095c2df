"""Emergency support: the least values the law names, as multiples, sums or quantities with their article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.policy.citations import cited
from ansinh.policy.pack_model import Pack


class NoEmergencyLevel(Refusal):
    """Chưa có mức hỗ trợ khẩn cấp "{kind}" áp dụng cho ngày {day}."""


@dataclass(frozen=True, slots=True)
class EmergencyLevel:
    """A least value: `unit` is multiple (of the standard amount), dong, dong_per_day, kg or months."""

    kind: str
    unit: str
    value: Decimal
    law: str
    article: str


def emergency_level(kind: str, on: date, pack: Pack) -> EmergencyLevel:
    """The least value for an event on that day; refuses (NoEmergencyLevel) an unknown kind or one not known yet."""
    rows = [row for row in pack.emergency.get(kind, ()) if row.from_day is None or row.from_day <= on]
    if not rows:
        raise NoEmergencyLevel(kind=kind, day=f"{on:%d/%m/%Y}")
    row = rows[-1]
    if row.setting is not None and getattr(pack.settings, row.setting) == "not_known":
        raise NoEmergencyLevel(kind=kind, day=f"{on:%d/%m/%Y}")
    article = cited([(pack.laws[row.law].title, row.article)])
    return EmergencyLevel(kind, pack.emergency_kinds[kind], row.value, row.law, article)


def emergency_amount(kind: str, on: date, pack: Pack, areas: Sequence[str] = ()) -> Dong:
    """The least sum in đồng (a day, for meals); refuses (NoEmergencyLevel) what is not given in money."""
    level = emergency_level(kind, on, pack)
    if level.unit == "multiple":
        return pack.standard_amount("tcxh", Month.containing(on), areas).dong.times(level.value)
    if level.unit in ("dong", "dong_per_day"):
        return Dong(int(level.value))
    raise NoEmergencyLevel(kind=kind, day=f"{on:%d/%m/%Y}")
