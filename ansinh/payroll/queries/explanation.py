"""Why this amount: a line told in a paragraph with its articles, and if it is late what made it so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from ansinh.entitlement.queries import Law, Span, get_span, lost_of, spans_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_of
from ansinh.payroll.models import LevelPack, Occasion, Run
from ansinh.payroll.queries.lines import ListedLine, as_written
from ansinh.payroll.rules import dated, vi_coefficient
from ansinh.payroll.states import ONCE, RECOVERY, REGULAR
from ansinh.places.queries import list_paths, path_of
from ansinh.platform import sql
from ansinh.policy import (
    Named,
    Pack,
    decision_rule,
    explain,
    explain_lost,
    load_pack,
    vi_decimal,
    why_before_signing,
)
from ansinh.policy.types import Entitled, Lost, Regime, Sex, StandardAmount
from ansinh.registry.queries import CHANGE_NAMES, FACT_KINDS, kind_of_move
from ansinh.registry.types import KINDS_NEVER_ABOUT_MONEY


@dataclass(frozen=True, slots=True)
class _Late:
    """What lists before gave for the same thing, in words, why this list differs, and what became of the benefit (both
    empty: nothing says)."""

    listed: Dong
    listed_how: str
    why: str
    became: str


def explain_line(line: ListedLine) -> str:
    """The paragraph of one line: the law's sentence, what lost; of a late month what was listed before, and why now."""
    if line.kind == ONCE:
        return _given_once(line)
    law = law_of(Run.objects.get(pk=line.run_id))
    if line.kind == REGULAR:
        return f"{_entitlement_sentence(line, law)}{_levels_to_come(line, law)}"
    late = _late(line, law)
    due = late.listed.value + line.amount_dong.value
    first = _not_owed(line, late, law.pack) if due <= 0 else _entitlement_sentence(line, law)
    return f"{first} {_made_good(line, late, due)}"


def why_late(line: ListedLine) -> str:
    """Why a line of a late month is only on this list, as a part of a sentence; empty: nothing says, or not late."""
    return "" if line.kind in (REGULAR, ONCE) else _late(line, law_of(Run.objects.get(pk=line.run_id))).why


def _given_once(line: ListedLine) -> str:
    """What was given, how it was reckoned, by which decision or article, who collects."""
    occasion = Occasion.objects.get(runs=line.run_id)
    payee = occasion.payees.get(person_id=line.person_id)
    whom = f"hộ của {line.full_name}" if payee.household_id is not None else line.full_name
    reckoned = ""
    if line.coefficient != 1:
        reckoned = f" = {vi_coefficient(line.coefficient)} × {line.base_dong} đồng"
    told = f"{occasion.title}: {whom} được chi một lần {line.amount_dong} đồng{reckoned}, theo {line.article}."
    said = f" {payee.reason}." if payee.reason else ""
    if martyrs := ", ".join(str(martyr) for martyr in payee.martyrs.order_by("pk")):
        said = f" Thờ cúng năm {occasion.for_year}: liệt sĩ {martyrs}.{said}"
    collector = f" Người nhận: {line.collector} ({line.collector_relation})." if line.collector else ""
    return f"{told}{said}{collector}"


def _entitlement_sentence(line: ListedLine, law: Law) -> str:
    told = explain(
        _entitled(line),
        law.pack,
        month=line.entitlement_month,
        who=named(line),
        base=_base(line, law),
        lost=_lost(line),
        tell_assumed=True,
    )
    carer = law.pack.category(line.benefit).is_carer and line.cared_for and line.cared_for != line.full_name
    return f"{told} Người được chăm sóc: {line.cared_for}." if carer else told


def _levels_to_come(line: ListedLine, law: Law) -> str:
    """That the place still lists by older levels though the law's money is owed already; nothing where it does not."""
    behind = [law.pack.laws[code] for code in sorted(law.levels_not_taken)]
    titles = [one.title for one in behind if one.money_from <= line.entitlement_month]
    if not titles:
        return ""
    return f" Địa bàn chưa áp dụng mức của {', '.join(titles)}; phần chênh lệch được truy lĩnh khi áp dụng."


