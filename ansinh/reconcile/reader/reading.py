"""A results file from its bytes to rows and findings: sheets, headings, rows, sums, feet. Nothing vanishes unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from ansinh.kernel.grouped import grouped
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.platform.cancelling import Progress, no_progress
from ansinh.platform.sheets.cells import is_blank, read_day, text_of
from ansinh.platform.sheets.opening import RawSheet, open_workbook
from ansinh.platform.sheets.package_guard import STREAMED
from ansinh.reconcile.reader.headings import FIELD_NAMES, NEEDED, TICKS, Columns, OwnLayout, find_columns
from ansinh.reconcile.reader.records import Finding, KnownRow, ReadRow, ResultsReading
from ansinh.reconcile.reader.rows import RowReader, order_code_of
from ansinh.reconcile.reader.sums import Sums, amount_in, is_sum_label
from ansinh.reconcile.reader.words import Words, word_key

_FOOT = re.compile(
    r".*\b(nguoi lap( bieu)?|lap bieu|thu quy|ke toan|giam doc|truong (phong|bo phan)|chu tich|nguoi (giao|nhan) tien|"
    r"bang chu|xac nhan cua|dai dien|ky ghi ro|ky ten|thu truong|nhan vien chi tra|ngay \d* ?thang \d* ?nam( \d+)?)\b.*"
    r"|(ghi chu|luu y)\b.*"
)
_MONTH = re.compile(r"(?<!\d )\bthang (\d{1,2}) (?:nam )?(\d{4})\b")
_OF_A_DAY = re.compile(r"\bngay( \d{1,2})? thang\b")
_LONGEST_NAME = 100
_LONGEST_FOOT = 300
_STEP = 1000


class UnknownColumns(Refusal):
    """Không nhận ra cột {missing} trong tệp. Tiêu đề thấy được: {seen}. Hãy dùng danh sách chi trả đã gửi và giữ
    nguyên dòng tiêu đề; nếu tổ chức chi trả dùng mẫu riêng, hãy khai mẫu một lần (ansinh results layout) rồi gửi
    lại."""


class NoResultRows(Refusal):
    """Tệp có tiêu đề nhưng không có dòng kết quả nào. Hãy kiểm tra lại tệp đã chọn."""


def read_results(
    content: bytes,
    *,
    filename: str = "",
    layout: OwnLayout | None = None,
    words: Words | None = None,
    progress: Progress = no_progress,
) -> ResultsReading:
    """The rows of a payer's file with findings by cell.

    Refuses what cannot be opened (see platform.sheets), a file without known columns (UnknownColumns, naming what it
    saw), one where a column stands twice (AmbiguousColumns), one without rows (NoResultRows).
    """
    reader = ResultsReader(content, filename=filename, layout=layout, words=words, progress=progress)
    rows = list(reader.rows())
    if reader.torn:
        rows = [row if (found := reader.twin(row)) is None else row._replace(fault=found) for row in rows]
    return ResultsReading(tuple(rows), tuple(reader.findings), reader.month)


class ResultsReader:
    """Reads sheet after sheet, handing out each row as it comes; what was found and what the titles say are known at
    the end. Refuses as `read_results`, on the way."""

    def __init__(
        self,
        content: bytes,
        *,
        filename: str = "",
        layout: OwnLayout | None = None,
        words: Words | None = None,
        progress: Progress = no_progress,
    ) -> None:
        self._layout = layout or OwnLayout()
        self._words = words or Words()
        self._progress = progress
        self._sheets = open_workbook(content, filename, meaning=self._layout.meaning, text=STREAMED)
        self._total = sum(sheet.height for sheet in self._sheets)
        self._done = 0
        self._count = 0
        self.findings: list[Finding] = []
        # Order codes of rows that could not be read, with where those stand.
        self.torn: dict[str, list[tuple[str, int]]] = {}
        self._months: set[Month] = set()
        self._sums = Sums()
        # The fullest row of texts above any heading: what is shown when no heading is known.
        self._seen: list[str] = []
        self._headed = False

    @property
    def month(self) -> Month | None:
        """The month the titles name, if they name one."""
        return next(iter(self._months)) if len(self._months) == 1 else None

    def rows(self) -> Iterator[ReadRow]:
        """Every row of the file, in its order; once."""
        for row in self.known_rows():
            yield row.record() if type(row) is KnownRow else row  # type: ignore[misc]

    def known_rows(self) -> Iterator[ReadRow | KnownRow]:
        """The same; a row that says what others said comes with them, its record not put together."""
        for raw in self._sheets:
            for row in self._sheet_rows(raw):
                self._count += 1
                if type(row) is ReadRow and row.fault is not None and row.order_code:
                    self.torn.setdefault(row.order_code, []).append((row.sheet, row.row))
                yield row
        self._must_have_rows()
        self._progress(self._total, self._total)

    def twin(self, row: ReadRow) -> Finding | None:
        """Why a readable row of an order that has an unreadable one too is set aside: the file says two things of it.

        Asked when all rows have been read; what it says is among the findings from then on.
        """
        if row.fault is not None or not row.outcome or row.order_code not in self.torn:
            return None
        others = ", ".join(
            str(number) if sheet == row.sheet else f'{number} trang "{sheet}"'
            for sheet, number in self.torn[row.order_code][:5]
        )
        heading, column = row.columns["order_code"]
        found = Finding(row.sheet, row.row, heading, "unclear_twin", column, {"others": others})
        self.findings.append(found)
        return found

    def _sheet_rows(self, raw: RawSheet) -> Iterator[ReadRow | KnownRow]:
        name = raw.name[:_LONGEST_NAME]
        if raw.hidden:
            if raw.height:
                self.findings.append(Finding(name, 0, "", "hidden_sheet"))
            return
        self._sums.start("part")
        self._sums.start("sheet")
        sheet = _SheetReader(name, self._layout, self._words, self._sums, self.findings.append)
        numbers: set[int] = set()
        for index, (cells, below) in enumerate(_with_next(raw.rows())):
            row = sheet.take(cells, below, index + 1)
            if row is not None:
                if raw.merged:
                    numbers.add(row.row)
                yield row
            self._done += 1
            if self._done % _STEP == 0:
                self._progress(self._done, self._total)
        if sheet.columns is None:
            if sheet.seen:
                self.findings.append(Finding(name, 0, "", "sheet_without_heading"))
        else:
            self._headed = True
            sheet.note_merges(raw, numbers)
        self._months |= sheet.months
        self._seen = max(self._seen, sheet.seen, key=len)

    def _must_have_rows(self) -> None:
        if not self._headed:
            have = {self._layout.meaning(text) for text in self._seen}
            missing = [FIELD_NAMES[name] for name in NEEDED if name not in have]
            seen = ", ".join(f'"{text[:40]}"' for text in self._seen[:30]) or "không có"
            raise UnknownColumns(missing=", ".join(f'"{name}"' for name in missing), seen=seen)
        if not self._count:
            raise NoResultRows()


class _SheetReader:
    """Tells what each row of one sheet is, and reads those that are results."""

    def __init__(self, name: str, layout: OwnLayout, words: Words, sums: Sums, note: Callable[[Finding], None]) -> None:
        self._name = name
        self._layout = layout
        self._words = words
        self._sums = sums
        self._note = note
        self.columns: Columns | None = None
        self._reader: RowReader | None = None
        self._skip = 0
        self._fresh = False
        self._foot = False
        self.months: set[Month] = set()
        self.seen: list[str] = []

    def take(self, cells: Sequence[Any], below: Sequence[Any], number: int) -> ReadRow | KnownRow | None:
        """The row as a result, None when it is a title, a heading, a sum, the foot or nothing."""
        if not self._fresh and not self._skip and self._reader is not None:
            known = self._reader.alike(cells, number)
            if known is not None:
                self._foot = False
                self._sums.add_alike(known.pattern.record)
                return known
        return self._take(cells, below, number)

    def _take(self, cells: Sequence[Any], below: Sequence[Any], number: int) -> ReadRow | None:
        if self._skip:
            self._skip -= 1
            return None
        columns = self.columns
        if columns is not None and self._reader is not None:
            at = columns.at["order_code"]
            if at < len(cells) and order_code_of(cells[at]) is not None and not self._is_numbers(cells):
                self._fresh = self._foot = False
                return self._read(self._reader, columns, cells, number)
        if all(is_blank(cell) for cell in cells):
            return None
        found = find_columns(cells, below, self._layout)
        if found is not None:
            self.columns = found
            self._reader = RowReader(self._name, found, self._words, self._note)
            self._skip, self._fresh, self._foot = found.height - 1, True, False
            return None
        if columns is None or self._reader is None:
            self._title(cells)
            return None
        return self._without_code(self._reader, columns, cells, number)

    def _without_code(self, reader: RowReader, columns: Columns, cells: Sequence[Any], number: int) -> ReadRow | None:
        """A row whose order code is missing or is none: a sum, the foot, a heading over a group, or a result still."""
        if self._is_numbers(cells):
            return None
        self._fresh = False
        kind = self._kind(columns, cells)
        if kind == "result":
            return self._read(reader, columns, cells, number)
        if kind == "sum":
            self._check_sum(columns, cells, number)
        elif kind == "other":
            self._note(Finding(self._name, number, "", "not_a_result", 0))
        else:
            self._foot = True
        return None

    def _kind(self, columns: Columns, cells: Sequence[Any]) -> Literal["result", "sum", "foot", "other"]:
        texts = [text for cell in cells if type(cell) is str and (text := cell.strip())]
        filled = sum(not is_blank(cell) for cell in cells)
        if self._reports(columns, cells):
            return "result"
        if self._is_sum(columns, cells, texts, filled):
            return "sum"
        if amount_in(self._cell(cells, columns.at["amount"])) is not None:
            return "result"
        if self._foot or any(_FOOT.fullmatch(word_key(text)) for text in texts if len(text) < _LONGEST_FOOT):
            return "foot"
        says = any(not is_blank(self._cell(cells, at)) for name, at in columns.at.items() if name in _SAYING)
        coded = not is_blank(self._cell(cells, columns.at["order_code"])) and filled > 1
        return "result" if says or coded else "other"

    def _reports(self, columns: Columns, cells: Sequence[Any]) -> bool:
        """Whether a row says plainly what happened or when: then it is a result, whatever else it lacks."""
        for name, at in columns.at.items():
            cell = self._cell(cells, at)
            if name == "outcome" or name in TICKS:
                if self._words.outcome(cell) is not None:
                    return True
            elif name == "happened_on" and not is_blank(cell) and read_day(cell) is not None:
                return True
        return False

    def _is_sum(self, columns: Columns, cells: Sequence[Any], texts: Sequence[str], filled: int) -> bool:
        code = self._cell(cells, columns.at["order_code"])
        if any(is_sum_label(text) for text in texts) and (is_blank(code) or is_sum_label(text_of(code))):
            return True
        amount = amount_in(self._cell(cells, columns.at["amount"]))
        return filled == 1 and amount is not None and self._sums.knows(amount)

    def _read(self, reader: RowReader, columns: Columns, cells: Sequence[Any], number: int) -> ReadRow:
        row = reader.read(cells, number)
        self._sums.add(row, self._cell(cells, columns.at["amount"]))
        return row

    @staticmethod
    def _cell(cells: Sequence[Any], index: int) -> Any:
        return cells[index] if index < len(cells) else ""

    def _check_sum(self, columns: Columns, cells: Sequence[Any], number: int) -> None:
        column = columns.at["amount"]
        differs = self._sums.differs(cells, column)
        if differs is not None:
            stated, counted = map(grouped, differs)
            facts = {"stated": stated, "counted": counted}
            self._note(Finding(self._name, number, columns.heading("amount"), "sum_differs", column, facts))

    def _is_numbers(self, cells: Sequence[Any]) -> bool:
        """The row of column numbers some forms print right under the heading: (1), (2), (3) …"""
        if not self._fresh:
            return False
        marks = [text_of(cell).strip("() ") for cell in cells if not is_blank(cell)]
        numbers = [int(mark) for mark in marks if mark.isdigit() and len(mark) < 3]
        return len(numbers) >= 3 and len(numbers) >= len(marks) - 2 and numbers == sorted(set(numbers))

    def _title(self, cells: Sequence[Any]) -> None:
        texts = [text for cell in cells if type(cell) is str and (text := " ".join(cell.split()))]
        if len(texts) > len(self.seen):
            self.seen = texts
        for text in texts:
            key = word_key(text)
            if _OF_A_DAY.search(key) is None:
                self.months |= {Month.of(int(y), int(m)) for m, y in _MONTH.findall(key) if 1 <= int(m) <= 12}

    def note_merges(self, raw: RawSheet, rows: set[int]) -> None:
        """Tells of cells merged over several result rows in the columns that decide: only the first row has them."""
        if self.columns is None:
            return
        deciding = {index: name for name, index in self.columns.at.items() if name in _DECIDING}
        for (top, left), (bottom, _right) in raw.merged:
            covered = sum(row in rows for row in range(top + 2, min(bottom, top + 10_000) + 2))
            if left in deciding and covered:
                heading = self.columns.heading(deciding[left])
                facts = {"count": bottom - top + 1}
                self._note(Finding(self._name, top + 1, heading, "merged_cells", left, facts))


# Fields one of which a result has beside its code, and those that decide what it says.
_SAYING = frozenset(("outcome", *TICKS, "amount", "happened_on", "reference"))
_DECIDING = frozenset(("order_code", "outcome", *TICKS, "amount", "happened_on"))


def _with_next(rows: Iterator[Sequence[Any]]) -> Iterator[tuple[Sequence[Any], Sequence[Any]]]:
    """Each row with the one below it; the last with nothing."""
    last: Sequence[Any] | None = None
    for row in rows:
        if last is not None:
            yield last, row
        last = row
    if last is not None:
        yield last, ()
