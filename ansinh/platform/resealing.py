"""Sealed columns of all apps: how many values each key holds, moving them to the newest key, and proving they open.

An app with something sealed has `SEALED: tuple[SealedColumn, ...]` on its queries face.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from ansinh.kernel.refusal import Refusal
from ansinh.platform.keyring import Keyring, current_keyring
from ansinh.platform.proofs import Break
from ansinh.platform.sealing import INDEX_COLUMNS, WrongSealingKey, index_columns, seal, unseal


class ValuesStillUnder(Refusal):
    """Chưa bỏ được khóa số {number}: còn {count} giá trị niêm phong bằng khóa này ({where}).
    Hãy chạy "ansinh keys rotate" cho xong rồi thử lại."""


class ValuesUnderNoKey(Refusal):
    """Có giá trị ở bảng {table} (dòng {id}) không mở được bằng khóa nào đang có, nên dừng đổi khóa; những dòng trước
    đã đổi xong. Hãy chạy "ansinh verify" để biết dòng nào, và xem docs/how-to/keep-the-key.md."""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """Where sealed values stand. `kind` is bound into each; for numbers it is the row's own column `kind`."""

    table: str
    column: str
    name_vi: str
    kind: str = ""
    # With blind indexes in INDEX_COLUMNS.
    indexed: bool = False
    # Values moved in one transaction; few where each may be megabytes.
    batch: int = 250
    # Where the column is JSON: the key whose text is the value, in base64.
    json_key: str = ""
    # Values `ansinh verify` opens; of more, so many spread evenly.
    proved: int = 100_000

    @property
    def _kind(self) -> sql.Composable:
        return sql.Literal(self.kind) if self.kind else sql.Identifier("kind")

    @property
    def _value(self) -> sql.Composable:
        """The sealed bytes as an expression."""
        column = sql.Identifier(self.column)
        if not self.json_key:
            return column
        return sql.SQL("decode({}->>{}, 'base64')").format(column, sql.Literal(self.json_key))

    @property
    def _assignment(self) -> sql.Composable:
        """`SET` of a new value, one parameter."""
        column = sql.Identifier(self.column)
        if not self.json_key:
            return sql.SQL("{} = %s").format(column)
        path = sql.Literal([self.json_key])
        return sql.SQL("{} = jsonb_set({}, {}, to_jsonb(translate(encode(%s, 'base64'), E'\\n', '')))").format(
            column, column, path
        )

    @property
    def _under(self) -> sql.Composable:
        """The number of the key that sealed a value; reads one byte of it, however long it is."""
        return sql.SQL("get_byte(substring({} FROM 1 FOR 1), 0)").format(self._value)

    @property
    def _full(self) -> sql.Composable:
        """Rows that hold a value: an original may have been emptied when its time was over."""
        return sql.SQL("octet_length({}) > 0").format(self._value)


def write_needed_keys(fingerprints: Iterable[str]) -> None:
    """Let the database's stamp name the keys its values need, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('platform_stamp')")
        if cursor.fetchone() != (None,):
            cursor.execute("UPDATE platform_stamp SET key_check = %s", [" ".join(fingerprints)])


def count_by_key(column: SealedColumn) -> dict[int, int]:
    """How many values each key holds, by the key's number."""
    asked = sql.SQL("SELECT {under}, count(*) FROM {table} WHERE {full} GROUP BY 1 ORDER BY 1")
    return dict(_rows(asked.format(under=column._under, table=sql.Identifier(column.table), full=column._full)))


def count_waiting(column: SealedColumn, ring: Keyring) -> int:
    """Values not yet moved to the newest key."""
    asked = sql.SQL("SELECT count(*) FROM {table} WHERE {full} AND ({waits})")
    rows = _rows(asked.format(table=sql.Identifier(column.table), full=column._full, waits=_waits(column, ring)))
    return int(rows[0][0])


