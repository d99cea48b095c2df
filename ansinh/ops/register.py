"""`ansinh register …`: import an office's register; look at and decide proposals of change."""

from __future__ import annotations

from pathlib import Path

import click

from ansinh.audit.actions import tell_export
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import looker, now, preparer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.progress import progress_bar
from ansinh.ops.reading import read_file
from ansinh.ops.upcoming import upcoming
from ansinh.payroll.queries import pack_listed_by
from ansinh.places.queries import get_place
from ansinh.registry.actions import accept_proposals, add_wording, import_register, place_resident, refuse_proposals
from ansinh.registry.queries import (
    get_register_file,
    list_file_findings,
    list_proposals,
    listed_value,
    marked_workbook,
)

# Findings said to a person before "and so many more"; the file and the web page have them all.
_SHOWN = 20


class ChooseOne(Refusal):
    """Hãy chọn một trong hai: --accept để nhận, hoặc --refuse để từ chối; không dùng cả hai cùng lúc."""


class NotProposalNumbers(Refusal):
    """ "{text}" không phải danh sách số đề nghị. Hãy ghi all, hoặc các số cách nhau bằng dấu phẩy, ví dụ 3,5,8."""


@click.group("register")
def command() -> None:
    """Sổ đối tượng: nhập tệp Excel, xem và xử lý đề nghị thay đổi."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option("--month", required=True, type=MONTH, help="Tháng đầu tiên chi trả trên hệ thống, ví dụ 2020-08.")
@click.option("--marked", type=click.Path(path_type=Path), help="Ghi bản sao tệp đã đánh dấu các ô cần sửa ra đây.")
@as_option
@json_option
@click.pass_obj
def import_(
    answer: Answer, *, file: Path, place_code: str, month: Month, marked: Path | None, usernames: tuple[str, ...]
) -> None:
    """Nhập sổ đối tượng từ FILE (.xlsx, .xls, .ods, .csv) cho một địa bàn."""
    content = read_file(file)
    prepared_database(answer.say)
    by = preparer(usernames)
    with progress_bar(answer, "Đang đọc và kiểm tra sổ") as step:
        taken = import_register(
            content=content, file_name=file.name, place_code=place_code, month=month, by=by, at=now(),
            law=pack_listed_by(place_code, month), progress=step,
        )  # fmt: skip
    received = get_register_file(taken.file_id, by=by)
    findings = list_file_findings(received)
    if marked is not None:
        tell_export("registry.export_marked", by=by, at=now(), place_code=place_code, file_id=taken.file_id)
        marked.write_bytes(marked_workbook(received, by=by))
    facts = {
        "file_id": taken.file_id,
        "rows": taken.rows,
        "accepted": taken.accepted,
        "set_aside": taken.set_aside,
        "already_known": taken.already_known,
        "proposals": taken.proposals,
        "findings": [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "code": f.code, "severity": f.severity,
             "message": f.message}
            for f in findings
        ],
    }  # fmt: skip
    lines = [
        "Tệp này đã được nhập trước đây, không có gì thay đổi." if taken.already_known else "Đã nhập sổ đối tượng.",
        f"{taken.rows} dòng: {taken.accepted} được nhận, {taken.set_aside} để riêng.",
        f"Phát hiện: {taken.errors} lỗi, {taken.warnings} cảnh báo, {taken.infos} lưu ý.",
    ]
    grave = [f for f in findings if f.severity == "error"]
    lines += [f"  {f.sheet}, dòng {f.row}, cột {f.column}: {f.message}" for f in grave[:_SHOWN]]
    if len(grave) > _SHOWN:
        lines.append(f"  … và {len(grave) - _SHOWN} lỗi khác; thêm --marked TỆP.xlsx để xem tất cả trong bảng.")
    if taken.proposals:
        lines.append(f"{taken.proposals} đề nghị thay đổi chờ xử lý: ansinh register proposals")
    answer.give(facts, "\n".join(lines))


@command.command("proposals")
@click.option("--accept", metavar="all|ID,…", help="Nhận các đề nghị này.")
@click.option("--refuse", metavar="all|ID,…", help="Từ chối các đề nghị này.")
@as_option
@json_option
@click.pass_obj
def proposals(answer: Answer, accept: str | None, refuse: str | None, usernames: tuple[str, ...]) -> None:
    """Xem các đề nghị thay đổi đang chờ; nhận bằng --accept, từ chối bằng --refuse."""
    if accept and refuse:
        raise ChooseOne()
    prepared_database(answer.say)
    by = looker("registry.see_registers", usernames)
    open_ones = list_proposals(by=by)
    if accept or refuse:
        ids = _numbers(accept or refuse or "", [proposal.pk for proposal in open_ones])
        decide = accept_proposals if accept else refuse_proposals
        done = decide(ids=ids, by=preparer(usernames), at=now())
        verb = "nhận" if accept else "từ chối"
        answer.give({"decided": done.count, "state": done.state}, f"Đã {verb} {done.count} đề nghị.")
        return
    facts = {
        "proposals": [
            {"id": p.pk, "file_id": p.file_id, "sheet": p.sheet, "row": p.row, "person_id": p.person_id,
             "field": p.field, "old": listed_value(p.field, p.old), "new": listed_value(p.field, p.new),
             "message": p.message}
            for p in open_ones
        ]
    }  # fmt: skip
    tell_export("registry.export_proposals", by=by, at=now(), rows=len(open_ones))
    where = [f"trang {p.sheet}, dòng {p.row}" if p.row else p.file.file_name for p in open_ones]
    lines = [f"{p.pk:>6}  {p.person.full_name} ({at}): {p.message}" for p, at in zip(open_ones, where, strict=True)]
    text = "\n".join(lines) or "Không có đề nghị thay đổi nào đang chờ."
    answer.give(facts, text)


@command.command("wording")
@click.argument("wording")
@click.argument("category")
@as_option
@json_option
@click.pass_obj
def wording(answer: Answer, wording: str, category: str, usernames: tuple[str, ...]) -> None:
    """Dạy hệ thống: cách ghi WORDING trong sổ của cơ quan nghĩa là diện CATEGORY."""
    prepared_database(answer.say)
    added = add_wording(wording=wording, category=category, by=preparer(usernames), at=now())
    answer.give({"wording": added.wording, "category": added.category}, f'Đã nhận: "{wording}" là {category}.')


command.add_command(upcoming)


@command.command("place")
@click.argument("person_id", type=int)
@click.option("--commune", "commune_code", required=True, help="Mã xã, phường, đặc khu: 5 chữ số.")
@click.option("--from", "from_month", required=True, type=MONTH, help="Tháng đầu tiên thuộc xã đó, ví dụ 2025-07.")
@as_option
@json_option
@click.pass_obj
def place(answer: Answer, person_id: int, commune_code: str, from_month: Month, usernames: tuple[str, ...]) -> None:
    """Ghi người số PERSON_ID thuộc một xã từ một tháng, nhất là người của xã cũ đã chia cho nhiều xã mới."""
    prepared_database(answer.say)
    by = preparer(usernames)
    placed = place_resident(person_id=person_id, commune_code=commune_code, from_month=from_month, by=by, at=now())
    facts = {
        "person_id": person_id, "commune_code": commune_code, "from_month": str(from_month), "changed": placed.changed,
    }  # fmt: skip
    where = get_place(commune_code, from_month.first_day)
    said = "Đã ghi" if placed.changed else "Sổ đã ghi đúng như vậy, không có gì thay đổi:"
    answer.give(facts, f"{said} người số {person_id} thuộc {where} từ tháng {from_month.vi}.")


def _numbers(text: str, open_ids: list[int]) -> tuple[int, ...]:
    if text.strip() == "all":
        return tuple(open_ids)
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts or not all(part.isdigit() for part in parts):
        raise NotProposalNumbers(text=text)
    return tuple(int(part) for part in parts)
