"""The work list of what is coming as a workbook: the columns of the screen; nobody's category stands in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from ansinh.payroll.queries import Upcoming, UpcomingList
from ansinh.platform.sheets.writing import OfficeBook
from ansinh.web.templatetags.office import said
from ansinh.web.upcoming_words import happening

_WIDTHS = (6, 12, 28, 12, 20, 22, 34, 12, 9, 14, 9, 14, 22, 36, 20, 13)


def workbook_of(rows: Sequence[Upcoming], found: UpcomingList, *, names: Mapping[str, str], place: str) -> bytes:
    """The rows with the commune of each, under the place and the days they cover."""
    content = io.BytesIO()
    with OfficeBook(content) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        money = book.add_format({"num_format": "#,##0"})
        sheet = book.add_worksheet(_("Sắp đến hạn"))
        days = {"place": place, "first": f"{found.first_day:%d/%m/%Y}", "last": f"{found.last_day:%d/%m/%Y}"}
        sheet.write_string(0, 0, _("%(place)s: việc sắp đến hạn từ %(first)s đến %(last)s") % days, bold)
        for column, (title, width) in enumerate(zip(_titles(), _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, title, bold)
        sheet.freeze_panes(3, 0)
        for number, row in enumerate(rows, start=1):
            sheet.write_number(number + 2, 0, number)
            for column, text in _texts(row, names.get(row.commune_code, "")):
                sheet.write_string(number + 2, column, text)
            for level, column in ((row.before, 8), (row.after, 10)):
                if level is not None:
                    sheet.write_number(number + 2, column, float(level.coefficient))
                    sheet.write_number(number + 2, column + 1, level.amount.value, money)
    return content.getvalue()


def _titles() -> tuple[str, ...]:
    return (
        _("STT"),
        _("Ngày"),
        _("Họ và tên"),
        _("Ngày sinh"),
        _("Thôn"),
        _("Xã"),
        _("Việc"),
        _("Từ tháng"),
        _("Hệ số cũ"),
        _("Mức cũ (đồng)"),
        _("Hệ số mới"),
        _("Mức mới (đồng)"),
        _("Cần quyết định"),
        _("Căn cứ"),
        _("Số quyết định"),
        _("Ngày quyết định"),
    )


def _texts(row: Upcoming, commune: str) -> list[tuple[int, str]]:
    """The cells of text by column."""
    day = f"{row.happens_on:%d/%m/%Y}" if row.happens_on else row.happens_in.vi
    decision = row.decision
    texts = [
        (1, day),
        (2, row.full_name),
        (3, row.birth.vi),
        (4, row.hamlet),
        (5, commune),
        (6, happening(row.said)),
        (7, row.from_month.vi if row.from_month else ""),
        (12, said(row.proposed, "proposed")),
        (13, row.rule),
    ]
    if decision is not None:
        texts.append((14, decision.decision_no or _("đã ghi")))
        texts.append((15, f"{decision.decided_on:%d/%m/%Y}" if decision.decided_on else ""))
    return texts
