"""The filtered list as a workbook an office can open: the same columns as the screen, the same masks."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.kernel.month import Month
from ansinh.payroll.queries import ListedLine
from ansinh.platform.sheets.writing import OfficeBook
from ansinh.registry.queries import RecentChange
from ansinh.web.templatetags.office import said, veil

_CHANGE_WIDTHS = (6, 18, 28, 12, 20, 22, 26, 13, 22, 13, 24, 14)
_WIDTHS = (6, 28, 12, 20, 22, 44, 12, 12, 9, 14)


def workbook_of(rows: Iterable[tuple[ListedLine, str, str]], *, place: str, month: Month) -> bytes:
    """The lines with the heading and commune each is shown under; the sum stands in the last row."""
    content = io.BytesIO()
    with OfficeBook(content) as book:
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


def changes_workbook(rows: Iterable[tuple[RecentChange, str]], *, place: str, on: date) -> bytes:
    """Changes with the commune of each, as the page lists them: what was told, never what it says of somebody."""
    content = io.BytesIO()
    with OfficeBook(content) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet = book.add_worksheet(_("Biến động"))
        title = _("Biến động đã ghi, xuất ngày %(day)s") % {"day": f"{on:%d/%m/%Y}"}
        sheet.write_string(0, 0, f"{title} · {place}" if place else title, bold)
        titles = (
            _("STT"),
            _("Ngày ghi"),
            _("Họ và tên"),
            _("Ngày sinh"),
            _("Thôn"),
            _("Xã"),
            _("Biến động"),
            _("Đúng từ ngày"),
            _("Số quyết định"),
            _("Ngày quyết định"),
            _("Người ghi"),
            _("Tình trạng"),
        )
        for column, (heading, width) in enumerate(zip(titles, _CHANGE_WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(2, column, heading, bold)
        sheet.freeze_panes(3, 0)
        for number, (one, commune) in enumerate(rows, start=1):
            sheet.write_number(number + 2, 0, number)
            for column, text in enumerate(_change_cells(one, commune), start=1):
                sheet.write_string(number + 2, column, text)
    return content.getvalue()


def _change_cells(one: RecentChange, commune: str) -> tuple[str, ...]:
    return (
        f"{timezone.localtime(one.recorded_at):%H:%M %d/%m/%Y}",
        one.full_name,
        one.birth.vi,
        one.hamlet,
        commune,
        said(one.kind, "listed"),
        f"{one.effective_on:%d/%m/%Y}",
        veil(one.decision_no),
        f"{one.decided_on:%d/%m/%Y}" if one.decided_on else "",
        one.recorded_by,
        _("đã hoàn tác") if one.is_undone else "",
    )
