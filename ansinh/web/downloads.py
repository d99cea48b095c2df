"""The one way a file leaves by the web: its type told and kept to, its name harmless, never read as a page."""

from __future__ import annotations

import re
import unicodedata

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# All a visitor may ever get as a file. None of them can run in a browser as a page of this site.
FILE_TYPES = {"xlsx": XLSX, "pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
# Only a PDF may be shown in the browser, by its own viewer; everything else is saved.
_SHOWN = frozenset({"pdf"})
# Signs Windows does not allow in the name of a file.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]')
_LONGEST_NAME = 120


class NotAFileToGive(ValueError):
    """A view tried to give a file of a type nobody may get: a fault of the software."""


def file_answer(content: bytes, *, name: str, attached: bool = True) -> HttpResponse:
    """The answer that is a file, typed by the ending of its name (FILE_TYPES); `attached`: to be saved, not shown."""
    safe = safe_file_name(name)
    ending = safe.rpartition(".")[2].lower()
    if ending not in FILE_TYPES:
        raise NotAFileToGive(safe)
    response = HttpResponse(content, content_type=FILE_TYPES[ending])
    response["Content-Disposition"] = str(content_disposition_header(attached or ending not in _SHOWN, safe))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def safe_file_name(name: str) -> str:
    """A name any system takes: no folders, no unseen or turned signs, no leading dots, at most 120 characters."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if sign.isspace() else sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, ending = _NOT_IN_NAMES.sub("_", seen).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    short = " ".join(stem.split())[:_LONGEST_NAME].strip(" .")
    return f"{short or 'tep'}{dot}{ending.strip()[:10]}"
