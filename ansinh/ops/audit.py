"""`ansinh audit`: searching the trail, taking it out as a file, its head to keep elsewhere, and one kept beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ansinh.access.queries import NobodyNamed, has_real_users
from ansinh.access.types import SYSTEM, Actor
from ansinh.audit.actions import tell_export
from ansinh.audit.queries import compare_head, get_entry, get_head, search_audit
from ansinh.audit.types import CHANNEL_NAMES, ChainHead, HeadCompared, TrailEntry, TrailFilter
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.reference import every_action

_DIFFERENT = 1
_SEE = "access.see_audit"


class NotAHead(Refusal):
    """Tệp {path} không phải đầu chuỗi nhật ký: {why}. Hãy chọn tệp do lệnh "ansinh audit head --json" ghi ra."""


class UnwritableExport(Refusal):
    """Không ghi được tệp {path}: {why}. Hãy chọn nơi khác."""


@click.group("audit")
def command() -> None:
    """Nhật ký: ai làm gì, xem gì, lúc nào, từ đâu, vì sao; và đầu chuỗi của nó."""


def _filters(function: Any) -> Any:
    for option in reversed(
        (
            click.option("--who", default="", help="Một phần họ tên người làm, hoặc số người dùng."),
            click.option("--since", type=DAY, help="Từ ngày này."),
            click.option("--until", type=DAY, help="Đến hết ngày này."),
            click.option("--action", default="", help="Việc, ví dụ payroll.approve_run hoặc registry.look_person."),
            click.option("--person", "person_id", type=int, help="Số của người được nhắc đến."),
            click.option("--place", "place_code", default="", help="Mã địa bàn: 2, 3 hoặc 5 chữ số."),
            click.option(
                "--channel", type=click.Choice(["web", "command", "api"]), help="Từ trang web, dòng lệnh, máy khác."
            ),
        )
    ):
        function = option(function)
    for one in (click.pass_obj, json_option, as_option):
        function = one(function)
    return function


def _wanted(asked: dict[str, Any], *, before: int | None = None) -> TrailFilter:
    days = {name: asked.pop(name) for name in ("since", "until")}
    return TrailFilter(
        **{name: value for name, value in asked.items() if value is not None},
        **{name: day.date() for name, day in days.items() if day is not None},
        before=before,
    )


def _looker(answer: Answer, usernames: tuple[str, ...]) -> Actor:
    """Whoever is named; nobody named, everything is shown while there are no real users (NobodyNamed)."""
    prepared_database(answer.say)
    every_action()  # so that every act has its name
    if usernames:
        return looker(_SEE, usernames)
    if has_real_users():
        raise NobodyNamed()
    return SYSTEM


@command.command("search")
@click.option("--number", type=int, help="Một mục theo số của nó.")
@click.option("--before", type=int, help="Các mục có số nhỏ hơn số này.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="Nhiều nhất bao nhiêu mục.")
@_filters
def search(
    answer: Answer, *, number: int | None, before: int | None, limit: int, usernames: tuple[str, ...], **asked: Any
) -> None:
    """Tìm trong nhật ký, mới trước; mỗi người thấy phần mình được xem."""
    by = _looker(answer, usernames)
    if number is not None:
        entry = get_entry(number, by=by)
        answer.give(asdict(entry), "\n".join(_whole(entry)))
        return
    page = search_audit(by=by, wanted=_wanted(asked, before=before), limit=limit)
    lines = [_line(entry) for entry in page.entries]
    if page.next_before:
        lines.append(f"… còn nữa: thêm --before {page.next_before}")
    facts = {"entries": [asdict(entry) for entry in page.entries], "next_before": page.next_before}
    answer.give(facts, "\n".join(lines) or "Không có mục nào khớp.")


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_filters
def export(answer: Answer, *, file: Path, usernames: tuple[str, ...], **asked: Any) -> None:
    """Xuất các mục tìm được vào FILE (.xlsx hoặc .csv). Việc xuất cũng được ghi vào nhật ký."""
    by = _looker(answer, usernames)
    from ansinh.reports.queries import render_trail

    wanted = _wanted(asked)
    content, found = render_trail(by=by, wanted=wanted, form="csv" if file.suffix.lower() == ".csv" else "xlsx")
    tell_export("access.export_audit", by=by, at=now(), place_code=wanted.place_code, rows=found)
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise UnwritableExport(path=file, why=fault.strerror or type(fault).__name__) from fault
    answer.give({"file": str(file), "entries": found}, f"Đã ghi {found} mục vào {file}.")


@command.command("head")
@click.option("--on", "day", type=DAY, help="Đầu chuỗi khi hết ngày này; bỏ trống: bây giờ.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Ghi thêm một tờ để in, ký và cất.")
@as_option
@json_option
@click.pass_obj
def head(answer: Answer, *, day: datetime | None, pdf: Path | None, usernames: tuple[str, ...]) -> None:
    """Đầu chuỗi nhật ký, để in hoặc gửi đi cất nơi khác; với --json: tệp cho lệnh check."""
    prepared_database(answer.say)
    # The head names nobody, and whoever prints it every night is a clock: no user need be named.
    by = looker(_SEE, usernames) if usernames else SYSTEM
    found = get_head(day.date() if day else None)
    if pdf is not None:
        _write_paper(found, pdf, by)
    facts = {"day": found.day, "number": found.number, "hash": found.hash, "at": found.at and found.at.isoformat()}
    text = f"{found.until_vi(now())}: {found.number} mục.\nDấu vết của mục cuối: {found.hash}"
    answer.give(facts, text if pdf is None else f"{text}\nĐã ghi tờ để in vào {pdf}.")


def _write_paper(found: ChainHead, pdf: Path, by: Actor) -> None:
    from ansinh.reports.queries import render_head

    tell_export("access.print_head", by=by, at=now(), rows=found.number)
    try:
        pdf.write_bytes(render_head(found, made_by="" if by is SYSTEM else by.name, at=now()))
    except OSError as fault:
        raise UnwritableExport(path=pdf, why=fault.strerror or type(fault).__name__) from fault


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def check(answer: Answer, file: Path) -> int:
    """So FILE (đầu chuỗi đã cất nơi khác) với nhật ký ở đây; khác thì thoát với mã 1."""
    kept = read_head(file)
    prepared_database(answer.say)
    done = compare_head(kept)
    answer.give({**asdict(done), "head": asdict(kept)}, _compared(done))
    return 0 if done.state == "same" else _DIFFERENT


def read_head(file: Path) -> ChainHead:
    """The head a file holds; refuses (NotAHead) anything else."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        day = said["day"] and date.fromisoformat(said["day"])
        return ChainHead(day, int(said["number"]), str(said["hash"]), datetime.fromisoformat(said["at"]))
    except OSError as fault:
        raise NotAHead(path=file, why=fault.strerror or type(fault).__name__) from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise NotAHead(path=file, why="không đọc được số mục và dấu vết") from fault


