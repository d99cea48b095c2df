"""Changes of a person's life as facts of the law: dated, never overwritten, folded anew whenever they are asked for.

A change says that from a day on something holds. The value of a fact runs from its change to the next one; before the
first it is unknown, so the decision made then still stands. What was undone counts as never said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.policy.types import Child, Grant, Insurance, PersonFacts, Spell

DEATH, MISSING, CHILDREN = "death", "missing", "children"
STOP, SUSPEND, RESUME, GRANT = "stop_grant", "suspend_grant", "resume_grant", "record_grant"
# The paper for what the law changed by itself: it moves nothing.
ADJUST = "adjust_grant"
MOVE, BIRTH, NAME, IDENTITY, MERGE, COLLECTOR, UNDO = (
    "move_resident",
    "correct_birth",
    "correct_name",
    "correct_identity",
    "merge_people",
    "change_collector",
    "undo_change",
)
# A value that says the fact no longer holds (or never did).
NONE = "none"
# What each kind of change is called; facts by their own names in FACT_KINDS.
CHANGE_NAMES: Mapping[str, str] = {
    DEATH: "Qua đời",
    MISSING: "Bị tuyên bố mất tích",
    CHILDREN: "Con đang nuôi",
    GRANT: "Quyết định hưởng",
    STOP: "Thôi hưởng",
    SUSPEND: "Tạm dừng hưởng",
    RESUME: "Hưởng lại",
    ADJUST: "Điều chỉnh mức hưởng",
    MOVE: "Chuyển nơi hưởng",
    BIRTH: "Đính chính ngày sinh",
    NAME: "Đính chính họ tên",
    IDENTITY: "Đính chính số định danh",
    MERGE: "Gộp hồ sơ",
    COLLECTOR: "Người nhận thay",
    UNDO: "Hoàn tác",
}


@dataclass(frozen=True, slots=True)
class FactKind:
    """A dated fact of the law an officer records: its name and its values, in Vietnamese."""

    name_vi: str
    values: Mapping[str, str]


_YES_NO = {"yes": "có", NONE: "không"}
FACT_KINDS: Mapping[str, FactKind] = {
    "poverty": FactKind("Hộ nghèo", {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", NONE: "không nghèo"}),
    "special_area": FactKind("Sống ở vùng đặc biệt khó khăn", _YES_NO),
    "supporter": FactKind(
        "Người có nghĩa vụ phụng dưỡng",
        {NONE: "không có", "on_assistance": "có, đang hưởng trợ cấp xã hội", "able": "có, đủ khả năng"},
    ),
    "no_care_ground": FactKind(
        "Trẻ em không có nguồn nuôi dưỡng",
        {
            "abandoned": "bị bỏ rơi",
            "both_parents_dead": "mồ côi cả cha và mẹ",
            "one_parent_dead_other_missing": "mồ côi một bên, người còn lại mất tích",
            "one_parent_dead_other_in_facility": "mồ côi một bên, người còn lại ở cơ sở trợ giúp xã hội",
            "one_parent_dead_other_imprisoned": "mồ côi một bên, người còn lại chấp hành án phạt tù",
            "both_parents_missing": "cả cha và mẹ mất tích",
            "both_parents_imprisoned": "cả cha và mẹ chấp hành án phạt tù",
            "both_parents_in_facility": "cả cha và mẹ ở cơ sở trợ giúp xã hội",
            "parents_unidentified": "không xác định được cha, mẹ",
            NONE: "đã có người nuôi dưỡng",
        },
    ),
    "studying": FactKind(
        "Đang học",
        {
            "school": "phổ thông",
            "vocational": "học nghề",
            "college": "trung cấp, cao đẳng",
            "university": "đại học",
            NONE: "thôi học",
        },
    ),
    "hiv": FactKind("Nhiễm HIV", _YES_NO),
    "stable_income": FactKind("Thu nhập ổn định hằng tháng", _YES_NO),
    "insurance_income": FactKind(
        "Lương hưu, trợ cấp bảo hiểm xã hội hằng tháng",
        {"pension": "lương hưu", "survivor": "trợ cấp tuất", "other": "trợ cấp khác", NONE: "không hưởng"},
    ),
    "merit": FactKind("Trợ cấp ưu đãi người có công hằng tháng", {"yes": "đang hưởng", NONE: "không hưởng"}),
    "single_parent": FactKind(
        "Đơn thân nuôi con",
        {
            "never_married": "chưa kết hôn",
            "spouse_dead": "vợ hoặc chồng đã chết",
            "spouse_missing": "vợ hoặc chồng mất tích",
            "divorced": "ly hôn",
            NONE: "không còn đơn thân",
        },
    ),
    "pregnant": FactKind("Đang mang thai", _YES_NO),
    "disability": FactKind(
        "Mức độ khuyết tật",
        {"exceptional": "đặc biệt nặng", "severe": "nặng", "mild": "nhẹ", NONE: "không còn khuyết tật"},
    ),
    "cared_at_home": FactKind("Được gia đình trực tiếp chăm sóc", _YES_NO),
    "taken_in": FactKind("Được nhận chăm sóc, nuôi dưỡng", _YES_NO),
    "imprisoned": FactKind("Chấp hành án phạt tù", _YES_NO),
    "in_facility": FactKind("Nuôi dưỡng tại cơ sở trợ giúp xã hội", _YES_NO),
}
IN_FACILITY = "in_facility"
# Facts whose "yes" is simply true in the law's terms.
_PLAIN = frozenset(kind for kind, found in FACT_KINDS.items() if found.values is _YES_NO)


@dataclass(frozen=True, slots=True)
class Changed:
    """One recorded change: of what kind, true from which day, known since when."""

    id: int
    person_id: int
    kind: str
    effective_on: date
    recorded_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None

    @property
    def month(self) -> Month:
        """The month of the day it is true from."""
        return Month.containing(self.effective_on)


def standing(changes: Iterable[Changed], *, known_by: datetime | None = None) -> tuple[Changed, ...]:
    """The changes that count, as known at a moment (None: now): not undone by then, in the order they became true."""
    known = [one for one in changes if known_by is None or one.recorded_at <= known_by]
    undone = {one.undoes for one in known if one.undoes is not None}
    left = [one for one in known if one.kind != UNDO and one.id not in undone]
    return tuple(sorted(left, key=lambda one: (one.effective_on, one.id)))


def facts_after(base: PersonFacts, changes: Sequence[Changed]) -> PersonFacts:
    """The person's facts once the standing changes are told."""
    told: dict[str, Any] = {}
    steps: dict[str, list[Changed]] = defaultdict(list)
    for one in changes:
        if one.kind in FACT_KINDS:
            steps[one.kind].append(one)
        elif one.kind == DEATH:
            told["died_on"] = one.effective_on
        elif one.kind == MISSING:
            told["missing_on"] = one.effective_on
        elif one.kind == CHILDREN:
            told["children"] = tuple(_child(child) for child in one.facts["children"])
    told |= {kind: _spells(kind, found) for kind, found in steps.items()}
    return replace(base, **told) if told else base