def _not_owed(line: ListedLine, late: _Late, pack: Pack) -> str:
    """Why nothing is owed any more for what a recovery takes back."""
    month = line.entitlement_month
    for loss in _lost(line):
        if loss.grant == str(line.grant_id):
            return explain_lost(loss, pack, month=month, who=named(line))
    who, name = named(line).addressed(month), pack.category(line.benefit).name_vi
    instead = [span.benefit for span in spans_of(line.person_id) if covers(span, month)]
    if instead and line.benefit not in instead:
        others = ", ".join(f"“{pack.category(benefit).name_vi}”" for benefit in dict.fromkeys(instead))
        return f"{who}, tháng {said_month(month)} hưởng diện {others} thay cho diện “{name}”."
    if late.became:
        return f"{who}, {late.became}."
    return f"{who}, tháng {said_month(month)} không còn được hưởng diện “{name}” theo các quyết định trong sổ."


def _made_good(line: ListedLine, late: _Late, due: int) -> str:
    """What lists before gave, what this list adds or takes back, and why only now."""
    month, run = said_month(line.entitlement_month), said_month(line.payroll_month)
    why = f", {late.why}" if late.why else ""
    if line.kind == RECOVERY:
        back = Dong(-line.amount_dong.value)
        part = "phần chênh lệch " if due > 0 else ""
        return f"Tháng {month} {late.listed_how}; thu hồi {part}{back} đồng trong danh sách tháng {run}{why}."
    part = "phần chênh lệch " if late.listed.value else ""
    return f"Tháng {month} {late.listed_how}; truy lĩnh {part}{line.amount_dong} đồng trong danh sách tháng {run}{why}."


def said_month(month: Month) -> str:
    """As sentences write a month: "3/2022"."""
    return f"{month.number}/{month.year}"


def covers(span: Span, month: Month) -> bool:
    """Whether a span owes anything for the month."""
    return span.starts <= month and (span.ends is None or month < span.ends)


def _late(line: ListedLine, law: Law) -> _Late:
    asked = {
        "payroll_month": line.payroll_month.first_day,
        "line_id": line.id,
        "never_about_money": [kind for kind in KINDS_NEVER_ABOUT_MONEY if kind != "undo_change"],
    }
    row = sql.rows("payroll/find_reason_of_line", asked)[0]
    listed = Dong(int(row["listed_dong"]))
    return _Late(listed, _listed_how(row, listed), _why_late(line, row, law), _what_became(line, row, law.pack))


def _what_became(line: ListedLine, row: dict[str, Any], pack: Pack) -> str:
    """Who moved away, was another's double, or was stopped: why this place owes the month nothing, with its article."""
    facts, month = _facts(row), line.entitlement_month
    if row["change_kind"] == "move_resident" and not facts["to"]:
        article = kind_of_move(facts["from"], "", month).article
        return f"tháng {said_month(month)} do nơi chuyển đến chi trả{f' ({article})' if article else ''}"
    if row["change_kind"] == "merge_people" and row["merged_into_id"] is not None:
        return f"tháng {said_month(month)} được tính theo hồ sơ số {row['merged_into_id']} của cùng một người"
    if row["change_kind"] == "stop_grant" and facts["grant_id"] == line.grant_id:
        from_month = Month.containing(row["effective_on"]) + 1
        name, rule = pack.category(line.benefit).name_vi, decision_rule("stop", from_month, pack)
        return f"từ tháng {said_month(from_month)} thôi hưởng diện “{name}” ({rule})"
    return ""


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    facts = row["change_facts"]
    return cast(dict[str, Any], json.loads(facts) if isinstance(facts, str) else facts or {})


def _listed_how(row: dict[str, Any], listed: Dong) -> str:
    if row["listed_month"] is None:
        return "chưa được chi theo diện này"
    first = said_month(Month.containing(row["listed_month"]))
    if not listed.value:
        return f"đã lên danh sách tháng {first} rồi bị thu hồi hết"
    if row["listed_times"] > 1:
        return f"các danh sách trước đã ghi cộng lại {listed} đồng (từ danh sách tháng {first})"
    level = f"hệ số {vi_decimal(as_written(row['listed_coefficient']))} × {Dong(row['listed_base_dong'])} đồng"
    return f"đã ghi {listed} đồng trong danh sách tháng {first} ({level})"


def _why_late(line: ListedLine, row: dict[str, Any], law: Law) -> str:
    """Why only now: levels taken up, a decision first listed, or the change recorded since the last list."""
    if taken_up := _levels_taken_up(line, row, law):
        return f"vì {taken_up} từ danh sách tháng {said_month(line.payroll_month)}"
    if row["change_kind"] == "record_grant" and not row["is_first_listed"]:
        # Another decision's benefit stands in this one's place.
        return f"vì {_decision(row['decision_no'], row['decided_on'])} nay mới có trong danh sách"
    if row["change_kind"] is not None and row["change_kind"] != "record_grant":
        return f"{_change_said(row)}{_paper(row['decision_no'], row['decided_on'])}".replace(") (", "; ")
    if row["is_first_listed"]:
        said = f"vì {_decision(row['granted_no'], row['granted_on'])} nay mới có trong danh sách"
        signed_on = row["granted_on"]
        if signed_on is not None and line.entitlement_month < Month.containing(signed_on):
            rule = why_before_signing(row["granted_category"], signed_on, law.pack)
            return f"{said}; {rule}" if rule else said
        return said
    return ""