def reseal(column: SealedColumn, *, progress: Callable[[int], None] = lambda moved: None) -> int:
    """Move all values of a column to the newest key, a transaction a batch; how many were moved.

    May be killed and begun again at any time: what is moved is left alone. Others read and write all the while.
    Refuses (ValuesUnderNoKey) a value no key at hand opens.
    """
    moved, last = 0, 0
    while True:
        with transaction.atomic():
            batch = _lock_batch(column, current_keyring(), last)
            for row_id, kind, sealed in batch:
                _reseal_row(column, row_id, kind, sealed)
        if not batch:
            return moved
        last = batch[-1][0]
        moved += len(batch)
        progress(len(batch))


def _waits(column: SealedColumn, ring: Keyring) -> sql.Composable:
    waits = sql.SQL("{} <> {}").format(column._under, sql.Literal(ring.newest.number))
    if column.indexed:
        index = sql.Identifier(INDEX_COLUMNS[ring.newest.number % 2])
        waits = sql.SQL("{} OR {} IS NULL").format(waits, index)
    return waits


def _lock_batch(column: SealedColumn, ring: Keyring, after: int) -> list[tuple[int, str, bytes]]:
    asked = sql.SQL(
        "SELECT id, {kind}, {column} FROM {table} WHERE id > {after} AND {full} AND ({waits})"
        " ORDER BY id LIMIT {limit} FOR NO KEY UPDATE"
    )
    return _rows(
        asked.format(
            kind=column._kind,
            column=column._value,
            table=sql.Identifier(column.table),
            after=sql.Literal(after),
            full=column._full,
            waits=_waits(column, ring),
            limit=sql.Literal(column.batch),
        )
    )


def _reseal_row(column: SealedColumn, row_id: int, kind: str, sealed: bytes) -> None:
    try:
        plain = unseal(sealed, kind=kind)
    except WrongSealingKey as fault:
        raise ValuesUnderNoKey(table=column.table, id=row_id) from fault
    indexes = index_columns(plain.decode(), kind=kind) if column.indexed else {}
    others = [sql.SQL("{} = %s").format(sql.Identifier(name)) for name in indexes]
    sets = sql.SQL(", ").join([column._assignment, *others])
    change = sql.SQL("UPDATE {table} SET {sets} WHERE id = %s").format(table=sql.Identifier(column.table), sets=sets)
    with connection.cursor() as cursor:
        cursor.execute(change, [seal(plain, kind=kind), *indexes.values(), row_id])


def must_hold_nothing(number: int, columns: Iterable[SealedColumn]) -> None:
    """Refuses (ValuesStillUnder) while any value is under that key or lacks the newest key's index.

    Nobody writes these tables until the transaction ends, so the answer still holds when it does.
    """
    ring = current_keyring()
    left: dict[str, int] = {}
    for column in columns:
        with connection.cursor() as cursor:
            table = sql.Identifier(column.table)
            cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(table))
        if waiting := count_waiting(column, ring):
            left[column.name_vi] = waiting
    if left:
        where = ", ".join(f"{name}: {count}" for name, count in left.items())
        raise ValuesStillUnder(number=number, count=sum(left.values()), where=where)


def clear_old_indexes(columns: Iterable[SealedColumn], *, batch: int = 10_000) -> int:
    """Empty the index column no living key uses, so that a retired key finds nobody any more; how many were emptied."""
    unused = _unused_index(current_keyring())
    cleared = 0
    for column in (one for one in columns if one.indexed and unused):
        change = sql.SQL(
            "UPDATE {table} SET {index} = NULL WHERE id IN"
            " (SELECT id FROM {table} WHERE {index} IS NOT NULL LIMIT {batch} FOR NO KEY UPDATE)"
        ).format(table=sql.Identifier(column.table), index=sql.Identifier(unused or ""), batch=sql.Literal(batch))
        emptied = batch
        while emptied == batch:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
                emptied = cursor.rowcount
            cleared += emptied
    return cleared


