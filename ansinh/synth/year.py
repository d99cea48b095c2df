"""What became of somebody in the year before the opening month, told as the register tells it: as changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.month import Month
from ansinh.synth.scene import Invented, Scene

# Shares of a year are of ten thousand people.
_OF = 10_000
# Told before there was anybody to tell it here.
_NOBODY_HERE = 0


def add_year(scene: Scene, one: Invented) -> None:
    """Homes and changes of one person."""
    year, chance = scene.year, scene.chance
    first = one.decisions[0]
    if first.signed_on >= scene.first_day:
        starts = str(Month.containing(first.signed_on))
        told = {"grant_id": first.grant_id, "category": first.category, "starts": starts}
        _tell(scene, one, "record_grant", first.signed_on, told)
    if one.children:
        _tell_children(scene, one)
    if one.member.is_poor and chance.happens(year["reviewed_as_poor"], _OF):
        _tell_poverty(scene, one)
    if _move(scene, one):
        return
    scene.block.add_residence(one.person_id, scene.share.code, one.hamlet, scene.first_month, None)
    drawn = chance.below(_OF)
    for what, often in (
        (_die, year["deaths_of_the_old" if one.member.is_old else "deaths_of_others"]),
        (_stop, year["stops"]),
        (_suspend, year["suspensions"]),
        (_adjust, year["adjustments"]),
        (_change_collector, year["collectors_changed"]),
    ):
        if drawn < often:
            what(scene, one)
            return
        drawn -= often


def _tell(scene: Scene, one: Invented, kind: str, on: date, facts: dict[str, Any], *, evidence: str = "") -> None:
    """Written down some days after it happened; without other evidence it rests on a decision of that day."""
    chance = scene.chance
    on_paper = not evidence
    told_at = datetime.combine(on + timedelta(days=chance.between(2, 14)), time(2 + chance.below(7)), UTC)
    scene.block.add_change(
        one.person_id,
        kind,
        on,
        facts,
        recorded_at=min(told_at, scene.setting.at),
        recorded_by=_NOBODY_HERE,
        decision_no=f"{chance.between(1, 4800)}/QĐ-UBND" if on_paper else "",
        decided_on=on if on_paper else None,
        evidence=evidence,
    )


def _tell_children(scene: Scene, one: Invented) -> None:
    """Children born since the parent was grown, all under 15."""
    oldest = max(one.birth.anniversary(19), BirthDate(scene.last_decision).anniversary(-14))
    days = (scene.first_day - oldest).days
    births = sorted(oldest + timedelta(days=scene.chance.below(days)) for _ in range(one.children))
    children = [{"born": born.isoformat(), "studying": None, "until": None} for born in births]
    known_on = max(one.decisions[0].signed_on, births[-1])
    _tell(scene, one, "children", known_on, {"children": children}, evidence="Giấy khai sinh của con")


def _tell_poverty(scene: Scene, one: Invented) -> None:
    """The yearly review, told at the turn of the year."""
    reviewed = date((scene.opening_day - timedelta(days=31)).year, 1, 1)
    if reviewed > one.decisions[0].signed_on:
        _tell(scene, one, "poverty", reviewed, {"value": "poor"}, evidence="Danh sách hộ nghèo được công nhận")


def _move(scene: Scene, one: Invented) -> bool:
    """Whether somebody moved in the year, with their homes; who leaves the register keeps the home they had."""
    chance, share, year = scene.chance, scene.share, scene.year
    drawn = chance.below(_OF)
    within, between = year["moves_within"], year["moves_within"] + year["moves_between"]
    months = scene.month - scene.first_month
    if drawn >= between + year["moves_out"] or months < 2:
        return False
    month = scene.first_month + chance.between(1, months - 1)
    to = chance.one_of(share.near if drawn < within else share.far) if drawn < between else ""
    if to == share.code or month.first_day <= one.decisions[0].signed_on:
        return False
    facts = {"from": share.code, "to": to, "from_month": str(month)}
    _tell(scene, one, "move_resident", month.first_day, facts)
    scene.block.add_residence(one.person_id, share.code, one.hamlet, scene.first_month, month if to else None)
    if to:
        scene.block.add_residence(one.person_id, to, "", month, None)
    return True


def _die(scene: Scene, one: Invented) -> None:
    day = scene.day_of_year(max(decision.signed_on for decision in one.decisions))
    if day is not None:
        one.died_on = day
        _tell(scene, one, "death", day, {}, evidence="Trích lục khai tử")


def _stop(scene: Scene, one: Invented) -> None:
    grant = one.decisions[0]
    day = scene.day_of_year(grant.signed_on)
    if day is not None:
        _tell(scene, one, "stop_grant", day, {"grant_id": grant.grant_id})


def _suspend(scene: Scene, one: Invented) -> None:
    """Half of the suspended are paid again after two months."""
    grant = one.decisions[0]
    day = scene.day_of_year(grant.signed_on)
    if day is None or (month := Month.containing(day) + 1) >= scene.month:
        return
    _tell(scene, one, "suspend_grant", month.first_day, {"grant_id": grant.grant_id})
    again = month + 2
    if again < scene.month and scene.chance.happens(50):
        facts = {"grant_id": grant.grant_id, "pays_from": str(again)}
        _tell(scene, one, "resume_grant", again.first_day, facts)


def _adjust(scene: Scene, one: Invented) -> None:
    """The office's paper for a level the law changed by itself."""
    grant = one.decisions[0]
    day = scene.day_of_year(grant.signed_on + timedelta(days=31))
    if day is not None:
        _tell(scene, one, "adjust_grant", day.replace(day=1), {"grant_id": grant.grant_id})


def _change_collector(scene: Scene, one: Invented) -> None:
    """The paper of whoever collects now, signed a year before it ends."""
    collecting = one.collecting
    if collecting is None or collecting.until is None:
        return
    day = scene.day_of_year(max(one.birth.first_day, collecting.until - timedelta(days=365)))
    if day is not None:
        facts = {"name": collecting.name, "relation": collecting.relation, "until": collecting.until.isoformat()}
        _tell(scene, one, "change_collector", day, facts, evidence="Giấy ủy quyền")
