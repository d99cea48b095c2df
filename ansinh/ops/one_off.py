"""`ansinh one-off …`: gifts, emergencies, funerals and merit given once, from the decision to the paid list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

import click

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.ops.acting import looker, now, preparer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.one_off_people import add, import_, remove, show
from ansinh.ops.one_off_steps import approve, issue, open_, play, submit, together
from ansinh.ops.options import DAY, MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.payroll.actions import create_occasion
from ansinh.payroll.queries import list_alike_occasions, list_occasions, preview_gift
from ansinh.payroll.types import OCCASION_KIND_NAMES, POVERTY, STATE_NAMES, Criteria, GiftPreview, OccasionCard

_SEXES = {"nam": "male", "nu": "female"}


@click.group("one-off")
def command() -> None:
    """Chi một lần: quà tặng, trợ giúp khẩn cấp, mai táng, thờ cúng liệt sĩ; từ quyết định đến chi trả."""


def _who(function: Callable[..., None]) -> Callable[..., None]:
    """Whom a gift is for."""
    for decorate in (
        click.option("--per-household", is_flag=True, help="Chi theo hộ: mỗi hộ một suất, người cao tuổi nhất nhận."),
        click.option(
            "--poverty",
            type=click.Choice(list(POVERTY)),
            help="Chỉ hộ nghèo, chỉ hộ cận nghèo, hoặc cả hai (either), như sổ biết trong tháng.",
        ),
        click.option("--receiving", is_flag=True, help="Chỉ người đang hưởng trợ cấp trong tháng."),
        click.option("--benefit", "benefits", multiple=True, help="Mã diện đang hưởng; ghi nhiều lần được."),
        click.option("--sex", type=click.Choice(list(_SEXES)), help="Chỉ nam hoặc chỉ nữ."),
        click.option("--age-to", type=int, help="Đến đủ bao nhiêu tuổi, tính vào ngày quyết định."),
        click.option("--age-from", type=int, help="Từ đủ bao nhiêu tuổi, tính vào ngày quyết định."),
    ):
        function = decorate(function)
    return function


@command.command("create")
@click.argument("kind", type=click.Choice(list(OCCASION_KIND_NAMES)))
@click.argument("month", type=MONTH)
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option("--title", required=True, help="Tên đợt chi, in trên danh sách.")
@click.option("--decision-no", required=True, help="Số quyết định.")
@click.option("--decided-on", required=True, type=DAY, help="Ngày quyết định.")
@click.option("--amount", type=int, help="Số tiền mỗi suất, đồng; mai táng theo luật, thờ cúng bỏ trống là theo luật.")
@click.option("--by-list", is_flag=True, help="Quà tặng theo danh sách đích danh, không theo tiêu chí.")
@click.option("--item", default="", help="Loại trợ giúp khẩn cấp, ví dụ housing_rebuild.")
@click.option("--happened-on", type=DAY, help="Ngày xảy ra, của trợ giúp khẩn cấp.")
@click.option("--article", default="", help="Điều khoản mà quyết định căn cứ, của trợ cấp người có công một lần.")
@click.option("--year", "for_year", type=int, help="Trợ cấp thờ cúng của năm nào; bỏ trống là năm của tháng chi trả.")
@click.option("--preview", is_flag=True, help="Chỉ xem bao nhiêu người, bao nhiêu tiền; không ghi gì.")
@_who
@as_option
@json_option
@click.pass_obj
def create(
    answer: Answer, *, kind: str, month: Month, place_code: str, title: str, decision_no: str, decided_on: datetime,
    amount: int | None, by_list: bool, item: str, happened_on: datetime | None, article: str, for_year: int | None,
    preview: bool, age_from: int | None, age_to: int | None, sex: str | None, benefits: tuple[str, ...],
    receiving: bool, poverty: str | None, per_household: bool, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Lập một đợt chi một lần trong tháng MONTH; merit_yearly: thờ cúng liệt sĩ, merit_once: người có công một lần."""
    prepared_database(answer.say)
    by = preparer(usernames)
    criteria = None
    if kind == "gift" and not by_list:
        criteria = Criteria(age_from, age_to, _SEXES.get(sex or "", ""), benefits, receiving, poverty or "")
    seen = None
    if criteria is not None and amount:
        seen = preview_gift(
            place_code, month, decided_on.date(), criteria, Dong(amount), per_household=per_household, by=by
        )
    facts: dict[str, object] = {} if seen is None else {**asdict(seen), "total_dong": seen.total_dong.value}
    alike = list_alike_occasions(
        kind, title, place_code, month,
        decision_no=decision_no, decided_on=decided_on.date(), for_year=for_year, by=by,
    )  # fmt: skip
    facts["alike"] = [{"occasion_id": one.occasion_id, "run_id": one.run_id, "title": one.title} for one in alike]
    warned = "".join(f"\n{_before(one)}" for one in alike)
    if preview:
        told = _seen(seen) if seen is not None else "Đợt này chi theo danh sách đích danh, chưa có ai."
        answer.give(facts, told + warned)
        return
    made = create_occasion(
        kind=kind, title=title, place_code=place_code, month=month, decision_no=decision_no,
        decided_on=decided_on.date(), amount_dong=Dong(amount) if amount else None, per_household=per_household,
        criteria=criteria, item=item, happened_on=happened_on.date() if happened_on else None,
        article=article, for_year=for_year, by=by, at=now(),
    )  # fmt: skip
    told = "" if seen is None else f" {_seen(seen)}"
    answer.give(
        {"occasion_id": made.occasion_id, **facts}, f"Đã lập đợt chi một lần số {made.occasion_id}.{told}{warned}"
    )


