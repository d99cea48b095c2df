"""Reads a register workbook from end to end: sheets, headers, rows, checks. The outward face of this package.

reading = read_register(content, filename="xa.xlsx", around=Surroundings(...))
reader = RegisterReader(content, filename="tinh.xlsx", around=Surroundings(...))   # row by row, for large files
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.cells import is_blank, text_of
from ansinh.platform.sheets.opening import RawSheet, open_workbook
from ansinh.registry.workbook.file_checks import FileChecks
from ansinh.registry.workbook.headings import BIRTH_FIELDS, NAMED_FIELDS, meaning_of
from ansinh.registry.workbook.layout import Layout, looks_like_header, may_be_header, read_layout
from ansinh.registry.workbook.noting import Findings
from ansinh.registry.workbook.row_checks import RowChecks
from ansinh.registry.workbook.row_kinds import RowKinds, RowSense
from ansinh.registry.workbook.row_reader import RowReader, SheetContext
from ansinh.registry.workbook.sheet_context import learn_encodings, learn_place
from ansinh.registry.workbook.sums import Sums
from ansinh.registry.workbook.titles import communes_in, is_hamlet, names_only_a_commune
from ansinh.registry.workbook.types import Finding, RegisterReading, RegisterRow, SheetAccount, Surroundings
from ansinh.registry.workbook.upright import UprightMerges

_PROGRESS_EVERY = 500
# A sheet of notes without a header must not be kept whole.
_MOST_TITLES = 60


class NoHeaderFound(Refusal):
    """Không thấy dòng tiêu đề nào có họ tên và ngày sinh hoặc nhóm đối tượng trong tệp (trang tính: {sheets}). Hãy kiểm
    tra đã chọn đúng tệp danh sách; dòng tiêu đề phải ghi tên cột như "Họ và tên", "Ngày sinh", "Nhóm đối tượng"."""


class NoPersonRows(Refusal):
    """Tệp có tiêu đề nhưng không có dòng đối tượng nào dưới tiêu đề (trang tính: {sheets}). Hãy kiểm tra lại tệp."""


@dataclass(slots=True)
class _Counts:
    rows: int = 0
    accepted: int = 0


class RegisterReader:
    """Iterate once to get the rows in order; afterwards `findings` and `sheets` are complete."""

    def __init__(self, content: bytes, *, filename: str = "", around: Surroundings) -> None:
        self._around = around
        self._notes = Findings()
        self._rows = RowReader(around, self._notes)
        self._row_checks = RowChecks(around, self._notes)
        self._file_checks = FileChecks(around, self._notes)
        self._sums = Sums(self._notes)
        self._sheets: list[SheetAccount] = []
        self._missing_told: set[str] = set()
        self._phones_missing = 0
        self._raw = open_workbook(content, filename, meaning=meaning_of)
        self._done = 0
        self._total = sum(sheet.height + 1 for sheet in self._raw)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, those of the file first, then by sheet, row and column."""
        order = {sheet.name: index for index, sheet in enumerate(self._raw)}
        return tuple(
            sorted(
                self._notes.all,
                key=lambda f: (order.get(f.sheet, -1), f.row, -1 if f.column_index is None else f.column_index),
            )
        )

    @property
    def sheets(self) -> tuple[SheetAccount, ...]:
        """What became of each sheet, in the file's order."""
        return tuple(self._sheets)

    def __iter__(self) -> Iterator[RegisterRow]:
        """The rows in order; refuses (NoHeaderFound, NoPersonRows) when the whole file has none to give."""
        counts = _Counts()
        for raw in self._raw:
            if raw.hidden:
                self._skip_hidden(raw)
            else:
                yield from self._read_sheet(raw, counts)
        names = ", ".join(sheet.name for sheet in self._raw)
        if not any(sheet.kind == "register" for sheet in self._sheets):
            raise NoHeaderFound(sheets=names)
        if counts.rows == 0:
            raise NoPersonRows(sheets=names)
        self._file_checks.finish()
        self._row_checks.finish()
        if self._phones_missing:
            self._notes.about_sheet("phones_missing", "", count=self._phones_missing)
        self._around.progress(self._total, self._total)

    def _skip_hidden(self, raw: RawSheet) -> None:
        # A hidden sheet is most often an old month or a list of codes: reading it would pay people twice.
        self._step(raw.height + 1)
        self._notes.about_sheet("hidden_sheet_skipped", raw.name)
        self._sheets.append(SheetAccount(raw.name, "hidden"))

    def _step(self, rows: int) -> None:
        self._done = min(self._done + rows, self._total)
        self._around.progress(self._done, self._total)

    def _read_sheet(self, raw: RawSheet, file_counts: _Counts) -> Iterator[RegisterRow]:
        table = _Table(self, raw)
        upright = UprightMerges(raw.merged)
        for at, window in enumerate(_windows(raw.rows())):
            if at % _PROGRESS_EVERY == 0 and at:
                self._step(_PROGRESS_EVERY)
            row = upright.filled(at, window[1], table.layout)
            read = table.take(at, window, row)
            if read is None:
                continue
            file_counts.rows += 1
            yield read
        self._step(raw.height + 1 - raw.height // _PROGRESS_EVERY * _PROGRESS_EVERY)
        self._sheets.append(table.account())

    def begin_table(
        self, raw: RawSheet, layout: Layout, context: SheetContext, titles: Sequence[str], *, first: bool
    ) -> None:
        """A header was met: its columns are looked over, and the first one tells the sheet's place."""
        self._file_checks.enter(raw.name, layout)
        if not first:
            # A header met again may open the list of another commune on the same sheet; its titles stand above it.
            for title in titles:
                self.enter_commune(title, layout, context)
            return
        self._sums.start("sheet")
        self._sums.start("since_sum")
        self._sums.start("group")
        learn_place(context, titles, layout, self._rows, self._notes, around=self._around)
        context.leaning = learn_encodings(raw, layout)
        self._tell_columns(raw.name, layout)

    def _tell_columns(self, sheet: str, layout: Layout) -> None:
        has = layout.columns.keys()
        missing = [name for name in NAMED_FIELDS if name not in has and name not in ("commune", "name")]
        for name in missing:
            stood_in = (name == "birth" and BIRTH_FIELDS & has) or (name == "decision_no" and "decision_both" in has)
            if not stood_in and name not in self._missing_told:
                self._missing_told.add(name)
                self._notes.about_sheet("column_missing", sheet, layout.last + 1, field=NAMED_FIELDS[name])
        for heading in layout.doubled:
            self._notes.about_sheet("heading_twice", sheet, layout.first + 1, heading=heading)
        unknown = [layout.headings[index] for index in layout.unknown if layout.headings[index] not in layout.doubled]
        if unknown and "unknown_columns" not in self._missing_told:
            self._missing_told.add("unknown_columns")
            self._notes.about_sheet("unknown_columns", sheet, layout.first + 1, headings=", ".join(unknown))

    def take_person(self, row: Sequence[Any], number: int, layout: Layout, context: SheetContext) -> RegisterRow:
        """One person's row, read and checked."""
        read = self._rows.read(row, number, layout, context)
        self._row_checks.check(read, layout)
        self._file_checks.add(read)
        self._sums.add(read)
        phone = layout.columns.get("phone")
        self._phones_missing += phone is not None and (phone >= len(row) or is_blank(row[phone]))
        return read

    def take_heading(self, text: str, layout: Layout, context: SheetContext) -> None:
        """A heading between the rows: of a group, of a hamlet, or of a commune in a list of many."""
        if self.enter_commune(text, layout, context):
            return
        if is_hamlet(text):
            context.hamlet = "" if "hamlet" in layout.columns else text
        else:
            self._rows.enter_heading(context, text)
            self._sums.start("group")

    def enter_commune(self, text: str, layout: Layout, context: SheetContext) -> bool:
        """Whether a text between the rows names a commune of the place: the rows below are then its people."""
        named = communes_in(text)
        code = next(filter(None, (self._rows.find_commune(name, context) for name in named)), None)
        if code is None or "commune" in layout.columns:
            return False
        if code != context.commune_code:
            context.commune_code, context.commune_texts, context.hamlet = code, named, ""
            context.commune_source = f'dòng tiêu đề "{text}"'
            self._notes.about_sheet("commune_of_sheet", context.name, source=context.commune_source)
        return True

    def take_sum(self, row: Sequence[Any], number: int, sheet: str, layout: Layout, label: str) -> None:
        """A sum row is held against the rows it sums."""
        self._sums.check(row, number, sheet, layout, label)

    def tell(self, code: str, sheet: str, row: int = 0, **facts: Any) -> None:
        """A finding on a sheet or one of its rows."""
        self._notes.about_sheet(code, sheet, row, **facts)


class _Table:
    """One sheet while it is read: which header holds, what stood above it, what its rows came to."""

    def __init__(self, reader: RegisterReader, raw: RawSheet) -> None:
        self._reader = reader
        self._raw = raw
        self._context = SheetContext(raw.name)
        self._kinds: RowKinds | None = None
        # Texts above the first header; later, those since the last person.
        self._titles: list[str] = []
        self._counts = _Counts()
        self._first_header = 0
        self.layout: Layout | None = None

    def take(self, at: int, window: Sequence[Sequence[Any]], row: Sequence[Any]) -> RegisterRow | None:
        """The person of row `at` (from 0), None when the row holds none."""
        if self.layout is not None and at <= self.layout.last:
            return None
        if may_be_header(window[1], self.layout) and looks_like_header(window[1]):
            self._begin(at, window)
            return None
        if self.layout is None or self._kinds is None:
            self._keep_titles(row)
            return None
        # The upper row of a repeated header of two rows names no person of its own.
        if self._is_over_a_header(row, window[2], self.layout):
            return None
        return self._by_kind(at, row, self._kinds.sense(row), self.layout)

    @staticmethod
    def _is_over_a_header(row: Sequence[Any], following: Sequence[Any], layout: Layout) -> bool:
        return (
            may_be_header(following, layout)
            and looks_like_header(following)
            and all(type(cell) is str for cell in row if not is_blank(cell))
        )

    def _begin(self, at: int, window: Sequence[Sequence[Any]]) -> None:
        layout = read_layout(window, 1, self._raw.merged, at - 1)
        first = self.layout is None
        self.layout = layout
        if first:
            self._first_header = layout.first + 1
        self._reader.begin_table(self._raw, layout, self._context, self._titles, first=first)
        self._titles = []
        self._kinds = RowKinds(layout, self._context.leaning.get("name"))

    def _keep_titles(self, row: Sequence[Any]) -> None:
        self._titles += [text_of(cell) for cell in row if type(cell) is str and cell.strip()][:6]
        del self._titles[:-_MOST_TITLES]

    def _by_kind(self, at: int, row: Sequence[Any], sense: RowSense, layout: Layout) -> RegisterRow | None:
        if sense.kind == "person":
            read = self._reader.take_person(row, at + 1, layout, self._context)
            self._counts.rows += 1
            self._counts.accepted += read.accepted
            self._titles = []
            return read
        self._keep_titles(row)
        if sense.kind == "group":
            self._reader.take_heading(sense.text, layout, self._context)
        elif sense.kind == "sum":
            self._reader.take_sum(row, at + 1, self._raw.name, layout, sense.text)
        elif sense.kind == "foot" and names_only_a_commune(sense.text):
            self._reader.enter_commune(sense.text, layout, self._context)
        elif sense.kind == "unclear":
            self._reader.tell("row_not_understood", self._raw.name, at + 1)
        return None

    def account(self) -> SheetAccount:
        """What became of the sheet, told to the office where it was not read."""
        if self.layout is None:
            kind = "no_header" if self._titles else "blank"
            self._reader.tell("sheet_without_header" if self._titles else "blank_sheet", self._raw.name)
            return SheetAccount(self._raw.name, kind)
        context, counts = self._context, self._counts
        return SheetAccount(
            self._raw.name, "register", counts.rows, counts.accepted, self._first_header,
            context.commune_texts, context.commune_code,
        )  # fmt: skip


def _windows(rows: Iterator[list[Any]]) -> Iterator[tuple[Sequence[Any], ...]]:
    """Each row with the one before and the two after it, blank rows beyond the ends."""
    window: deque[list[Any]] = deque([[]], maxlen=4)
    for row in chain(rows, ([], [])):
        window.append(row)
        if len(window) == 4:
            yield tuple(window)


def read_register(content: bytes, *, filename: str = "", around: Surroundings) -> RegisterReading:
    """A whole register at once: rows, findings, sheets. Refuses files that are no register, each with its own code.

    Refusals: WorkbookEmpty, WorkbookTooLarge, WorkbookDamaged, WorkbookEncrypted, NotAWorkbook, NotReadableText,
    NoHeaderFound, NoPersonRows.
    """
    reader = RegisterReader(content, filename=filename, around=around)
    rows = tuple(reader)
    return RegisterReading(rows=rows, findings=reader.findings, sheets=reader.sheets)
