"""How pages write money, numbers and months; and that the English catalogue is whole and freshly compiled."""

from __future__ import annotations

import gettext
import re
from decimal import Decimal
from pathlib import Path

import pytest

import ansinh.web
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.reconcile.types import AUTHORISED_UNTIL, LIST_COLUMNS
from ansinh.web import change_names, money_words
from ansinh.web.templatetags import office

FOLDER = Path(ansinh.web.__file__).parent / "locale" / "en" / "LC_MESSAGES"
_ENTRY = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n?)+)(?:msgid_plural .*\n)?msgstr(?:\[0\])? (.*)$', re.MULTILINE)
_MARKED = re.compile(r"{%-? translate (?P<sign>['\"])(?P<text>.*?)(?P=sign)")


def catalogue() -> dict[str, str]:
    """Each Vietnamese key of the source with its English words (the first form)."""
    text = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n", 1)[1]
    return {plain(key): plain(words) for key, words in _ENTRY.findall(text)}


def plain(quoted: str) -> str:
    """What stands between the quotation marks of a catalogue."""
    inside = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted))
    return inside.replace('\\"', '"').replace("\\n", "\n")


@pytest.mark.parametrize(
    ("amount", "said"),
    [(Dong(1_234_567), "1.234.567\u00a0đ"), (Dong(-405), "−405\u00a0đ"), (0, "0\u00a0đ"), (None, "–")],
)
def test_money_is_written_whole_with_dots(amount: Dong | int | None, said: str) -> None:
    assert office.dong(amount) == said


def test_numbers_months_and_coefficients() -> None:
    assert office.count(2454) == "2.454"
    assert office.coefficient(Decimal("1.50")) == "1,5"
    assert office.last_month(Month.of(2026, 1)) == "12/2025"


def test_every_word_has_its_english() -> None:
    assert [key for key, words in catalogue().items() if not words] == []
    assert len(catalogue()) > 200


def test_the_compiled_catalogue_is_fresh() -> None:
    with (FOLDER / "django.mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)
    assert {key: known.gettext(key) for key in catalogue()} == catalogue(), "run: msgfmt django.po -o django.mo"


def test_every_marked_word_of_a_page_is_in_the_catalogue() -> None:
    pages = (Path(ansinh.web.__file__).parent / "templates").rglob("*.html")
    marked = {found["text"] for page in pages for found in _MARKED.finditer(page.read_text(encoding="utf-8"))}
    assert marked - set(catalogue()) == set()


def test_every_name_an_app_gives_has_its_english() -> None:
    tables = [*money_words.TABLES.values(), *change_names.TABLES.values()]
    names = {str(name) for table in tables for name in table.values()}
    columns = {column.heading for column in (*LIST_COLUMNS, AUTHORISED_UNTIL)}
    assert (names | columns) - set(catalogue()) == set()


def test_no_vietnamese_is_left_in_the_english(tmp_path: Path) -> None:
    names = {"An Sinh", "Xã Nghĩa Tá", "đồng"}
    for words in catalogue().values():
        bare = re.sub("|".join(names), "", words)
        assert not re.search("[ăâđêôơưĂÂĐÊÔƠƯạảấầ]", bare), words