def _before(one: OccasionCard) -> str:
    """One recorded before that looks like the same decision."""
    state = f"kỳ chi trả {one.run_id}, {STATE_NAMES[one.state].lower()}" if one.run_id else "chưa chốt danh sách"
    return (
        f'Chú ý: đã có đợt chi số {one.occasion_id} cùng loại, cùng số quyết định hoặc cùng tên: "{one.title}", '
        f"{one.decision}, tháng {one.month.vi} ({state}). Ai có tên ở cả hai danh sách sẽ là phát hiện chặn."
    )


def _seen(seen: GiftPreview) -> str:
    """The preview in sentences; what it rests on too."""
    told = [f"Theo sổ hiện nay: {seen.payees} suất, {seen.total_dong} đồng."]
    if seen.by_decision:
        told.append(
            f"Trong đó {seen.by_decision} suất theo quyết định hưởng: sổ chưa ghi riêng hộ nghèo, hộ cận nghèo của họ."
        )
    if seen.unclear:
        told.append(
            f"Không tính {seen.unclear} trường hợp quyết định hưởng chỉ cho biết là hộ nghèo hoặc hộ cận nghèo, "
            "không rõ hộ nào. Hãy ghi bằng lệnh: ansinh change fact."
        )
    if seen.waiting:
        told.append(
            f"Còn {seen.waiting} người có thông tin mới, mức hưởng chưa được xác định lại nên số này có thể thiếu. Hãy "
            "chạy ansinh register upcoming rồi xem lại."
        )
    return " ".join(told)


@command.command("list")
@as_option
@json_option
@click.pass_obj
def list_(answer: Answer, usernames: tuple[str, ...]) -> None:
    """Các đợt chi một lần, mới nhất trước."""
    prepared_database(answer.say)
    found = list_occasions(by=looker("payroll.see_lists", usernames))
    answer.give({"occasions": [_facts(one) for one in found]}, "\n".join(map(_told, found)) or "Chưa có đợt nào.")


def _facts(one: OccasionCard) -> dict[str, object]:
    return {
        "occasion_id": one.occasion_id,
        "kind": one.kind,
        "title": one.title,
        "place": one.place_code,
        "month": str(one.month),
        "payees": one.payees,
        "total_dong": one.total_dong.value,
        "run_id": one.run_id,
        "state": one.state,
    }


def _told(one: OccasionCard) -> str:
    state = STATE_NAMES[one.state] if one.state else "Chưa chốt danh sách"
    return (
        f"{one.occasion_id:>4}  {OCCASION_KIND_NAMES[one.kind]}: {one.title}, tháng {one.month.vi}, địa bàn "
        f"{one.place_code}: {one.payees} suất, {one.total_dong} đồng. {state}."
    )


for step in (show, add, remove, import_, open_, together, submit, approve, issue, play, create, list_):
    command.add_command(step)