def _spells(kind: str, steps: Sequence[Changed]) -> tuple[Spell[Any], ...]:
    """The fact as spells of whole months: the month of a change belongs to both values, the unknown one included.

    The same value told again goes on as one: a bar holds through the month in which it is told once more.
    """
    told: list[Changed] = []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        # Of one day what was told last counts.
        is_last = following is None or following.effective_on != step.effective_on
        if is_last and (not told or told[-1].facts != step.facts):
            told.append(step)
    ends = [_month_after(step.effective_on) for step in told]
    spells: list[Spell[Any]] = [Spell(None, None, ends[0])]
    for step, until in zip(told, [*ends[1:], None], strict=True):
        if step.facts["value"] != NONE or kind == "supporter":
            spells.append(Spell(_value(kind, step.facts), step.month, until))
    return tuple(spells)


def _month_after(day: date) -> Month:
    """The month after the last one in which what a change of that day ended still held."""
    return Month.containing(day - timedelta(days=1)) + 1


def _value(kind: str, facts: Mapping[str, Any]) -> Any:
    if kind == "insurance_income":
        monthly = facts.get("monthly_dong")
        return Insurance(facts["value"], None if monthly is None else Dong(int(monthly)))
    if kind == "merit":
        return Dong(int(facts["monthly_dong"]))
    return True if kind in _PLAIN else facts["value"]


