"""A decree that reaches back four months, for everybody: a regular line and four of arrears each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from bench.figure import Figure
from bench.ground import Ground, desk
from bench.measure_month import beside_floors, step_figure
from bench.months import cancelled, count_lines, forget_lines, next_payroll, opening, step

if TYPE_CHECKING:
    from ansinh.kernel.month import Month

_REGIMES = ("tcxh", "social_pension")


def measure_decree(ground: Ground) -> list[Figure]:
    """New amounts agreed to by two people of each province, owed for four months listed already.

    The month's lists, opened before the decree, are given up and opened again, as an office would.
    """
    month = next_payroll()
    forget_lines(month)
    cancelled(month, ground.workers)
    _agree(opening(), month)
    opened = step("open", month, ground)
    figures = beside_floors(ground, month, "decree", "a decree back 4 months for everybody", rounds=ground.rounds,
                            goal=1.2)  # fmt: skip
    note = f"{count_lines(month) / ground.people:.2f} lines for each person of the register."
    return [*figures, step_figure("open_decree", "open the month of the decree", opened, ground, note)]


def _agree(since: Month, first_payroll: Month) -> None:
    """The decree loaded as data in every province: proposed by one, approved by another."""
    from ansinh.ops.acting import now
    from ansinh.payroll.actions import approve_level_pack, propose_level_pack
    from ansinh.payroll.models import LevelPack
    from ansinh.places.queries import list_children

    people, content = desk(), _decree(since)
    agreed = set(LevelPack.objects.filter(state="APPROVED").values_list("place_code", flat=True))
    for province in list_children(None, first_payroll.first_day):
        if province.code in agreed:
            continue
        proposed = propose_level_pack(
            content=content,
            file_name="nghi-dinh.yaml",
            place_code=province.code,
            first_payroll=first_payroll,
            decision_no="1/QĐ-UBND",
            decided_on=date(since.year, since.number, 1),
            by=people.officer,
            at=now(),
        )
        approve_level_pack(level_pack_id=proposed.level_pack_id, by=people.approver, at=now())


def _decree(since: Month) -> bytes:
    """Every standard amount an eighth higher from that month, as a province would write it down."""
    import yaml

    from ansinh.policy import load_pack

    pack = load_pack()
    levels = [
        {"regime": regime, "from": str(since), "value": pack.standard_amount(regime, since).dong.value * 9 // 8,
         "law": "nd_moi", "article": "d1"}
        for regime in _REGIMES
    ]  # fmt: skip
    law = {"title": "Nghị định thử tốc độ", "in_force": str(since.first_day), "money_from": str(since)}
    content: dict[str, Any] = {"title": "Mức mới", "laws": {"nd_moi": law}, "levels": levels}
    return yaml.safe_dump(content, allow_unicode=True).encode()