def _unused_index(ring: Keyring) -> str | None:
    used = {key.number % 2 for key in ring.living}
    return next((INDEX_COLUMNS[parity] for parity in (0, 1) if parity not in used), None)


@dataclass(frozen=True, slots=True)
class Unopened:
    """A value that does not open, or whose index is not its own."""

    row_id: int
    why_vi: str


def breaks_of(columns: Iterable[SealedColumn]) -> list[Break]:
    """Every value that does not open, as `ansinh verify` names it."""
    return [
        Break(f"{column.name_vi}, dòng số {one.row_id}: {one.why_vi}", {"table": column.table, "id": one.row_id})
        for column in columns
        for one in find_unopened(column, at_most=column.proved)
    ]


def passed_over(columns: Iterable[SealedColumn]) -> dict[str, int]:
    """How many values the proof has not opened, by what they are."""
    return {
        f"giá trị chưa mở thử: {column.name_vi}": count_unlooked(column, at_most=column.proved) for column in columns
    }


def find_unopened(column: SealedColumn, *, at_most: int) -> list[Unopened]:
    """Values that no key at hand opens or whose index does not fit, of `at_most` spread evenly over the column."""
    unused = _unused_index(current_keyring())
    found = []
    for row_id, kind, sealed, *indexes in _sampled(column, at_most):
        try:
            plain = unseal(sealed, kind=kind)
        except WrongSealingKey:
            found.append(Unopened(row_id, "không mở được bằng khóa nào đang có"))
            continue
        if column.indexed and (why := _misfit(plain.decode(), kind, indexes, unused)):
            found.append(Unopened(row_id, why))
    return found


def count_unlooked(column: SealedColumn, *, at_most: int) -> int:
    """How many values `find_unopened` passes over."""
    full = sum(count_by_key(column).values())
    step = _step(full, at_most)
    return full - len(range(0, full, step))


def _step(full: int, at_most: int) -> int:
    return max(1, -(-full // at_most))


def _sampled(column: SealedColumn, at_most: int) -> Iterator[tuple[int, str, bytes, bytes | None, bytes | None]]:
    step = _step(sum(count_by_key(column).values()), at_most)
    table = sql.Identifier(column.table)
    every = sql.SQL(
        "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM {table} WHERE {full}) AS one"
        " WHERE (place - 1) %% {step} = 0 ORDER BY id"
    ).format(table=table, full=column._full, step=sql.Literal(step))
    indexes = [sql.Identifier(name) if column.indexed else sql.SQL("NULL") for name in INDEX_COLUMNS]
    wanted = [sql.Identifier("id"), column._kind, column._value, *indexes]
    asked = sql.SQL("SELECT {wanted} FROM {table} WHERE id = ANY(%s) ORDER BY id").format(
        wanted=sql.SQL(", ").join(wanted), table=table
    )
    ids = [row_id for (row_id,) in _rows(every, [])]
    for start in range(0, len(ids), column.batch):
        yield from _rows(asked, [ids[start : start + column.batch]])


def _misfit(plain: str, kind: str, indexes: Sequence[bytes | None], unused: str | None) -> str:
    expected = index_columns(plain, kind=kind)
    for name, stands in zip(INDEX_COLUMNS, indexes, strict=True):
        if name == unused and stands is not None:
            return 'còn chỉ mục của khóa đã bỏ; chạy lại "ansinh keys retire" để dọn'
        if name != unused and stands is not None and bytes(stands) != expected[name]:
            return "chỉ mục tìm kiếm không khớp với số đã niêm phong"
    if all(stands is None for name, stands in zip(INDEX_COLUMNS, indexes, strict=True) if name != unused):
        return "thiếu chỉ mục tìm kiếm"
    return ""


def _rows(asked: sql.Composable, params: Sequence[list[int]] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(asked, params)
        return list(cursor.fetchall())
