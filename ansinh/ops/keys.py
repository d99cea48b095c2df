"""`ansinh keys …`: the sealing keys, changed while everybody goes on working."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import ansinh
from ansinh.access.actions import (
    add_key,
    changing_keys,
    clear_retired_indexes,
    move_values,
    retire_key,
    rotate_keys,
)
from ansinh.access.types import SYSTEM
from ansinh.kernel.grouped import grouped
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.preparation import prepared_database
from ansinh.platform.keyring import Keyring, current_keyring
from ansinh.platform.resealing import SealedColumn, count_by_key, count_waiting


@click.group("keys")
def command() -> None:
    """Khóa niêm phong: xem, thêm, đổi sang khóa mới, bỏ khóa cũ; mọi người vẫn làm việc."""


@command.command("list")
@json_option
@click.pass_obj
def list_(answer: Answer) -> None:
    """Các khóa đang dùng và mỗi khóa đang niêm phong bao nhiêu giá trị."""
    prepared_database(answer.say)
    ring, columns = current_keyring(), every_sealed_column()
    counts = {column.name_vi: count_by_key(column) for column in columns}
    answer.give(_facts(ring, counts), "\n".join(_told(ring, counts)))


@command.command("add")
@json_option
@click.pass_obj
def add(answer: Answer) -> None:
    """Tạo khóa mới; từ lúc này số mới được niêm phong bằng khóa mới, số cũ vẫn mở được."""
    prepared_database(answer.say)
    with changing_keys():
        added = add_key(by=SYSTEM, at=now())
    told = (
        f"Đã tạo khóa số {added.key_number} (dấu {added.fingerprint}). Hãy chép tệp sealing_keys sang nơi cất khóa, "
        'rồi chạy "ansinh keys rotate".'
    )
    answer.give({"number": added.key_number, "fingerprint": added.fingerprint}, told)


@command.command("rotate")
@json_option
@click.pass_obj
def rotate(answer: Answer) -> None:
    """Niêm phong lại mọi giá trị bằng khóa mới nhất, từng đợt nhỏ; bị ngắt giữa chừng thì chạy lại."""
    prepared_database(answer.say)
    columns = every_sealed_column()
    begun = rotate_keys(columns=columns, by=SYSTEM, at=now())
    shown = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    ring = current_keyring()
    with Progress(*shown, console=answer.console, transient=True, disable=not answer.console.is_terminal) as bar:
        tasks = {column: bar.add_task(column.name_vi, total=count_waiting(column, ring)) for column in columns}
        moved = move_values(columns, progress=lambda column, count: bar.advance(tasks[column], count))
    older = [key.number for key in ring.living if key.number != begun.newest]
    told = f"Đã niêm phong lại {grouped(moved)} giá trị bằng khóa số {begun.newest}."
    if older:
        told += f' Bỏ khóa cũ bằng "ansinh keys retire {older[0]}".'
    answer.give({"moved": moved, "newest": begun.newest, "older": older}, told)


@command.command("retire")
@click.argument("number", type=click.IntRange(1, 255))
@json_option
@click.pass_obj
def retire(answer: Answer, *, number: int) -> None:
    """Bỏ khóa NUMBER khi không còn giá trị nào dùng nó; bị ngắt giữa chừng thì chạy lại."""
    prepared_database(answer.say)
    columns = every_sealed_column()
    if number not in current_keyring().retired:
        with changing_keys():
            retire_key(key_number=number, columns=columns, by=SYSTEM, at=now())
    cleared = clear_retired_indexes(columns)
    told = (
        f"Đã bỏ khóa số {number} và dọn {grouped(cleared)} chỉ mục cũ. Bản sao lưu làm trước hôm nay vẫn cần khóa này: "
        "hãy giữ bản cất của nó cùng các bản sao lưu ấy, rồi hủy cùng lúc."
    )
    answer.give({"number": number, "cleared": cleared}, told)


def every_sealed_column() -> tuple[SealedColumn, ...]:
    """What every app has sealed."""
    found: list[SealedColumn] = []
    for app in sorted(module.name for module in pkgutil.iter_modules(ansinh.__path__) if module.ispkg):
        package = importlib.import_module(f"ansinh.{app}")
        if any(room.name == "queries" for room in pkgutil.iter_modules(package.__path__)):
            found += getattr(importlib.import_module(f"ansinh.{app}.queries"), "SEALED", ())
    return tuple(found)


def _facts(ring: Keyring, counts: dict[str, dict[int, int]]) -> dict[str, Any]:
    return {
        "keys": [
            {
                "number": key.number,
                "fingerprint": key.fingerprint,
                "seals": key == ring.newest,
                "values": {name: held.get(key.number, 0) for name, held in counts.items()},
            }
            for key in ring.living
        ],
        "retired": list(ring.retired),
        "under_no_key": sum(
            count for held in counts.values() for number, count in held.items() if ring.find(number) is None
        ),
    }


def _told(ring: Keyring, counts: dict[str, dict[int, int]]) -> Sequence[str]:
    lines = []
    for key in ring.living:
        does = "đang niêm phong số mới" if key == ring.newest else "chỉ còn mở số cũ"
        lines.append(f"Khóa số {key.number}  dấu {key.fingerprint}  {does}")
        lines += [f"   {grouped(held.get(key.number, 0)):>12}  {name}" for name, held in counts.items()]
    lines += [f"Khóa số {number}  đã bỏ" for number in ring.retired]
    lost = sorted({number for held in counts.values() for number in held if ring.find(number) is None})
    lines += [
        f"THIẾU khóa số {number}: {grouped(sum(held.get(number, 0) for held in counts.values()))} giá trị không mở "
        "được. Xem docs/how-to/keep-the-key.md"
        for number in lost
    ]
    return lines
