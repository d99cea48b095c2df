"""Why this amount: a line told in a sentence with its article."""

from __future__ import annotations

from typing import cast

from ansinh.entitlement.queries import get_span, list_lost
from ansinh.kernel.money import Dong
from ansinh.payroll.level_starts import levels_of
from ansinh.payroll.models import Run
from ansinh.payroll.queries.lines import ListedLine
from ansinh.payroll.states import ARREARS, RECOVERY
from ansinh.places.queries import path_of
from ansinh.policy import Named, Pack, explain, load_pack
from ansinh.policy.types import Entitled, Lost, Regime, Sex, StandardAmount


def explain_line(line: ListedLine) -> str:
    """The sentence for one line, and for arrears or recovery which month it makes good; what lost is said too."""
    pack = load_pack()
    told = explain(
        _entitled(line),
        pack,
        month=line.entitlement_month,
        who=Named(
            line.full_name,
            line.birth.first_day,
            line.birth.precision,
            cast(Sex, line.sex) if line.sex else None,
        ),
        base=_base(line, pack),
        lost=_lost(line),
        tell_assumed=True,
    )
    if line.kind == ARREARS:
        told += f" Truy lĩnh {line.amount_dong} đồng cho tháng {line.entitlement_month.vi}, lĩnh cùng tháng này."
    elif line.kind == RECOVERY:
        back = Dong(-line.amount_dong.value)
        told += f" Tháng {line.entitlement_month.vi} đã lên danh sách nhiều hơn mức được hưởng: thu hồi {back} đồng."
    return told


def _base(line: ListedLine, pack: Pack) -> StandardAmount:
    """The standard amount the line was listed by: the law's, or that of the law the place still listed by."""
    run = Run.objects.get(pk=line.run_id)
    areas = path_of(line.commune_code, line.payroll_month.first_day)
    return pack.standard_amount(line.regime, line.entitlement_month, areas, levels_of(run))


def _entitled(line: ListedLine) -> Entitled:
    span = get_span(line.span_id)
    return Entitled(
        person=str(line.person_id),
        grant=str(line.grant_id),
        benefit=line.benefit,
        regime=cast(Regime, line.regime),
        coefficient=line.coefficient,
        starts=span.starts,
        ends=span.ends,
        law=line.law,
        article=line.article,
        reason=span.reason,
        for_person=str(span.for_person_id) if span.for_person_id > 0 else None,
        assumed=tuple(part for part in span.assumed.split(",") if part),
        deducted=span.deducted_dong,
    )


def _lost(line: ListedLine) -> tuple[Lost, ...]:
    month = line.entitlement_month
    return tuple(
        Lost(
            person=str(line.person_id),
            grant=str(row.grant_id),
            benefit=row.benefit,
            starts=row.starts,
            ends=row.ends,
            because=row.because,
            text=row.reason,
        )
        for row in list_lost(line.person_id)
        if row.starts <= month and (row.ends is None or month < row.ends)
    )
