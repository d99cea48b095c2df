"""The filtered list as a workbook an office can open: the same columns as the screen, the same masks."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from ansinh.kernel.month import Month
from ansinh.payroll.queries import ListedLine
from ansinh.web.templatetags.office import said

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTHS = (6, 28, 12, 20, 22, 44, 12, 12, 9, 14)


def workbook_of(rows: Iterable[tuple[ListedLine, str, str]], *, place: str, month: Month) -> bytes:
    """The lines with the heading and commune each is shown under; the sum stands in the last row."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        money = book.add_format({"num_format": "#,##0"})
        sheet = book.add_worksheet(_("Danh sách"))
        sheet.write_string(0, 0, _("%(place)s, tháng %(month)s") % {"place": place, "month": month.vi}, bold)
        titles = (
            _("STT"),
            _("Họ và tên"),
            _("Ngày sinh"),
            _("Thôn"),
            _("Xã"),
            _("Nhóm đối tượng"),
            _("Loại"),
            _("Của tháng"),
            _("Hệ số"),
            _("Số tiền (đồng)"),
        )
        for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, title, bold)
        sheet.freeze_panes(3, 0)
        last = 2
        for last, (line, heading, commune) in enumerate(rows, start=3):
            sheet.write_number(last, 0, last - 2)
            texts = (line.full_name, line.birth.vi, line.hamlet, commune, heading, said(line.kind, "kind"))
            for column, text in enumerate((*texts, line.entitlement_month.vi), start=1):
                sheet.write_string(last, column, text)
            sheet.write_number(last, 8, float(line.coefficient))
            sheet.write_number(last, 9, int(line.amount_dong), money)
        sheet.write_string(last + 1, 1, _("Cộng"), bold)
        sheet.write_formula(last + 1, 9, f"=SUM(J4:J{max(last + 1, 4)})", money)
    return content.getvalue()