def _decision(number: str, signed_on: Any) -> str:
    paper = f" số {number}" if number else ""
    return f"quyết định hưởng{paper}{f' ngày {signed_on:%d/%m/%Y}' if signed_on else ''}"


def _levels_taken_up(line: ListedLine, row: dict[str, Any], law: Law) -> str:
    """The laws and level packs this list is the first to go by, in words; nothing where it goes by no new ones."""
    without = row["listed_without"] or ""
    taken = [code for code in without.split(",") if code and code not in law.levels_not_taken]
    if taken:
        return f"địa bàn áp dụng mức của {', '.join(law.pack.laws[code].title for code in taken)}"
    added = _packs_added(line, row)
    return f"áp dụng {added}" if added else ""


def _packs_added(line: ListedLine, row: dict[str, Any]) -> str:
    """The level packs this list is the first to go by, with their decisions, where the line has another level."""
    level = row["listed_coefficient"], row["listed_base_dong"]
    if row["listed_packs"] is None or level == (line.coefficient, line.base_dong.value):
        return ""
    before = row["listed_packs"].split(",")
    numbers = Run.objects.values_list("level_packs", flat=True).get(pk=line.run_id).split(",")
    new = LevelPack.objects.filter(pk__in=[int(number) for number in numbers if number and number not in before])
    return ", ".join(f"{one.title}{_paper(one.decision_no, one.decided_on)}" for one in new.order_by("pk"))


def _change_said(row: dict[str, Any]) -> str:
    kind = row["change_kind"]
    if row["undone_kind"] is not None:
        return f"do hoàn tác biến động “{_name_of(row['undone_kind'])}”"
    name = _name_of(kind)
    if kind in FACT_KINDS:
        value = _facts(row)["value"]
        name = name if value == "yes" else f"{name}: {FACT_KINDS[kind].values.get(value, value)}"
    return f"theo biến động “{name}”{dated(kind, row['effective_on'])}"


def _name_of(kind: str) -> str:
    return FACT_KINDS[kind].name_vi if kind in FACT_KINDS else CHANGE_NAMES.get(kind, kind)


def _paper(number: str, day: Any) -> str:
    if not number:
        return ""
    signed = f" ngày {day:%d/%m/%Y}" if day else ""
    return f" (quyết định số {number}{signed})"


def named(line: ListedLine) -> Named:
    """How a sentence about a line calls its person."""
    sex = cast(Sex, line.sex) if line.sex else None
    return Named(line.full_name, line.birth.first_day, line.birth.precision, sex)


def _base(line: ListedLine, law: Law) -> StandardAmount:
    """The standard amount the line was listed by: of where the person lived, by the levels the place listed by."""
    month = line.entitlement_month
    then = list_paths([line.commune_code], month.first_day).get(line.commune_code)
    paths = [then, path_of(line.commune_code, line.payroll_month.first_day)]
    key = law.pack.category(line.benefit).amount_key
    known = [path for path in paths if path is not None]
    found = [law.pack.standard_amount(key, month, path, law.levels_not_taken) for path in known]
    return next((one for one in found if one.dong == line.base_dong), found[-1])


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
    return lost_in(line.person_id, line.entitlement_month)


def lost_in(person_id: int, month: Month) -> tuple[Lost, ...]:
    """What was granted to a person and pays nothing in a month, with why, and in favour of what."""
    pack = load_pack()
    owed = [one for one in spans_of(person_id) if covers(one, month) and one.regime != "merit"]
    paid = [one for one in owed if not pack.category(one.benefit).is_carer]
    # The single parent's allowance takes nothing from the one that stands beside it.
    paid.sort(key=lambda one: (one.benefit == "single_parent_poor", -one.coefficient))
    return tuple(
        Lost(
            person=str(person_id),
            grant=str(row.grant_id),
            benefit=row.benefit,
            starts=row.starts,
            ends=row.ends,
            because=row.because,
            text=row.reason,
            to=paid[0].benefit if paid and row.because == "highest_only" else None,
        )
        for row in lost_of(person_id)
        if row.starts <= month and (row.ends is None or month < row.ends)
    )
