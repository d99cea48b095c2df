"""One person's month: what the law owes for it and why, what lists gave for it, and what is still to be made good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from ansinh.access.types import Actor
from ansinh.entitlement.queries import Span, spans_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.laws import law_at
from ansinh.payroll.queries.explanation import covers, explain_line, lost_in, said_month, why_late
from ansinh.payroll.queries.lines import LineFilter, ListedLine, as_written, list_lines, list_person_months
from ansinh.payroll.queries.runs import get_run
from ansinh.payroll.states import KIND_NAMES, ONCE
from ansinh.places.queries import list_paths
from ansinh.policy import Named, Pack, decision_rule, explain, explain_lost, load_pack, place_of_suspension
from ansinh.policy.types import Entitled, Regime, Sex
from ansinh.registry.queries import ChangeCard, get_person, kind_of_move, list_changes, list_grant_standings
from ansinh.registry.types import PersonCard


class CategoriesNotYours(Refusal):
    """{who} không được xem diện hưởng của từng người, nên không xem được giải thích. Hãy hỏi cán bộ lập danh sách."""


class NoSuchLine(Refusal):
    """Kỳ chi trả số {run_id} không có dòng số {line_id}. Hãy xem lại số dòng trên danh sách."""


@dataclass(frozen=True, slots=True)
class MonthExplained:
    """The paragraphs about a month of a person, and its sums in đồng: owed as known now, and listed so far.

    `called`: "Bà Lý Ngọc An, sinh năm 1932". `lines`: what lists gave for the month; `is_draft` when one of those lists
    is not approved yet.
    """

    person_id: int
    full_name: str
    called: str
    month: Month
    paragraphs: tuple[str, ...]
    due_dong: Dong
    listed_dong: Dong
    lines: tuple[ListedLine, ...]
    is_draft: bool

    @property
    def facts(self) -> dict[str, Any]:
        """The same for machines, one shape on the command line and over HTTP: amounts whole đồng, months "2020-08"."""
        return {
            "person": self.person_id,
            "full_name": self.full_name,
            "month": str(self.month),
            "due_dong": self.due_dong.value,
            "listed_dong": self.listed_dong.value,
            "explained": list(self.paragraphs),
            "lines": [
                {"payroll": str(line.payroll_month), "run": line.run_id, "line": line.id, "kind": line.kind,
                 "coefficient": str(line.coefficient), "base_dong": line.base_dong.value,
                 "amount_dong": line.amount_dong.value, "article": line.article, "decision_no": line.decision_no}
                for line in self.lines
            ],
        }  # fmt: skip


def explain_line_of_run(run_id: int, line_id: int, *, by: Actor) -> str:
    """The paragraph of one line; refuses (NoSuchRun, NoSuchLine) and whoever sees no categories."""
    _must_see(by)
    lines = list_lines(get_run(run_id, by=by), by=by, wanted=LineFilter()).lines
    found = next((line for line in lines if line.id == line_id), None)
    if found is None:
        raise NoSuchLine(run_id=run_id, line_id=line_id)
    return explain_line(found)


def explain_month(person_id: int, month: Month, *, by: Actor, payroll: Month | None = None) -> MonthExplained:
    """All about a month of a person. `payroll`: only what that payroll's list gives for the month, line by line.

    Refuses whoever is not of the actor's areas (NoSuchPerson), and an actor who sees no categories.
    """
    _must_see(by)
    card = get_person(person_id, by=by)
    months = [one for one in list_person_months(person_id, by=by) if one.state == "APPROVED" or payroll == one.month]
    found = [line for one in months for line in one.lines if line.entitlement_month == month]
    lines = [line for line in found if line.kind != ONCE]
    listed = Dong(sum(line.amount_dong.value for line in lines))
    # By the levels of the last list: what an older month is owed is told as the lists have come to make it good.
    by_list = payroll or max([month, *(one.month for one in months)])
    owed, due = _owed(card, month, by_list)
    if payroll is not None:
        told = [explain_line(line) for line in found if line.payroll_month == payroll]
        nothing = f"Danh sách tháng {said_month(payroll)} không có dòng nào của {card.full_name}"
        told = told or [f"{nothing} cho tháng {said_month(month)}."]
    else:
        told = [*(owed or _nothing_owed(card, month, by)), _listed_so_far(lines, month, due, listed)]
    return MonthExplained(
        person_id=person_id,
        full_name=card.full_name,
        called=_named(card).addressed(month),
        month=month,
        paragraphs=tuple(told),
        due_dong=due,
        listed_dong=listed,
        lines=tuple(sorted(lines, key=lambda line: (line.payroll_month, line.id))),
        is_draft=any(one.state != "APPROVED" and any(line in one.lines for line in lines) for one in months),
    )


def _must_see(by: Actor) -> None:
    if not by.sees_categories:
        raise CategoriesNotYours(who=by.name)


def _named(card: PersonCard) -> Named:
    sex = cast(Sex, card.sex) if card.sex else None
    return Named(card.full_name, card.birth.first_day, card.birth.precision, sex)


def _owed(card: PersonCard, month: Month, by_list: Month) -> tuple[list[str], Dong]:
    """A sentence for each benefit owed for the month as known now, and their sum in đồng."""
    home = max((one for one in card.residences if one.starts <= month), key=lambda one: one.starts, default=None)
    home = home or min(card.residences, key=lambda one: one.starts, default=None)
    path = list_paths([home.commune_code], month.first_day).get(home.commune_code, ()) if home else ()
    law = law_at(path, by_list)
    openings = {granted.grant_id: granted.opening_month for granted in card.grants}
    told, due = [], 0
    lost = lost_in(card.person_id, month)
    for span in spans_of(card.person_id):
        if not covers(span, month):
            continue
        base = law.pack.find_amount(law.pack.category(span.benefit).amount_key, month, path, law.levels_not_taken)
        if base is None:
            told.append(_no_table(card, span, month, law.pack))
            told += [explain_lost(loss, law.pack, month=month, who=_named(card)) for loss in lost]
            continue
        told.append(
            explain(_entitled(span), law.pack, month=month, who=_named(card), base=base, lost=lost, tell_assumed=True)
        )
        if openings.get(span.grant_id, month) > month:
            opening = said_month(openings[span.grant_id])
            told.append(f"Khoản này coi như đã chi trước khi dùng hệ thống: hệ thống chi từ tháng {opening}.")
            continue
        due += base.dong.times(span.coefficient).value - span.deducted_dong.value
    return told, Dong(due)


def _no_table(card: PersonCard, span: Span, month: Month, pack: Pack) -> str:
    """That a merit allowance is owed though nobody can say how much yet."""
    name = pack.category(span.benefit).name_vi
    return (
        f"{_named(card).addressed(month)}, tháng {said_month(month)} được hưởng trợ cấp ưu đãi “{name}” nhưng bộ quy "
        "định chưa có bảng mức của tháng này, nên danh sách không tính; khi có bảng mức sẽ truy lĩnh."
    )


def _entitled(span: Span) -> Entitled:
    return Entitled(
        person=str(span.person_id),
        grant=str(span.grant_id),
        benefit=span.benefit,
        regime=cast(Regime, span.regime),
        coefficient=as_written(span.coefficient),
        starts=span.starts,
        ends=span.ends,
        law=span.law,
        article=span.article,
        reason=span.reason,
        for_person=str(span.for_person_id) if span.for_person_id > 0 else None,
        assumed=tuple(part for part in span.assumed.split(",") if part),
        deducted=span.deducted_dong,
    )


def _nothing_owed(card: PersonCard, month: Month, by: Actor) -> list[str]:
    """Why nothing is owed for the month: what a decision lost, suspended, stopped, not begun; or no decision at all."""
    pack, who = load_pack(), _named(card)
    told = [explain_lost(loss, pack, month=month, who=who) for loss in lost_in(card.person_id, month)]
    if told:
        return told
    person, of = who.addressed(month), said_month(month)
    changes = [one for one in list_changes(card.person_id, by=by) if not one.undone]
    left = [one for one in changes if one.kind == "move_resident" and not one.facts["to"]]
    for move in left:
        if Month.parse(move.facts["from_month"]) <= month:
            place = kind_of_move(move.facts["from"], "", month).article
            return [f"{person}, tháng {of} do nơi chuyển đến chi trả{_written(place)}."]
    for one in list_grant_standings(card.person_id, by=by):
        number = f"quyết định số {one.decision_no}" if one.decision_no else "quyết định hưởng"
        gap = _suspended(one.grant_id, changes, month)
        if gap:
            place = place_of_suspension(month, pack)
            return [f"{person}, tháng {of} không được chi trả: {number} {gap}{_written(place)}."]
        if one.ends is not None and one.ends <= month:
            since, place = said_month(one.ends), decision_rule("stop", one.ends, pack)
            return [f"{person}, tháng {of} không được chi trả: {number} đã thôi hưởng từ tháng {since} ({place})."]
        if one.starts > month:
            return [f"{person}, tháng {of} chưa được chi trả: {number} hưởng từ tháng {said_month(one.starts)}."]
    return [f"{person}, tháng {of} không có quyết định hưởng nào trong sổ."]


def _written(place: str) -> str:
    return f" ({place})" if place else ""


def _suspended(grant_id: int, changes: list[ChangeCard], month: Month) -> str:
    """That the decision was suspended in the month: since when, and from when it pays again if it does."""
    since: Month | None = None
    told = [one for one in changes if one.facts.get("grant_id") == grant_id]
    for one in sorted(told, key=lambda one: (one.effective_on, one.change_id)):
        if one.kind == "suspend_grant":
            since = Month.containing(one.effective_on)
        elif one.kind == "resume_grant" and since is not None:
            again = Month.parse(one.facts["pays_from"])
            if since <= month < again:
                return f"tạm dừng từ tháng {said_month(since)}, chỉ hưởng lại từ tháng {said_month(again)}"
            since = None
    return f"đang tạm dừng từ tháng {said_month(since)}" if since is not None and since <= month else ""


def _listed_so_far(lines: list[ListedLine], month: Month, due: Dong, listed: Dong) -> str:
    """What approved lists gave for the month, and what the next one makes good."""
    of = said_month(month)
    parts = [_given(line) for line in sorted(lines, key=lambda line: (line.payroll_month, line.id))]
    said = f"Các danh sách đã ghi cho tháng {of}: {'; '.join(parts)}; cộng {listed} đồng"
    missing = due.value - listed.value
    if not lines:
        return f"Chưa danh sách nào chi cho tháng {of}."
    if missing > 0:
        return f"{said}. Còn thiếu {Dong(missing)} đồng, danh sách tới sẽ truy lĩnh."
    if missing < 0:
        return f"{said}. Đã ghi thừa {Dong(-missing)} đồng, danh sách tới sẽ thu hồi."
    return f"{said}, đúng bằng mức được hưởng."


def _given(line: ListedLine) -> str:
    """What one list gave for the month, and why only then."""
    amount, why = Dong(abs(line.amount_dong.value)), why_late(line)
    said = f"{KIND_NAMES[line.kind].lower()} {amount} đồng trong danh sách tháng {said_month(line.payroll_month)}"
    return f"{said}, {why}" if why else said
