"""`ansinh one-off show|add|remove|import`: who is on the list of an occasion, people without papers among them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import click
from django.db import transaction

from ansinh.access.types import Actor
from ansinh.audit.actions import tell_export
from ansinh.kernel.birth import BirthDate
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import looker, now, preparer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.reading import FileUnreadable, read_file
from ansinh.payroll.actions import add_payee, remove_payee
from ansinh.payroll.queries import get_occasion, list_payees
from ansinh.payroll.types import OccasionCard
from ansinh.platform.audit import gathered
from ansinh.registry.actions import add_person

_COLUMNS = ("ho_ten", "nam_sinh", "gioi_tinh", "ma_xa", "thon", "ly_do")
# The number of somebody in the register.
_NUMBER = "so_nguoi"
_SEXES = {"nam": "male", "nữ": "female", "nu": "female", "": ""}


class NotAPeopleFile(Refusal):
    """Tệp phải là CSV (UTF-8) có các cột: {columns}. Còn thiếu: {missing}."""


class NotARegisterNumber(Refusal):
    """Cột so_nguoi ghi "{number}": phải là số của người trong sổ, hoặc để trống nếu người đó chưa có trong sổ."""


class PeopleRowRefused(Refusal):
    """Dòng {row}: {why} Chưa ai trong tệp được ghi."""


@dataclass(frozen=True, slots=True)
class _Added:
    """Somebody put on the list: new in the register or not, and whether somebody there looks like them."""

    person_id: int
    is_new: bool
    twins: bool


@click.command("show")
@click.argument("occasion_id", type=int)
@as_option
@json_option
@click.pass_obj
def show(answer: Answer, occasion_id: int, usernames: tuple[str, ...]) -> None:
    """Danh sách người nhận của đợt chi OCCASION_ID."""
    prepared_database(answer.say)
    by = looker("payroll.see_lists", usernames)
    card, found = get_occasion(occasion_id, by=by), list_payees(occasion_id, by=by)
    tell_export("payroll.export_payees", by=by, at=now(), place_code=card.place_code, occasion_id=occasion_id)
    facts = [
        {"person_id": one.person_id, "full_name": one.full_name, "commune": one.commune_code,
         "household_id": one.household_id, "amount_dong": one.amount_dong.value, "article": one.article,
         "collector": one.collector, "martyrs": list(one.martyrs)}
        for one in found
    ]  # fmt: skip
    rows = [
        f"  {one.person_id:>6} {one.full_name}, {one.born_year}, xã {one.commune_code}: {one.amount_dong} đồng"
        + (f", người nhận {one.collector}" if one.collector else "")
        + (f", thờ cúng liệt sĩ {', '.join(one.martyrs)}" if one.martyrs else "")
        for one in found
    ]
    head = f"{card.title}: {card.payees} suất, {card.total_dong} đồng."
    answer.give({"occasion_id": occasion_id, "payees": facts}, "\n".join([head, *rows]))


@click.command("add")
@click.argument("occasion_id", type=int)
@click.argument("person_id", type=int)
@click.option("--collector", "collector_name", default="", help="Người lo mai táng, nhận tiền.")
@click.option("--relation", "collector_relation", default="", help="Quan hệ của người đó với người chết.")
@click.option("--martyr", "martyr_name", default="", help="Họ tên liệt sĩ mà người này thờ cúng.")
@click.option("--martyr-no", default="", help="Số Bằng Tổ quốc ghi công hoặc số hồ sơ liệt sĩ.")
@click.option("--reason", default="", help="Vì sao người này được chi.")
@as_option
@json_option
@click.pass_obj
def add(
    answer: Answer, *, occasion_id: int, person_id: int, collector_name: str, collector_relation: str, reason: str,
    martyr_name: str, martyr_no: str, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Thêm người số PERSON_ID vào đợt chi OCCASION_ID; mai táng: người đã chết; thờ cúng: mỗi liệt sĩ một lần."""
    prepared_database(answer.say)
    done = add_payee(
        occasion_id=occasion_id, person_id=person_id, collector_name=collector_name,
        collector_relation=collector_relation, reason=reason, martyr_name=martyr_name,
        martyr_no=martyr_no, by=preparer(usernames), at=now(),
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
    """Thêm những người trong FILE (CSV) vào đợt chi, có số trong sổ hay chưa có giấy tờ; sai một dòng thì không ghi gì.

    Cột so_nguoi: số của người trong sổ; dòng để trống là người chưa có giấy tờ, được ghi vào sổ. Thờ cúng: thêm cột
    liet_si, so_liet_si."""
    try:
        content = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FileUnreadable(path=file, why=str(fault)) from fault
    rows = csv.DictReader(io.StringIO(content))
    columns = (_NUMBER,) if _NUMBER in (rows.fieldnames or ()) else _COLUMNS
    missing = [name for name in columns if name not in (rows.fieldnames or ())]
    if missing:
        raise NotAPeopleFile(columns=", ".join(columns), missing=", ".join(missing))
    prepared_database(answer.say)
    by = preparer(usernames)
    card = get_occasion(occasion_id, by=by)
    with transaction.atomic(), gathered():
        added = [_added(number, row, card, by) for number, row in enumerate(rows, start=2)]
    twins, new = sum(one.twins for one in added), sum(one.is_new for one in added)
    told = (
        f"Đã thêm {len(added)} dòng vào danh sách: {len(added) - new} dòng của người có trong sổ, {new} người chưa có"
    )
    told += f" giấy tờ được ghi vào sổ, trong đó {twins} người trùng tên, năm sinh."
    answer.give({"people": [one.person_id for one in added], "new": new, "twins": twins}, told)


def _added(number: int, row: dict[str, str], card: OccasionCard, by: Actor) -> _Added:
    martyr = {"martyr_name": row.get("liet_si") or "", "martyr_no": row.get("so_liet_si") or ""}
    try:
        one = _found(row) or _added_to_register(row, card, by)
        add_payee(
            occasion_id=card.occasion_id, person_id=one.person_id, reason=row.get("ly_do") or "", **martyr, by=by,
            at=now(),
        )  # fmt: skip
    except Refusal as refusal:
        raise PeopleRowRefused(row=number, why=refusal.message) from refusal
    return one


def _found(row: dict[str, str]) -> _Added | None:
    """Whom the row names by their number in the register."""
    number = (row.get(_NUMBER) or "").strip()
    if not number:
        return None
    if not number.isdecimal():
        raise NotARegisterNumber(number=number)
    return _Added(int(number), is_new=False, twins=False)


def _added_to_register(row: dict[str, str], card: OccasionCard, by: Actor) -> _Added:
    missing = [name for name in _COLUMNS if row.get(name) is None]
    if missing:
        raise NotAPeopleFile(columns=", ".join(_COLUMNS), missing=", ".join(missing))
    one = add_person(
        full_name=row["ho_ten"], birth=BirthDate.parse_vi(row["nam_sinh"]),
        sex=_SEXES.get(row["gioi_tinh"].strip().lower(), ""), commune_code=row["ma_xa"].strip(),
        hamlet=row["thon"], from_month=card.month, reason=row["ly_do"], by=by, at=now(),
    )  # fmt: skip
    return _Added(one.person_id, is_new=True, twins=bool(one.twins))
