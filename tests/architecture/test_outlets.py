"""Files leave by one writer and one answer: nobody beside them writes a workbook, a CSV or a header of a file."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT, files

# What only one module may say, and which.
OUTLETS = {
    r"xlsxwriter\.Workbook|csv\.(?:Dict)?[wW]riter\(": "ansinh/platform/sheets/writing.py",
    r"Content-Disposition|content_disposition_header|FileResponse|StreamingHttpResponse": "ansinh/web/downloads.py",
    r"HttpResponse\([^)]*content_type": "ansinh/web/downloads.py",
}


def trespassers(sign: str, home: str) -> list[str]:
    """The modules that say it elsewhere."""
    found = []
    for path in files("ansinh", suffix=".py"):
        name = path.relative_to(ROOT).as_posix()
        if name != home and re.search(sign, path.read_text(encoding="utf-8")):
            found.append(name)
    return found


@pytest.mark.parametrize("sign", OUTLETS)
def test_only_its_own_module_says_it(sign: str) -> None:
    assert trespassers(sign, OUTLETS[sign]) == []


@pytest.mark.parametrize("sign", OUTLETS)
def test_the_outlet_is_there(sign: str) -> None:
    assert trespassers(sign, "") == [OUTLETS[sign]]
