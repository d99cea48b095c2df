"""`ansinh person …`: what concerns one person's own record: a whole number shown, who looked at it."""

from __future__ import annotations

import click

from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import doer, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import as_option
from ansinh.ops.preparation import prepared_database
from ansinh.registry.actions import reveal_number
from ansinh.registry.queries import get_person
from ansinh.registry.types import NUMBER_KINDS


class SayWhichNumber(Refusal):
    """Người số {person_id} có {count} số loại "{kind}" trong sổ, nên chưa mở. Các số đang có: {known}.
    Hãy ghi đúng loại, hoặc số thứ tự bằng --number."""


@click.group("person")
def command() -> None:
    """Hồ sơ một người: xem số đầy đủ có ghi lý do, ai đã xem hồ sơ."""


@command.command("reveal")
@click.argument("person_id", type=int)
@click.option("--kind", default="", type=click.Choice(["", *NUMBER_KINDS]), help="Loại số cần xem.")
@click.option("--number", "number_id", type=int, help="Số thứ tự của số trong sổ, khi có nhiều số cùng loại.")
@click.option("--reason", required=True, help="Vì sao cần xem; lưu vào nhật ký.")
@as_option
@json_option
@click.pass_obj
def reveal(
    answer: Answer, *, person_id: int, kind: str, number_id: int | None, reason: str, usernames: tuple[str, ...]
) -> None:
    """Xem đầy đủ một số giấy tờ, tài khoản hoặc điện thoại của người số PERSON_ID, một lần, có lý do."""
    prepared_database(answer.say)
    by = doer("registry.reveal_number", usernames)
    numbers = get_person(person_id, by=by).numbers
    wanted = [one for one in numbers if one.number_id == number_id or (number_id is None and one.kind == kind)]
    if len(wanted) != 1:
        known = ", ".join(f"{one.number_id} ({one.kind} {one.shown})" for one in numbers)
        raise SayWhichNumber(person_id=person_id, count=len(wanted), kind=kind, known=known or "không có")
    shown = reveal_number(person_id=person_id, number_id=wanted[0].number_id, reason=reason, by=by, at=now())
    bank = f" ({shown.bank})" if shown.bank else ""
    answer.give(
        {"person_id": person_id, "kind": shown.kind, "number": shown.number, "bank": shown.bank},
        f"{NUMBER_KINDS[shown.kind]}{bank}: {shown.number}",
    )
