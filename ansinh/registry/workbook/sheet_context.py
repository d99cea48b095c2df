"""What a sheet tells before its first row: the commune (tab, then titles), the group, the month, old encodings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from ansinh.kernel.legacy_text import Encoding, encoding_of
from ansinh.platform.sheets.opening import RawSheet
from ansinh.registry.workbook.layout import Layout
from ansinh.registry.workbook.noting import Findings
from ansinh.registry.workbook.row_reader import RowReader, SheetContext
from ansinh.registry.workbook.titles import commune_candidates, districts_in, month_in
from ansinh.registry.workbook.types import Surroundings

_TEXT_FIELDS = (
    "name",
    "name_family",
    "name_given",
    "cared_for",
    "collector",
    "commune",
    "hamlet",
    "address",
    "category",
    "note",
)
# So many rows under the header show what fonts a column was typed in.
_SAMPLED = 300


def learn_place(
    context: SheetContext,
    titles: Sequence[str],
    layout: Layout,
    rows: RowReader,
    findings: Findings,
    *,
    around: Surroundings,
) -> None:
    """Settles the sheet's commune: its tab is trusted before its titles. Tells where they differ or none is known."""
    from_titles = commune_candidates(titles)
    context.commune_texts = (context.name, *from_titles)
    context.districts = districts_in(titles)
    by_tab = rows.find_commune(context.name, context)
    by_title = next(filter(None, (rows.find_commune(text, context) for text in from_titles)), None)
    has_column = "commune" in layout.columns
    if by_tab and by_title and by_tab != by_title and not has_column:
        findings.about_sheet("sheet_and_title_disagree", context.name, sheet_text=context.name, title=from_titles[0])
    context.commune_code = by_tab or by_title
    if context.commune_code:
        context.commune_source = f'tên trang tính "{context.name}"' if by_tab else f'tiêu đề "{from_titles[0]}"'
        if not has_column:
            findings.about_sheet("commune_of_sheet", context.name, source=context.commune_source)
    elif not has_column and around.only_commune:
        findings.about_sheet("commune_assumed", context.name)
    said = month_in(titles)
    if said is not None and said != around.month:
        findings.about_sheet("title_month_differs", context.name, title_month=said.vi, month=around.month.vi)
    if "category" not in layout.columns:
        # A list of one group names it on its tab or in its title.
        named = next((text for text in (context.name, *titles) if rows.knows_category(text)), None)
        if named:
            rows.enter_heading(context, named)


def learn_encodings(raw: RawSheet, layout: Layout) -> dict[str, Encoding]:
    """Field → the old encoding its column is typed in, where the first rows show one."""
    columns = {name: layout.columns[name] for name in _TEXT_FIELDS if name in layout.columns}
    texts: dict[str, list[str]] = {name: [] for name in columns}
    for row in islice(raw.rows(), layout.last + 1, layout.last + 1 + _SAMPLED):
        for name, column in columns.items():
            if column < len(row) and type(row[column]) is str and not row[column].isascii():
                texts[name].append(row[column])
    found = {name: encoding_of(cells) for name, cells in texts.items() if cells}
    return {name: encoding for name, encoding in found.items() if encoding is not None}
