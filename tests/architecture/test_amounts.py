"""No amount of the law stands in code, SQL or pages: only in the policy pack, beside its article."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.architecture.sources import CODE, ROOT, files

# Smaller numbers are counts, codes and years; money of the law begins in the hundreds of thousands of đồng.
_LEAST = 100_000


def amounts_in(value: Any) -> Iterator[int]:
    """The whole numbers in a part of the pack, quoted or not, that are money by their size."""
    # 100 000 or a million means nothing by itself: it may be a count of rows or bytes as well.
    if re.fullmatch(r"(?!10*$)[1-9]\d+", str(value)) and int(value) >= _LEAST:
        yield int(value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from amounts_in(inner)


def spoken(text: str, amounts: set[int], *, python: bool) -> set[int]:
    """The amounts a source speaks of; docstrings and comments of Python may, as examples."""
    if python:
        tree = ast.parse(text)
        told = [n for n in ast.walk(tree) if isinstance(n, (ast.Module, ast.FunctionDef, ast.ClassDef))]
        docs = {ast.get_docstring(n, clean=False) for n in told}
        values = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value not in docs]
        text = " ".join(str(value) for value in values)
    written = re.findall(r"(?<![\w.,#])\d{1,3}(?:[._,]?\d{3})+(?![\w])", text)
    return {int(re.sub(r"\D", "", number)) for number in written} & amounts


def test_amounts_of_law_stand_in_the_pack_alone() -> None:
    pack = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in (CODE / "policy" / "pack").rglob("*.yaml")]
    amounts = set(amounts_in(pack))
    assert len(amounts) > 3
    texts = [p for suffix in (".py", ".sql", ".html", ".js") for p in files("ansinh", suffix=suffix)]
    found = {p: spoken(p.read_text(encoding="utf-8"), amounts, python=p.suffix == ".py") for p in texts}
    assert {str(path.relative_to(ROOT)): said for path, said in found.items() if said} == {}


def test_planted_amounts_are_seen() -> None:
    for text in ("WHERE base = 270000", "<td>270.000 đồng</td>"):
        assert spoken(text, {270_000}, python=False)
    assert spoken("BASE = 270_000", {270_000}, python=True)
    assert not spoken('"""Such as 270_000."""', {270_000}, python=True)
