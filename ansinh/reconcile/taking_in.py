"""The rows of a results file on their way in: read one by one, judged and kept as one set, none held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json import JSONEncoder

from django.db import connection

from ansinh.kernel.check_digit import read_checked
from ansinh.payout.queries import read_order_code, receiver_key
from ansinh.platform import sql
from ansinh.platform.copying import NONE, as_copied, copy_lines, copy_rows, refresh_own
from ansinh.reconcile.reader import Finding, KnownRow, Pattern, ReadRow, ResultsReader
from ansinh.reconcile.rules import Heading, columns_at

# The transaction's own tables: the rows as read, and in words why some of them are set aside.
_READ, _SAID = "reconcile_readrow", "reconcile_saidrow"
_COLUMNS = (
    "number", "sheet", "row", "written", "order_code", "told_id", "outcome", "amount_dong", "happened_on",
    "receiver_name", "receiver_key", "relation", "authorised_until", "proof", "reference", "reason", "because",
    "message", "fault_column", "fault_index",
)  # fmt: skip
_LONGEST_COLUMN = 200
# So many names are remembered by their key.
_MOST_KEYS = 1 << 16
# Cells as the payer wrote them, accents and all.
_written = JSONEncoder(ensure_ascii=False).encode


def open_tables() -> None:
    """Make the transaction's own tables, empty; without an index: they are read as a whole."""
    close_tables()
    with connection.cursor() as cursor:
        for table in (_READ, _SAID):
            cursor.execute(f"CREATE TEMP TABLE {table} (LIKE {table}) ON COMMIT DROP")


def close_tables() -> None:
    """They are needed no more."""
    with connection.cursor() as cursor:
        for table in (_READ, _SAID):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")


def read_in(reader: ResultsReader) -> list[Heading]:
    """Every row of a file into the transaction's own table; where its columns stand."""
    open_tables()
    headings: list[Heading] = []
    copy_lines(_READ, _COLUMNS, lines_of(reader, headings))
    if reader.torn:
        _part_twins(reader, headings)
    refresh_own(_READ)
    return headings


def say(rows: Sequence[tuple[int, str, str, str, int | None]]) -> None:
    """Why rows are set aside: number, reason, message, heading and column of the cell at fault."""
    copy_rows(
        _SAID,
        ("number", "because", "message", "fault_column", "fault_index"),
        (
            (number, because, message, column[:_LONGEST_COLUMN], index)
            for number, because, message, column, index in rows
        ),
    )


def lines_of(reader: ResultsReader, headings: list[Heading]) -> Iterator[str]:
    """Every row of a file as a line; where its columns stand goes to `headings`."""
    last: object = None
    alike: dict[int, _Alike] = {}
    keys: dict[str, str] = {}
    for number, row in enumerate(reader.known_rows(), 1):
        if type(row) is KnownRow:
            pattern = row.pattern
            made = alike.get(id(pattern))
            if made is None:
                made = alike[id(pattern)] = _Alike(pattern)
            key = keys.get(row.receiver_name)
            if key is None:
                key = receiver_key(row.receiver_name)
                if len(keys) < _MOST_KEYS:
                    keys[row.receiver_name] = key
            yield made.line(number, row, key)
        elif type(row) is ReadRow:
            if row.columns is not last:
                headings.append(Heading(row.sheet, row.row, dict(row.columns)))
                last = row.columns
            yield line_of(number, row)


class _Alike:
    """Rows of one pattern, kept for as long as its rows come, as lines: what is the same in all is made once."""

    def __init__(self, pattern: Pattern) -> None:
        # Held, so that no other pattern gets its number.
        self._pattern = pattern
        self._own = tuple(f', "{name}": "' for name in pattern.own)
        self._same = as_copied(_written(pattern.same))[:-1]
        _, self._sheet, _, _, _, _, outcome, amount, day, _, _, *rest = line_of(0, pattern.record).split("\t")
        self._told = f"\t{outcome}\t{amount}\t{day}\t"
        # relation, authorised_until, proof; reason and no fault.
        self._before, self._after = "\t" + "\t".join(rest[:3]) + "\t", "\t" + "\t".join(rest[4:])

    def line(self, number: int, row: KnownRow, key: str) -> str:
        """The line `line_of` makes of its record, cells in another order."""
        cells = row.cells
        written = self._same
        for name, cell in zip(self._own, cells, strict=True):
            if cell:
                written += f'{name}{cell}"'
        told = read_checked(row.digits)
        return (
            f"{number}\t{self._sheet}\t{row.row}\t{written}}}\t{cells[0]}"
            f"\t{NONE if told is None else told}{self._told}{row.receiver_name}\t{key}{self._before}"
            f"{row.reference}{self._after}"
        )


def line_of(number: int, row: ReadRow) -> str:
    """One row as a line of the transaction's own table."""
    told = read_order_code(row.order_code)
    return "\t".join((
        str(number), as_copied(row.sheet), str(row.row), as_copied(_written(row.written)), row.order_code,
        NONE if told is None else str(told), row.outcome,
        NONE if row.amount is None else str(row.amount.value),
        NONE if row.happened_on is None else row.happened_on.isoformat(),
        as_copied(row.receiver_name), as_copied(receiver_key(row.receiver_name)), as_copied(row.relation),
        NONE if row.authorised_until is None else row.authorised_until.isoformat(),
        row.proof, as_copied(row.reference), as_copied(row.reason), *_fault(row.fault),
    ))  # fmt: skip


def _fault(fault: Finding | None) -> tuple[str, str, str, str]:
    if fault is None:
        return "", "", "", NONE
    index = NONE if fault.column_index is None else str(fault.column_index)
    return fault.code, as_copied(fault.message), as_copied(fault.column[:_LONGEST_COLUMN]), index


def _part_twins(reader: ResultsReader, headings: Sequence[Heading]) -> None:
    found: list[tuple[int, Finding]] = []
    for told in sql.rows("reconcile/list_twins", {"codes": list(reader.torn)}):
        columns = columns_at(headings, sheet=told["sheet"], row=told["row"])
        row = ReadRow(told["sheet"], told["row"], {}, told["order_code"], told["outcome"], columns=columns)
        if (twin := reader.twin(row)) is not None:
            found.append((told["number"], twin))
    sql.run(
        "reconcile/update_twins",
        {
            "numbers": [number for number, _ in found],
            "reasons": [fault.code for _, fault in found],
            "messages": [fault.message for _, fault in found],
            "columns": [fault.column[:_LONGEST_COLUMN] for _, fault in found],
            "indexes": [fault.column_index for _, fault in found],
        },
    )
