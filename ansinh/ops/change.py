"""`ansinh change …`: record what became of people, look at what it does, take it back, read it again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import click

from ansinh.audit.actions import tell_export, tell_look
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.legal_days import end_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.change_doing import How, change_options, day_of, do
from ansinh.ops.change_told import card_facts, card_line, plain, recent_facts, recent_line
from ansinh.ops.options import DAY, MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.registry import actions
from ansinh.registry.queries import (
    ChangeFilter,
    get_person_as_known,
    get_person_of_change,
    list_changes,
    list_recent_changes,
)
from ansinh.registry.types import ChildRaised

_MOST_LISTED = 200


class ChildUnread(Refusal):
    """Không đọc được con "{text}". Hãy ghi ngày sinh, thêm :studying hoặc :not-studying nếu biết; ví dụ
    2012-05-05:studying; chưa rõ ngày sinh thì ghi unknown."""


class UndoneWithoutReason(Refusal):
    """Hoàn tác biến động số {change_id} cần lý do. Hãy thêm --reason "…"."""


class WhoseChanges(Refusal):
    """Hãy ghi số của một người, hoặc --place mã địa bàn để xem biến động của cả địa bàn; không dùng cả hai."""


@click.group("change")
def command() -> None:
    """Biến động: ghi, xem trước, hoàn tác, xem lại; mỗi lệnh kèm --preview để chỉ xem trước."""


@command.command("death")
@change_options
@click.argument("person_id", type=int)
@click.option("--on", "day", type=DAY, required=True, help="Ngày qua đời.")
def death(answer: Answer, *, person_id: int, day: datetime, how: How) -> None:
    """Ghi người chết: tháng đó trả cả tháng, từ tháng sau thôi."""
    do(answer, actions.record_death, how=how, people=(person_id,), person_id=person_id, died_on=day.date())


@command.command("missing")
@change_options
@click.argument("person_id", type=int)
@click.option("--on", "day", type=DAY, required=True, help="Ngày quyết định của Tòa án có hiệu lực.")
def missing(answer: Answer, *, person_id: int, day: datetime, how: How) -> None:
    """Ghi người bị Tòa án tuyên bố mất tích: tháng đó trả cả tháng, từ tháng sau thôi."""
    do(answer, actions.record_missing, how=how, people=(person_id,), person_id=person_id, missing_on=day.date())


@command.command("fact")
@change_options
@click.argument("person_id", type=int)
@click.argument("kind")
@click.argument("value")
@click.option("--on", "day", type=DAY, required=True, help="Đúng từ ngày này.")
@click.option("--monthly", type=int, help="Số tiền hằng tháng (đồng) của lương hưu, trợ cấp.")
@click.option("--facility", "facility_id", type=int, help="Số của cơ sở nuôi dưỡng, khi KIND là in_facility.")
def fact(
    answer: Answer,
    *,
    person_id: int,
    kind: str,
    value: str,
    day: datetime,
    monthly: int | None,
    facility_id: int | None,
    how: How,
) -> None:
    """Ghi một thông tin xét hưởng: KIND là poverty, disability, studying…; VALUE là giá trị, none là không còn."""
    do(answer, actions.record_fact, how=how, people=(person_id,), person_id=person_id, kind=kind, value=value,
       effective_on=day.date(), facility_id=facility_id,
       monthly_dong=None if monthly is None else Dong(monthly))  # fmt: skip


@command.command("children")
@change_options
@click.argument("person_id", type=int)
@click.option("--child", "told", multiple=True, metavar="NGÀY[:studying|:not-studying]", help="Mỗi con một lần.")
@click.option("--on", "day", type=DAY, required=True, help="Biết từ ngày này.")
def children(answer: Answer, *, person_id: int, told: tuple[str, ...], day: datetime, how: How) -> None:
    """Ghi tất cả các con đang nuôi, thay cho những gì sổ đang ghi."""
    raised = tuple(_child(text) for text in told)
    do(answer, actions.record_children, how=how, people=(person_id,), person_id=person_id, children=raised,
       known_on=day.date())  # fmt: skip


@command.command("grant")
@change_options
@click.argument("person_id", type=int)
@click.argument("category")
@click.option("--from", "starts", type=MONTH, help="Tháng hưởng; bỏ trống thì theo luật.")
@click.option("--cared-for", "cared_for_id", type=int, help="Số của người được chăm sóc.")
@click.option("--children", "children_", type=int, help="Số con ghi trong quyết định.")
@click.option("--coefficient", type=Decimal, help="Hệ số ghi trong quyết định, ví dụ 1.5.")
@click.option("--applied-on", type=DAY, help="Ngày nhận hồ sơ.")
def grant(answer: Answer, *, person_id: int, category: str, children_: int | None, applied_on: datetime | None,
          how: How, **more: Any) -> None:  # fmt: skip
    """Ghi quyết định hưởng diện CATEGORY."""
    do(answer, actions.record_grant, how=how, people=(person_id,), person_id=person_id, category=category,
       children=children_, applied_on=day_of(applied_on), **more)  # fmt: skip


@command.command("adjust")
@change_options
@click.argument("person_id", type=int)
@click.option("--grant", "grant_id", type=int, required=True, help="Số quyết định hưởng trong sổ.")
@click.option("--from", "from_month", type=MONTH, required=True, help="Tháng luật đổi mức.")
def adjust(answer: Answer, *, person_id: int, grant_id: int, from_month: Month, how: How) -> None:
    """Ghi văn bản điều chỉnh cho mức đã đổi theo luật; không làm thay đổi số tiền."""
    do(answer, actions.adjust_grant, how=how, people=(person_id,), person_id=person_id, grant_id=grant_id,
       from_month=from_month)  # fmt: skip


@command.command("stop")
@change_options
@click.argument("person_id", type=int)
@click.option("--grant", "grant_id", type=int, required=True, help="Số quyết định hưởng trong sổ.")
@click.option("--on", "day", type=DAY, required=True, help="Ngày có sự việc.")
def stop(answer: Answer, *, person_id: int, grant_id: int, day: datetime, how: How) -> None:
    """Ghi thôi hưởng: tháng có sự việc trả cả tháng."""
    do(answer, actions.stop_grant, how=how, people=(person_id,), person_id=person_id, grant_id=grant_id,
       happened_on=day.date())  # fmt: skip


@command.command("suspend")
@change_options
@click.argument("person_id", type=int)
@click.option("--grant", "grant_id", type=int, required=True, help="Số quyết định hưởng trong sổ.")
@click.option("--from", "from_month", type=MONTH, required=True, help="Tháng đầu tiên chưa trả.")
def suspend(answer: Answer, *, person_id: int, grant_id: int, from_month: Month, how: How) -> None:
    """Ghi tạm dừng hưởng."""
    do(answer, actions.suspend_grant, how=how, people=(person_id,), person_id=person_id, grant_id=grant_id,
       from_month=from_month)  # fmt: skip


@command.command("resume")
@change_options
@click.argument("person_id", type=int)
@click.option("--grant", "grant_id", type=int, required=True, help="Số quyết định hưởng trong sổ.")
@click.option("--on", "day", type=DAY, required=True, help="Hưởng lại từ ngày.")
def resume(answer: Answer, *, person_id: int, grant_id: int, day: datetime, how: How) -> None:
    """Ghi hưởng lại; tháng trả lại theo nghị định của ngày đó."""
    do(answer, actions.resume_grant, how=how, people=(person_id,), person_id=person_id, grant_id=grant_id,
       resumed_on=day.date())  # fmt: skip


@command.command("move")
@change_options
@click.argument("person_id", type=int)
@click.option("--to", "commune_code", default="", help="Mã xã nơi đến; bỏ trống là đi nơi không thuộc sổ này.")
@click.option("--from", "from_month", type=MONTH, required=True, help="Tháng đầu tiên nơi mới trả.")
@click.option("--hamlet", default="", help="Thôn, tổ dân phố nơi đến.")
def move(answer: Answer, *, person_id: int, commune_code: str, from_month: Month, hamlet: str, how: How) -> None:
    """Ghi chuyển nơi hưởng."""
    do(answer, actions.move_resident, how=how, people=(person_id,), person_id=person_id, commune_code=commune_code,
       from_month=from_month, hamlet=hamlet)  # fmt: skip


@command.command("birth")
@change_options
@click.argument("person_id", type=int)
@click.option("--born", required=True, help="Ngày sinh đúng: 13/08/1984, 08/1984 hoặc 1984.")
def birth(answer: Answer, *, person_id: int, born: str, how: How) -> None:
    """Đính chính ngày sinh."""
    do(answer, actions.correct_birth, how=how, people=(person_id,), person_id=person_id,
       birth=BirthDate.parse_vi(born))  # fmt: skip


@command.command("name")
@change_options
@click.argument("person_id", type=int)
@click.option("--to", "full_name", required=True, help="Họ tên đúng.")
def name(answer: Answer, *, person_id: int, full_name: str, how: How) -> None:
    """Đính chính họ tên."""
    do(answer, actions.correct_name, how=how, people=(person_id,), person_id=person_id, full_name=full_name)


@command.command("identity")
@change_options
@click.argument("person_id", type=int)
@click.option("--number", required=True, prompt="Số định danh", hide_input=True, help="Bỏ trống thì được hỏi.")
def identity(answer: Answer, *, person_id: int, number: str, how: How) -> None:
    """Đính chính số căn cước hoặc chứng minh nhân dân."""
    do(answer, actions.correct_identity, how=how, people=(person_id,), person_id=person_id, number=number)


@command.command("collector")
@change_options
@click.argument("person_id", type=int)
@click.option("--name", "full_name", required=True, help="Họ tên người nhận thay.")
@click.option("--relation", default="", help="Quan hệ với người hưởng.")
@click.option("--from", "starts", type=DAY, required=True, help="Ủy quyền từ ngày.")
@click.option("--until", "ends", type=DAY, required=True, help="Ủy quyền đến ngày.")
def collector(answer: Answer, *, person_id: int, starts: datetime, ends: datetime, how: How, **who: Any) -> None:
    """Ghi người nhận thay, thay cho người đang ghi."""
    do(answer, actions.change_collector, how=how, people=(person_id,), person_id=person_id,
       authorised_from=starts.date(), authorised_until=ends.date(), **who)  # fmt: skip


@command.command("merge")
@change_options
@click.argument("person_id", type=int)
@click.argument("double_id", type=int)
@click.option("--from", "from_month", type=MONTH, required=True, help="Gộp từ tháng.")
def merge(answer: Answer, *, person_id: int, double_id: int, from_month: Month, how: How) -> None:
    """Gộp hồ sơ trùng DOUBLE_ID vào PERSON_ID."""
    do(answer, actions.merge_people, how=how, people=(person_id, double_id), person_id=person_id,
       double_id=double_id, from_month=from_month)  # fmt: skip


@command.command("undo")
@change_options
@click.argument("change_id", type=int)
def undo(answer: Answer, *, change_id: int, how: How) -> None:
    """Hoàn tác biến động CHANGE_ID; cần --reason."""
    if not how.paper.reason.strip():
        raise UndoneWithoutReason(change_id=change_id)
    prepared_database(answer.say)
    person_id = get_person_of_change(change_id, by=doer("registry.undo_change", how.usernames))
    do(answer, actions.undo_change, how=how, people=(person_id,), change_id=change_id, reason=how.paper.reason)


@command.command("list")
@click.argument("person_id", type=int, required=False)
@click.option("--place", default="", help="Mã địa bàn: biến động của mọi người ở đó, mới ghi đứng trước.")
@click.option("--since", type=DAY, help="Ghi từ ngày này.")
@as_option
@json_option
@click.pass_obj
def list_(
    answer: Answer, person_id: int | None, place: str, since: datetime | None, usernames: tuple[str, ...]
) -> None:
    """Xem biến động của một người, hoặc của một địa bàn."""
    if bool(place) == (person_id is not None):
        raise WhoseChanges()
    prepared_database(answer.say)
    by = looker("registry.see_people", usernames)
    if person_id is not None:
        cards = list_changes(person_id, by=by)
        tell_look("registry.look_story", person_id=person_id, by=by, at=now())
        text = "\n".join(card_line(card) for card in cards) or "Chưa ghi biến động nào."
        answer.give({"changes": [card_facts(card) for card in cards]}, text)
        return
    page = list_recent_changes(by=by, wanted=ChangeFilter(place=place, since=day_of(since)), limit=_MOST_LISTED)
    tell_export("registry.export_changes", by=by, at=now(), place_code=place, rows=len(page.changes))
    lines = [recent_line(one) for one in page.changes]
    if page.found > _MOST_LISTED:
        lines.append(f"… và {page.found - _MOST_LISTED} biến động cũ hơn.")
    facts = {"found": page.found, "changes": [recent_facts(one) for one in page.changes]}
    answer.give(facts, "\n".join(lines) or "Chưa ghi biến động nào.")


@command.command("known")
@click.argument("person_id", type=int)
@click.option("--on", "day", type=DAY, required=True, help="Như đã biết đến hết ngày này.")
@as_option
@json_option
@click.pass_obj
def known(answer: Answer, person_id: int, day: datetime, usernames: tuple[str, ...]) -> None:
    """Xem sổ biết gì về một người đến hết một ngày, dù sau đó đã biết thêm gì."""
    prepared_database(answer.say)
    by = looker("registry.see_people", usernames)
    then = get_person_as_known(person_id, known_by=end_of(day.date()), by=by)
    tell_look("registry.look_story", person_id=person_id, by=by, at=now(), on=day.date())
    facts = {
        "person_id": person_id, "full_name": then.full_name, "birth": then.birth.vi,
        "facts": {key: one for key, one in plain(then.facts).items() if one is not None},
        "grants": plain(then.grants),
    }  # fmt: skip
    died = f", qua đời ngày {then.facts.died_on:%d/%m/%Y}" if then.facts.died_on else ""
    lines = [f"{then.full_name}, sinh {then.birth.vi}{died}; {len(then.grants)} quyết định."]
    for one in then.grants:
        until = (one.ends + -1).vi if one.ends else "nay"
        since = one.starts.vi if one.starts else "–"
        lines.append(f"  quyết định số {one.key}: {one.category} từ {since} đến {until}")
    answer.give(facts, "\n".join(lines))


def _child(text: str) -> ChildRaised:
    born, _colon, study = text.partition(":")
    studying = {"": None, "studying": True, "not-studying": False}
    try:
        day = None if born == "unknown" else date.fromisoformat(born)
        return ChildRaised(day, studying[study])
    except (ValueError, KeyError) as fault:
        raise ChildUnread(text=text) from fault
