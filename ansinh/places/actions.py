"""Load the dated place tables that come with the program."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import connection

from ansinh.kernel.refusal import Refusal
from ansinh.places.models import StagedSuccessor, StagedUnit, Successor, Unit
from ansinh.places.queries import forget_places
from ansinh.places.rules import search_name
from ansinh.places.types import LEVELS, PlacesLoaded
from ansinh.platform import sql
from ansinh.platform.action import ActorLike, action
from ansinh.platform.copying import refresh_statistics

TABLES = Path(__file__).resolve().parent / "data"

_UNIT_COLUMNS = (
    "code", "kind", "level", "type", "name", "folded_name", "parent_code", "path", "starts_on", "ends_on",
)  # fmt: skip
_SUCCESSOR_COLUMNS = ("old_code", "new_code", "takes_over_on", "part")


class PlaceTableBroken(Refusal):
    """Bảng địa bàn kèm chương trình không khớp nhau ở mã {code}: {what}. Dữ liệu đang dùng được giữ nguyên;
    hãy cài lại chương trình, hoặc chạy lại tools/write_places.py nếu vừa sửa bảng."""


@action(permission="places.load_places", name="Nạp danh mục địa bàn")
def load_places(*, by: ActorLike, at: datetime) -> PlacesLoaded:
    """Bring units and successors to what the tables say; a second run finds nothing to do.

    Refuses (PlaceTableBroken) a table in which a unit has no parent on one of its days, one code means two
    units on a day, or a succession names a unit that is not there.
    """
    units = list(_unit_rows(_lines(TABLES / "units.csv")))
    successors = [tuple(line[name] for name in ("old_code", "new_code", "on", "part"))
                  for line in _lines(TABLES / "successors.csv")]  # fmt: skip
    _stage(StagedUnit._meta.db_table, _UNIT_COLUMNS, units)
    _stage(StagedSuccessor._meta.db_table, _SUCCESSOR_COLUMNS, successors)
    removed = sql.run("places/remove_successors") + sql.run("places/remove_units")
    changed = sql.run("places/change_units")
    added = sql.run("places/add_units")
    linked = sql.run("places/add_successors")
    _check(len(successors))
    for table in (StagedUnit, StagedSuccessor):
        table.objects.all().delete()
    # What became of places is asked at once, by every list: unknown to the planner it takes a second each time.
    refresh_statistics(Unit._meta.db_table, Successor._meta.db_table)
    forget_places()
    return PlacesLoaded(added + linked, changed, removed, Unit.objects.count(), Successor.objects.count())


def _stage(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Put the rows, and only them, into a staging table by COPY."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table's name
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _check(staged_successors: int) -> None:
    with connection.cursor() as cursor:
        # Asked now, so that a clash is found inside this action and not at some later commit.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for orphan in sql.rows("places/list_orphans"):
        raise PlaceTableBroken(code=orphan["code"], what=f"không có đơn vị cấp trên vào ngày {orphan['day']:%d/%m/%Y}")
    if Successor.objects.count() != staged_successors:
        for lost in sql.rows("places/list_lost_successors"):
            raise PlaceTableBroken(code=lost["old_code"], what=f"kế tục là {lost['new_code']} nhưng không có đơn vị ấy")


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unit_rows(lines: list[dict[str, str]]) -> Iterator[tuple[object, ...]]:
    """The lines as rows of the staging table, each with its path and its folded name."""
    by_code: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        by_code[line["code"]].append(line)
    for line in lines:
        starts_on = line["starts_on"]
        path = [line["code"]]
        parent_code = line["parent_code"]
        while parent_code:
            path.insert(0, parent_code)
            parent_code = _parent_of(by_code[parent_code], starts_on)
        yield (
            line["code"],
            line["kind"],
            LEVELS[line["kind"]],  # type: ignore[index]  # a CHECK of the table knows the kinds
            line["type"],
            line["name"],
            search_name(line["name"]),
            line["parent_code"],
            "/".join(path),
            date.fromisoformat(starts_on),
            date.fromisoformat(line["ends_on"]) if line["ends_on"] else None,
        )


def _parent_of(rows: list[dict[str, str]], on: str) -> str:
    """The parent code of a unit on an ISO day; '' of a province, and of nothing (the check of orphans tells)."""
    for row in rows:
        if row["starts_on"] <= on and (not row["ends_on"] or on < row["ends_on"]):
            return row["parent_code"]
    return ""
