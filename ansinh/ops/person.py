"""`ansinh person …`: what concerns one person's own record: a whole number shown, who looked at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ansinh.audit.actions import tell_export
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import doer, looker, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.reference import every_action
from ansinh.registry.actions import reveal_number
from ansinh.registry.queries import get_person
from ansinh.registry.types import NUMBER_KINDS
from ansinh.reports.queries import AccessReport, read_access_report, render_access_report


class SayWhichNumber(Refusal):
    """Người số {person_id} có {count} {what} trong sổ, nên chưa mở. Các số đang có: {known}.
    Hãy ghi đúng loại bằng --kind, hoặc số thứ tự bằng --number."""


@click.group("person")
def command() -> None:
    """Hồ sơ một người: xem số đầy đủ có ghi lý do, ai đã xem hồ sơ."""


@command.command("reveal")
@click.argument("person_id", type=int)
@click.option("--kind", type=click.Choice([*NUMBER_KINDS]), help="Loại số cần xem.")
@click.option("--number", "number_id", type=int, help="Số thứ tự của số trong sổ, khi có nhiều số cùng loại.")
@click.option("--reason", required=True, help="Vì sao cần xem; lưu vào nhật ký.")
@as_option
@json_option
@click.pass_obj
def reveal(
    answer: Answer, *, person_id: int, kind: str | None, number_id: int | None, reason: str, usernames: tuple[str, ...]
) -> None:
    """Xem đầy đủ một số giấy tờ, tài khoản hoặc điện thoại của người số PERSON_ID, một lần, có lý do."""
    prepared_database(answer.say)
    by = doer("registry.reveal_number", usernames)
    numbers = get_person(person_id, by=by).numbers
    wanted = [one for one in numbers if one.number_id == number_id or (number_id is None and kind in {None, one.kind})]
    if len(wanted) != 1:
        known = ", ".join(f"{one.number_id} ({_called(one.kind)} {one.shown}, --kind {one.kind})" for one in numbers)
        what = f"số thứ tự {number_id}" if number_id is not None else _called(kind)
        raise SayWhichNumber(person_id=person_id, count=len(wanted), what=what, known=known or "không có")
    shown = reveal_number(person_id=person_id, number_id=wanted[0].number_id, reason=reason, by=by, at=now())
    bank = f" ({shown.bank})" if shown.bank else ""
    answer.give(
        {"person_id": person_id, "kind": shown.kind, "number": shown.number, "bank": shown.bank},
        f"{NUMBER_KINDS[shown.kind]}{bank}: {shown.number}",
    )


def _called(kind: str | None) -> str:
    return NUMBER_KINDS[kind].lower() if kind else "số"


@command.command("access-report")
@click.argument("person_id", type=int)
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Ghi bản kê ra tệp PDF.")
@as_option
@json_option
@click.pass_obj
def access_report(answer: Answer, *, person_id: int, pdf: Path | None, usernames: tuple[str, ...]) -> None:
    """Ai đã xem, sửa hồ sơ của người số PERSON_ID hoặc lấy danh sách có tên họ, để trả lời chính người ấy."""
    prepared_database(answer.say)
    every_action()  # so that each act is told by its name
    by, at = looker("registry.see_people", usernames), now()
    report = read_access_report(person_id, by=by, at=at)
    tell_export("reports.export_access", by=by, at=at, person_id=person_id)
    if pdf is not None:
        pdf.write_bytes(render_access_report(person_id, by=by, at=at).content)
    facts = [
        {"section": title, "when": row.when, "who": row.seen.who, "role": row.seen.role, "what": row.seen.what,
         "times": row.times, "why": row.seen.why, "maybe": row.seen.maybe}
        for title, rows in report.sections
        for row in rows
    ]  # fmt: skip
    answer.give(
        {"person_id": person_id, "since": report.since, "until": report.until, "rows": facts},
        "\n".join([*_told(report), *([f"\nĐã ghi bản kê: {pdf}"] if pdf else [])]),
    )


def _told(report: AccessReport) -> Iterator[str]:
    yield f"{report.called}: những lần hồ sơ được mở xem, từ {report.since:%d/%m/%Y} đến {report.until:%d/%m/%Y}"
    for title, rows in report.sections:
        yield f"\n{title}"
        for row in rows:
            seen = row.seen
            role = f" ({seen.role})" if seen.role else ""
            times = f" × {row.times}" if row.times > 1 else ""
            maybe = " (có thể có tên)" if seen.maybe else ""
            why = f" – {seen.why}" if seen.why else ""
            yield f"   {row.when:<24} {seen.who}{role}: {seen.what}{maybe}{times}{why}"
    if not report.sections:
        yield "Nhật ký chưa ghi lần nào."
