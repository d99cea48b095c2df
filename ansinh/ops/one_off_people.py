"""`ansinh one-off show|add|remove|import`: who is on the list of an occasion, people without papers among them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import click
from django.db import transaction

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now, preparer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.register import FileUnreadable
from ansinh.payroll.actions import add_payee, remove_payee
from ansinh.payroll.queries import get_occasion, list_payees
from ansinh.payroll.types import OccasionCard
from ansinh.registry.actions import add_person

_COLUMNS = ("ho_ten", "nam_sinh", "gioi_tinh", "ma_xa", "thon", "ly_do")
_SEXES = {"nam": "male", "nữ": "female", "nu": "female", "": ""}


class NotAPeopleFile(Refusal):
    """Tệp phải là CSV (UTF-8) có các cột: {columns}. Còn thiếu: {missing}."""


class PeopleRowRefused(Refusal):
    """Dòng {row}: {why} Chưa ai trong tệp được ghi."""


@click.command("show")
@click.argument("occasion_id", type=int)
@as_option
@json_option
@click.pass_obj
def show(answer: Answer, occasion_id: int, usernames: tuple[str, ...]) -> None:
    """Danh sách người nhận của đợt chi OCCASION_ID."""
    prepared_database(answer.say)
    by = preparer(usernames)
    card, found = get_occasion(occasion_id, by=by), list_payees(occasion_id, by=by)
    facts = [
        {"person_id": one.person_id, "full_name": one.full_name, "commune": one.commune_code,
         "household_id": one.household_id, "amount_dong": one.amount_dong.value, "article": one.article,
         "collector": one.collector}
        for one in found
    ]  # fmt: skip
    rows = [
        f"  {one.person_id:>6} {one.full_name}, {one.born_year}, xã {one.commune_code}: {one.amount_dong} đồng"
        + (f", người nhận {one.collector}" if one.collector else "")
        for one in found
    ]
    head = f"{card.title}: {card.payees} suất, {card.total_dong} đồng."
    answer.give({"occasion_id": occasion_id, "payees": facts}, "\n".join([head, *rows]))


@click.command("add")
@click.argument("occasion_id", type=int)
@click.argument("person_id", type=int)
@click.option("--collector", "collector_name", default="", help="Người lo mai táng, nhận tiền.")
@click.option("--relation", "collector_relation", default="", help="Quan hệ của người đó với người chết.")
@click.option("--reason", default="", help="Vì sao người này được chi.")
@as_option
@json_option
@click.pass_obj
def add(
    answer: Answer, *, occasion_id: int, person_id: int, collector_name: str, collector_relation: str, reason: str,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Thêm người số PERSON_ID vào đợt chi OCCASION_ID; mai táng thì là người đã chết."""
    prepared_database(answer.say)
    done = add_payee(
        occasion_id=occasion_id, person_id=person_id, collector_name=collector_name,
        collector_relation=collector_relation, reason=reason, by=preparer(usernames), at=now(),
    )  # fmt: skip
    facts = {"occasion_id": occasion_id, "person_id": person_id, "amount_dong": done.amount_dong.value}
    answer.give(facts, f"Đã thêm người số {person_id}: {done.amount_dong} đồng.")


@click.command("remove")
@click.argument("occasion_id", type=int)
@click.argument("person_id", type=int)
@as_option
@json_option
@click.pass_obj
def remove(answer: Answer, occasion_id: int, person_id: int, usernames: tuple[str, ...]) -> None:
    """Bớt người số PERSON_ID khỏi đợt chi OCCASION_ID."""
    prepared_database(answer.say)
    remove_payee(occasion_id=occasion_id, person_id=person_id, by=preparer(usernames), at=now())
    answer.give({"occasion_id": occasion_id, "person_id": person_id}, f"Đã bớt người số {person_id}.")


@click.command("import")
@click.argument("occasion_id", type=int)
@click.argument("file", type=click.Path(path_type=Path))
@as_option
@json_option
@click.pass_obj
def import_(answer: Answer, *, occasion_id: int, file: Path, usernames: tuple[str, ...]) -> None:
    """Thêm những người chưa có giấy tờ trong FILE (CSV) vào sổ và vào đợt chi; sai một dòng thì không ghi gì."""
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise FileUnreadable(path=file, why=str(fault)) from fault
    rows = csv.DictReader(io.StringIO(content))
    missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise NotAPeopleFile(columns=", ".join(_COLUMNS), missing=", ".join(missing))
    prepared_database(answer.say)
    by = preparer(usernames)
    card = get_occasion(occasion_id, by=by)
    with transaction.atomic():
        added = [_added(number, row, card, by) for number, row in enumerate(rows, start=2)]
    twins = sum(bool(count) for _, count in added)
    told = f"Đã thêm {len(added)} người chưa có giấy tờ vào sổ và vào danh sách; {twins} người trùng tên, năm sinh."
    answer.give({"people": [person_id for person_id, _ in added], "twins": twins}, told)


def _added(number: int, row: dict[str, str], card: OccasionCard, by: Actor) -> tuple[int, int]:
    """The new person's number, and how many look like them."""
    try:
        one = add_person(
            full_name=row["ho_ten"], birth=BirthDate.parse_vi(row["nam_sinh"]),
            sex=_SEXES.get(row["gioi_tinh"].strip().lower(), ""), commune_code=row["ma_xa"].strip(),
            hamlet=row["thon"], from_month=card.month, reason=row["ly_do"], by=by, at=now(),
        )  # fmt: skip
        add_payee(occasion_id=card.occasion_id, person_id=one.person_id, reason=row["ly_do"], by=by, at=now())
    except Refusal as refusal:
        raise PeopleRowRefused(row=number, why=refusal.message) from refusal
    return one.person_id, one.twins
