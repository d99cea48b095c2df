"""One person's row of cells → a typed RegisterRow, and what is to be said about each cell on its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.citizen import Sex, read_identity
from ansinh.kernel.legacy_text import Encoding, decoded
from ansinh.kernel.month import Month
from ansinh.kernel.names import written
from ansinh.platform.sheets.cells import formula_error, is_blank, is_mark, text_of
from ansinh.registry.workbook.cells import read_birth, read_sex
from ansinh.registry.workbook.communes import Communes
from ansinh.registry.workbook.layout import Layout
from ansinh.registry.workbook.noting import Findings, Here
from ansinh.registry.workbook.payments import read_collector, read_payment
from ansinh.registry.workbook.row_parts import (
    Cells,
    Texts,
    has_lost_digits,
    note_identity_doubts,
    read_children,
    read_decision,
    read_levels,
    read_month_cell,
    read_phone_cell,
)
from ansinh.registry.workbook.types import IdentityCell, RegisterRow, Surroundings
from ansinh.registry.workbook.wordings import NOTHING, Wording, Wordings, families_of_heading, is_told, name_of

_NOT_OF_A_NAME = re.compile(r"[\d@#$%*=<>{}\[\]|\\]")
_CMND_ENDED = Month.of(2025, 1)


@dataclass(slots=True)
class SheetContext:
    """What stands above a row in its sheet: which commune, hamlet and group it belongs to."""

    name: str
    # Field → the old encoding its column is typed in.
    leaning: Mapping[str, Encoding] = field(default_factory=dict)
    commune_code: str | None = None
    commune_texts: tuple[str, ...] = ()
    commune_source: str = ""
    # Named over the table: they tell communes of one name apart.
    districts: tuple[str, ...] = ()
    heading: str = ""
    families: frozenset[str] = frozenset()
    hamlet: str = ""


class RowReader:
    """Reads the rows of one file; the same text is only understood once."""

    def __init__(self, around: Surroundings, findings: Findings) -> None:
        self._around = around
        self._findings = findings
        self._wordings = Wordings(around.month, around.wordings, lambda code: around.law.regime(code) is not None)
        self._communes = Communes(around.communes)

    def find_commune(self, text: str, context: SheetContext) -> str | None:
        """The code of the one commune a title, tab or heading means; None when it means none or several."""
        return self._communes.find(text, context.districts)

    def knows_category(self, text: str) -> bool:
        """Whether a text by itself names exactly one category."""
        return len(self._wordings.read(text).categories) == 1

    def enter_heading(self, context: SheetContext, text: str) -> None:
        """A group heading begins: the rows below stand under it."""
        context.heading = text
        context.families = families_of_heading(text)

    def read(self, row: Sequence[Any], number: int, layout: Layout, context: SheetContext) -> RegisterRow:
        """The row with number `number` of the sheet, accepted or set aside; findings on its own cells are noted."""
        here = Here(self._findings, context.name, number, layout)
        readable = _readable(row, layout, here)
        cell = _cells_by_field(readable, layout.columns)
        text = _texts_by_field(readable, layout.columns, context.leaning)
        name = self._name(here, cell, text, row, context)
        birth, sex = self._birth_and_sex(here, cell)
        commune, commune_texts = self._commune(here, text("commune"), text("district"), context)
        wording, category_text = self._category(here, text, context)
        coefficient, amount = read_levels(here, cell)
        decision_no, decided_on = read_decision(here, cell, text)
        return RegisterRow(
            sheet=context.name,
            row=number,
            name=name,
            name_raw=text_of(cell("name")),
            birth=birth,
            sex=sex,
            identity=self._identity(here, cell, birth, sex),
            phone=read_phone_cell(here, text("phone")),
            commune_code=commune,
            commune_texts=commune_texts,
            hamlet=text("hamlet") or context.hamlet,
            address=text("address"),
            category_text=category_text,
            categories=wording.categories,
            children=read_children(cell, wording),
            coefficient=coefficient,
            amount=amount,
            decision_no=decision_no,
            decided_on=decided_on,
            from_month=read_month_cell(here, cell, "from_month"),
            ends_month=read_month_cell(here, cell, "ends_month"),
            cared_for=text("cared_for"),
            payment=read_payment(here, cell, text, self._around.find_bank),
            collector=read_collector(here, cell, text, self._around.month),
            note=text("note"),
            group_heading=context.heading,
            headings=layout.headings,
            raw=tuple(row),
            unknown=layout.unknown,
            # Every field above has had its say by now.
            accepted=not here.set_aside,
        )

    def _name(self, here: Here, cell: Cells, text: Texts, row: Sequence[Any], context: SheetContext) -> str:
        parts = [text("name_family"), text("name_given")] if "name" not in here.layout.columns else [text("name")]
        parts += [
            decoded(text_of(row[c]), leaning=context.leaning.get("name"))[0]
            for c in here.layout.name_more
            if c < len(row)
        ]
        # A name in one cell has been put right already.
        name = parts[0] if len(parts) == 1 else written(" ".join(part for part in parts if part))
        if not name:
            here.note("missing_name", "name" if "name" in here.layout.columns else "name_given")
            return ""
        if not name.isascii():
            encoding = _clean(text_of(cell("name")), context.leaning.get("name"))[1]
            if encoding:
                here.note("name_in_legacy_encoding", "name", encoding=encoding.upper(), text=name)
        if _NOT_OF_A_NAME.search(name):
            here.note("name_has_digits", "name", text=name)
        return name

    def _birth_and_sex(self, here: Here, cell: Cells) -> tuple[BirthDate | None, Sex | None]:
        column, value, sex = _birth_cell(here, cell)
        if "sex" in here.layout.columns and not is_blank(cell("sex")):
            said = read_sex(cell("sex"))
            if said is None:
                here.note("sex_unreadable", "sex", text=text_of(cell("sex")))
            sex = said or sex
        if is_blank(value):
            here.note("missing_birth", column)
            return None, sex
        read = read_birth(value, self._around.month)
        if read.code:
            here.note(read.code, column, **read.facts)
        if read.birth is not None and read.birth.precision != "day":
            here.note(f"birth_{read.birth.precision}_only", column)
        return read.birth, sex

    def _identity(self, here: Here, cell: Cells, birth: BirthDate | None, sex: Sex | None) -> IdentityCell | None:
        value = cell("identity")
        if is_blank(value):
            if "identity" in here.layout.columns:
                here.note("missing_id", "identity")
            return None
        if has_lost_digits(value):
            here.note("id_digits_lost", "identity")
            return None
        said = text_of(value)
        read = read_identity(said, born_year=birth.first_day.year if birth else None, sex=sex)
        note_identity_doubts(here, said, read, birth, sex)
        if read.kind == "cmnd" and self._around.month >= _CMND_ENDED:
            here.note("cmnd_expired", "identity")
        return IdentityCell(read.kind, read.number or said)

    def _commune(
        self, here: Here, said: str, district: str, context: SheetContext
    ) -> tuple[str | None, tuple[str, ...]]:
        if said:
            code = self._communes.find(said, (district, *context.districts))
            if code is None:
                here.note("unknown_commune", "commune", **self._communes.facts_of_unknown((said,)))
            return code, (said, *context.commune_texts)
        if context.commune_code:
            if "commune" in here.layout.columns:
                here.note("commune_from_sheet", "commune", source=context.commune_source)
            return context.commune_code, context.commune_texts
        if self._around.only_commune:
            return self._around.only_commune, context.commune_texts
        texts = context.commune_texts
        # A title that names a commune of several districts may be settled by the row's own.
        code = next(filter(None, (self._communes.find(text, (district,)) for text in texts)), None)
        if code is None:
            facts = self._communes.facts_of_unknown(texts or (context.name,))
            here.note("unknown_commune", "commune", not_said=context.name, **facts)
        return code, texts

    def _category(self, here: Here, text: Texts, context: SheetContext) -> tuple[Wording, str]:
        said = text("category")
        grade = text("grade")
        if not said:
            return self._category_of_heading(here, context)
        read = self._wordings.read(said)
        if not read.categories and grade:
            read = self._wordings.read(f"{said} {grade}")
        if not read.categories:
            here.note("unknown_category", "category", text=said, **self._nearest_category(said))
            return NOTHING, said
        if len(read.categories) > 1:
            here.note("two_categories_in_one_row", "category")
        if read.by_rule and all(is_told(code) for code in read.categories):
            here.note("category_by_rule", "category", meaning="; ".join(name_of(code) for code in read.categories))
        if context.families and not context.families & set(read.categories):
            here.note("group_heading_contradicts_category", "category")
        return read, said

    def _category_of_heading(self, here: Here, context: SheetContext) -> tuple[Wording, str]:
        read = self._wordings.read(context.heading) if context.heading else NOTHING
        if read.categories:
            here.note("category_from_heading", "category")
        elif context.heading:
            here.note("unknown_category", "category", text=context.heading, **self._nearest_category(context.heading))
        else:
            here.note("unknown_category", "category", text="", not_said="category")
        return read, context.heading

    def _nearest_category(self, said: str) -> dict[str, str]:
        near = self._wordings.nearest(said)
        return {"nearest": "; ".join(near)} if near else {}


def _readable(row: Sequence[Any], layout: Layout, here: Here) -> Sequence[Any]:
    """The row with failed formulas told once and then emptied; the row itself when it has none."""
    if not any(type(value) is str and value[:1] == "#" for value in row):
        return row
    out = list(row)
    for name, column in layout.columns.items():
        if column < len(row) and formula_error(row[column]):
            here.note("formula_error", name, text=row[column])
            out[column] = ""
    return out


def _cells_by_field(row: Sequence[Any], columns: Mapping[str, int]) -> Cells:
    width = len(row)

    def cell(name: str) -> Any:
        column = columns.get(name)
        return "" if column is None or column >= width else row[column]

    return cell


def _texts_by_field(row: Sequence[Any], columns: Mapping[str, int], leaning: Mapping[str, Encoding]) -> Texts:
    width = len(row)

    def text(name: str) -> str:
        column = columns.get(name)
        if column is None or column >= width:
            return ""
        value = row[column]
        # Most cells of a register are plainly empty; the rest may still be a dash or spaces.
        if value == "" or is_blank(value):
            return ""
        return _clean(value if type(value) is str else text_of(value), leaning.get(name))[0]

    return text


@lru_cache(maxsize=16_384)
def _clean(said: str, leaning: Encoding | None) -> tuple[str, str | None]:
    """A text with its spaces put right and in Unicode, and the old encoding it was typed in."""
    if said.isascii():
        return " ".join(said.split()), None
    text, encoding = decoded(said, leaning=leaning)
    return written(text), encoding


def _birth_cell(here: Here, cell: Cells) -> tuple[str, Any, Sex | None]:
    """Which birth column speaks, what it says, and the sex it tells (a date in the column of men or of women)."""
    columns = here.layout.columns
    male, female = cell("birth_male"), cell("birth_female")
    sex: Sex | None = "male" if is_mark(cell("sex_male")) else "female" if is_mark(cell("sex_female")) else None
    if "birth_male" in columns or "birth_female" in columns:
        if not is_blank(male) and not is_blank(female):
            here.note("birth_in_both_columns", "birth_male")
            return "birth_male", male, sex
        column = "birth_female" if is_blank(male) and not is_blank(female) else "birth_male"
        value = cell(column)
        if not is_blank(value):
            sex = "female" if column == "birth_female" else "male"
        # A tick tells the sex; the birth stands in its own column.
        if is_mark(value) or is_blank(value):
            return (
                ("birth", cell("birth"), sex) if "birth" in columns else (column, "" if is_mark(value) else value, sex)
            )
        return column, value, sex
    if "birth_year" in columns and "birth" not in columns:
        parts = [text_of(cell(part)) for part in ("birth_day", "birth_month", "birth_year")]
        return "birth_year", "/".join(part for part in parts if part), sex
    return "birth", cell("birth"), sex