def _compared(done: HeadCompared) -> str:
    number = done.head.number
    if done.state == "same":
        return f"Khớp: {number} mục đầu của nhật ký còn nguyên như đầu chuỗi đã cất; nay có {done.entries} mục."
    if done.state == "missing":
        return f"KHÔNG KHỚP: không còn mục số {number}; nhật ký nay có {done.entries} mục. Các mục sau đã bị xóa."
    if done.broken:
        return (
            f"KHÔNG KHỚP: {done.broken} mục trong {number} mục đầu đã bị sửa, chèn hoặc xóa. Xem: ansinh verify "
            "--only audit_chain"
        )
    return f"KHÔNG KHỚP: mục số {number} nay mang dấu vết {done.found_hash}: cả chuỗi đã bị viết lại."


def _line(entry: TrailEntry) -> str:
    whom = f", người số {entry.person_id}" if entry.person_id else f", người dùng {entry.whom}" if entry.whom else ""
    where = f", {entry.place}" if entry.place else ""
    why = f" ({entry.reason})" if entry.reason else ""
    return (
        f"{entry.number:>8}  {entry.at.astimezone():%d/%m/%Y %H:%M:%S}  {entry.actor_name}: {entry.what}"
        f"{whom}{where}{why}"
    )


def _whole(entry: TrailEntry) -> list[str]:
    said = [
        ("Lúc", f"{entry.at.astimezone():%d/%m/%Y %H:%M:%S}"),
        ("Ai", f"{entry.actor_name} (số {entry.actor_id})"),
        ("Việc", f"{entry.what} [{entry.action}]"),
        ("Người được nhắc đến", f"số {entry.person_id}" if entry.person_id else ""),
        ("Địa bàn", f"{entry.place} ({entry.place_code})" if entry.place_code else ""),
        ("Lý do", entry.reason),
        ("Từ", ", ".join(filter(None, (CHANNEL_NAMES[entry.channel], entry.address, entry.agent)))),
        ("Phiên", entry.session),
        *((name.capitalize(), value) for name, value in entry.told),
        ("Dấu vết", entry.hash),
    ]
    return [f"Mục số {entry.number}", *(f"  {name}: {value}" for name, value in said if value)]
