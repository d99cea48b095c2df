"""Files that come in by the web: how large, called what. What they are inside, `platform.sheets` tells for every door.

Nothing taken in is ever given back as it came: what goes out is written anew (downloads.py).
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ansinh.platform.sheets.package_guard import MAX_FILE_BYTES
from ansinh.web.downloads import safe_file_name

LARGEST_LEVELS = 64 * 1024
# What a form says around its file.
_AROUND = 1024 * 1024
_SHEETS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt"})
_LEVELS = frozenset({"yaml", "yml"})

# The most bytes a request may bring, by the name of its address; everywhere else `LARGEST_REQUEST`.
LARGEST_REQUEST = 2 * 1024 * 1024 + _AROUND
LARGEST_AT = {
    "web:registers": MAX_FILE_BYTES + _AROUND,
    "web:results": MAX_FILE_BYTES + _AROUND,
    "web:results_layout": MAX_FILE_BYTES + _AROUND,
}


class _File(forms.FileField):
    """A file of a few kinds, under a harmless name."""

    endings: frozenset[str]
    largest: int
    too_large: Promise
    wrong_kind: Promise

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload under a harmless name; says what is wrong with any other."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile) or file.size is None:
            return file
        if file.size > self.largest:
            raise ValidationError(str(self.too_large), code="too_large")
        file.name = safe_file_name(file.name or "")
        if file.name.rpartition(".")[2].lower() not in self.endings:
            raise ValidationError(str(self.wrong_kind), code="wrong_kind")
        return file


class SheetField(_File):
    """A workbook or delimited text; its bytes are looked through when it is read (platform/sheets/opening.py)."""

    endings, largest = _SHEETS, MAX_FILE_BYTES
    too_large = gettext_lazy("Tệp lớn hơn 60 MB. Hãy tách tệp theo xã hoặc huyện rồi nhập từng tệp.")
    wrong_kind = gettext_lazy("Tệp này không phải bảng tính. Hãy chọn tệp .xlsx, .xls, .xlsb, .ods hoặc .csv.")


class LevelsField(_File):
    """A few lines of YAML: levels of a draft or of a decision."""

    endings, largest = _LEVELS, LARGEST_LEVELS
    too_large = gettext_lazy("Tệp lớn hơn 64 KB nên không phải tệp mức.")
    wrong_kind = gettext_lazy("Tệp này không phải tệp mức. Hãy chọn tệp .yaml.")

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload; levels are text."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if not _is_text(file.read()):
                raise ValidationError(str(self.wrong_kind), code="wrong_kind")
            file.seek(0)
        return file


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(ord(sign) >= 32 or sign in "\t\r\n" for sign in text)