def _child(told: Mapping[str, Any]) -> Child:
    born = told.get("born")
    return Child(
        born=None if born is None else date.fromisoformat(born),
        studying=None if told.get("studying") is None else ((Spell("school"),) if told["studying"] else ()),
        ends=None if told.get("until") is None else Month.parse(told["until"]),
    )


def grants_after(grants: Iterable[Grant], changes: Sequence[Changed]) -> tuple[Grant, ...]:
    """The decisions once the standing changes are told: stopped, suspended and resumed; an undone grant is none.

    The month of a stop's event is paid whole. A suspension leaves out the months until the decision to resume says
    it pays again; who left the register is owed nothing until they are told to have come back.
    """
    of_grant: dict[str, list[Changed]] = defaultdict(list)
    moves = [one for one in changes if one.kind == MOVE]
    for one in changes:
        if "grant_id" in one.facts:
            of_grant[str(one.facts["grant_id"])].append(one)
    told = (_told(grant, of_grant[grant.key], moves) for grant in grants)
    return tuple(grant for grant in told if grant is not None)


def _told(grant: Grant, changes: Sequence[Changed], moves: Sequence[Changed]) -> Grant | None:
    """The decision with its end and the months left out; None when it never pays."""
    ends = [one.month + 1 for one in changes if one.kind == STOP]
    if ends:
        grant = replace(grant, ends=min(ends if grant.ends is None else [*ends, grant.ends]))
    if grant.starts is not None and grant.ends is not None and grant.ends <= grant.starts:
        return None
    left_out = (*_suspensions(changes), *_absences(grant, moves))
    return replace(grant, left_out=left_out) if left_out else grant


def _suspensions(changes: Sequence[Changed]) -> Iterator[tuple[Month, Month | None]]:
    since: Month | None = None
    for one in changes:
        if one.kind == SUSPEND and since is None:
            since = one.month
        elif one.kind == RESUME and since is not None:
            until = Month.parse(one.facts["pays_from"])
            if since < until:
                yield since, until
            since = None
    if since is not None:
        yield since, None


def _absences(grant: Grant, moves: Sequence[Changed]) -> Iterator[tuple[Month, Month | None]]:
    """From leaving the register to coming back; a decision that begins when its person was gone already stands."""
    gone: Month | None = None
    for one in moves:
        if not one.facts["to"]:
            gone = gone or one.month
        elif gone is not None:
            if gone < one.month and _begun_by(grant, gone):
                yield gone, one.month
            gone = None
    if gone is not None and _begun_by(grant, gone):
        yield gone, None


def _begun_by(grant: Grant, month: Month) -> bool:
    return grant.starts is None or grant.starts < month


def first_month_without(grant: Grant) -> Month | None:
    """From which month on the decision, as told, pays nothing any more; None: it goes on."""
    ends = [since for since, until in grant.left_out if until is None]
    return min(ends if grant.ends is None else [*ends, grant.ends], default=None)


def paid_stretches(grant: Grant) -> tuple[Grant, ...]:
    """The decision as one for each stretch of months it pays, for showing."""
    parts: list[Grant] = []
    at = grant.starts
    for since, until in sorted(grant.left_out, key=lambda gap: gap[0]):
        if (at is None or at < since) and (grant.ends is None or since < grant.ends):
            parts.append(replace(grant, starts=at, ends=since, left_out=()))
        if until is None:
            return tuple(parts)
        at = until if at is None else max(at, until)
    if at is None or grant.ends is None or at < grant.ends:
        parts.append(replace(grant, starts=at, left_out=()))
    return tuple(parts)


def has_left(month: Month, changes: Sequence[Changed]) -> bool:
    """Whether the person lives outside the register in a month, as told by the standing changes."""
    moves = [one for one in changes if one.kind == MOVE and one.month <= month]
    return bool(moves) and not moves[-1].facts["to"]


def suspended_since(grant_id: int, changes: Sequence[Changed]) -> Month | None:
    """The month from which a grant is suspended now; None: it is not."""
    of_grant = [one for one in changes if one.facts.get("grant_id") == grant_id]
    return next((since for since, until in _suspensions(of_grant) if until is None), None)


def resumed_after(grant_id: int, month: Month, changes: Sequence[Changed]) -> Changed | None:
    """The decision to resume a grant on a day in that month or later, if one stands."""
    found = (one for one in changes if one.kind == RESUME and one.facts["grant_id"] == grant_id)
    return next((one for one in found if one.month >= month), None)
