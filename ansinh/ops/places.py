"""`ansinh places …`: communes, districts and provinces of any day."""

from __future__ import annotations

from datetime import datetime

import click

from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import DAY
from ansinh.ops.preparation import prepared_database
from ansinh.places.queries import get_place, search_places
from ansinh.places.types import Place


@click.group("places")
def command() -> None:
    """Địa bàn: tìm xã, huyện, tỉnh theo tên hoặc mã, ở bất kỳ ngày nào."""


@command.command("search")
@click.argument("text")
@click.option("--on", "on", type=DAY, help="Ngày cần xem, ví dụ 2020-08-01; mặc định hôm nay.")
@click.option("--within", help="Mã của nơi bao ngoài, ví dụ 06.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500))
@json_option
@click.pass_obj
def search(answer: Answer, text: str, on: datetime | None, within: str | None, limit: int) -> None:
    """Tìm địa bàn theo tên (có dấu hay không) hoặc mã."""
    prepared_database(answer.say)
    day = on.date() if on else datetime.now(LEGAL_DAYS).date()
    outer = get_place(within, day) if within else None
    found = search_places(text, day, within=outer, limit=limit)
    lines = [f"{place.code:<6} {place.full_name}  [{' / '.join(place.path)}]" for place in found]
    facts = {"on": day.isoformat(), "places": [_plain(place) for place in found]}
    answer.give(facts, "\n".join(lines) or f'Không có địa bàn nào khớp "{text}" vào ngày {day:%d/%m/%Y}.')


def _plain(place: Place) -> dict[str, object]:
    return {
        "code": place.code,
        "name": place.full_name,
        "kind": place.kind,
        "path": list(place.path),
        "starts_on": place.starts_on.isoformat(),
        "ends_on": place.ends_on.isoformat() if place.ends_on else None,
    }
