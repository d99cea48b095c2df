"""`ansinh facility …`: the facilities people are taken into."""

from __future__ import annotations

import click

from ansinh.ops.acting import doer, now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import as_option
from ansinh.ops.preparation import prepared_database
from ansinh.registry.actions import add_facility
from ansinh.registry.queries import list_facilities


@click.group("facility")
def command() -> None:
    """Cơ sở trợ giúp xã hội: ghi, xem; người vào cơ sở thì ghi bằng `ansinh change fact`."""


@command.command("add")
@click.argument("name")
@click.option("--place", "place_code", required=True, help="Mã xã nơi cơ sở đóng.")
@click.option("--representative", required=True, help="Họ tên người đại diện nhận tiền.")
@as_option
@json_option
@click.pass_obj
def add(answer: Answer, *, name: str, place_code: str, representative: str, usernames: tuple[str, ...]) -> None:
    """Ghi cơ sở NAME vào sổ."""
    prepared_database(answer.say)
    by = doer("registry.add_facility", usernames)
    done = add_facility(name=name, place_code=place_code, representative=representative, by=by, at=now())
    answer.give(
        {"facility_id": done.facility_id, "name": done.name}, f"Đã ghi cơ sở số {done.facility_id}: {done.name}."
    )


@command.command("list")
@json_option
@click.pass_obj
def list_(answer: Answer) -> None:
    """Các cơ sở trong sổ và số người đang được nuôi dưỡng."""
    prepared_database(answer.say)
    found = list_facilities()
    told = [
        f"{one.facility_id:>5}  {one.place_code:<5}  {one.name}: {one.residents} người, đại diện {one.representative}"
        for one in found
    ]
    facts = [
        {"facility_id": one.facility_id, "name": one.name, "place": one.place_code, "residents": one.residents,
         "representative": one.representative} for one in found
    ]  # fmt: skip
    answer.give({"facilities": facts}, "\n".join(told) or "Chưa ghi cơ sở nào.")
