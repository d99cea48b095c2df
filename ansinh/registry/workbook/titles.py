"""What stands above a table and on the sheet's tab: the commune, the month."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ansinh.kernel.legacy_text import decoded
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, written

# A commune named inside a longer title; "thị xã" is a district and "xã hội" no place at all.
_COMMUNE = re.compile(
    r"(?<!thị )(?<!thi )\b(?P<whole>(?:xã|phường|thị trấn|đặc khu|tt\.?)\s+(?!hội\b)(?P<name>[^,;:()\-–0-9]{2,40}))",
    re.IGNORECASE,
)
_ENOUGH = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tp\.?|tỉnh|tháng|năm|quý)\b.*$", re.IGNORECASE)
_DISTRICT = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|h\.|q\.|tx\.?|tp\.?)\s+[^,;:()\-–]{2,40}", re.IGNORECASE)
_AFTER_DISTRICT = re.compile(r"\s\b(?:tỉnh|tháng|năm|quý|huyện|thành phố|tp)\b.*$", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d )tháng\s*(?P<month>\d{1,2})\s*(?:năm|/|-)\s*(?P<year>\d{4})", re.IGNORECASE)
_DATED = re.compile(r"ngày\s*[\d….]*\s*tháng", re.IGNORECASE)


def communes_in(text: str) -> tuple[str, ...]:
    """The communes a title names, as written there; a title that is only a name ("Xuân Lạc") counts too."""
    plain = written(decoded(text)[0])
    found = [_ENOUGH.sub("", match["whole"]).strip(" .") for match in _COMMUNE.finditer(plain)]
    return tuple(dict.fromkeys(name for name in found if len(name.split()) >= 2))


def names_only_a_commune(text: str) -> bool:
    """Whether a text is a commune's name and nothing more; signatures and addressees say more."""
    return any(len(name) >= len(written(decoded(text)[0]).strip(" .:")) - 1 for name in communes_in(text))


def commune_candidates(titles: Iterable[str]) -> tuple[str, ...]:
    """Every commune the titles over a table name, in order."""
    return tuple(dict.fromkeys(name for title in titles for name in communes_in(title)))


def districts_in(titles: Iterable[str]) -> tuple[str, ...]:
    """The districts (or cities) the titles over a table name, in order."""
    found = (match[0] for title in titles for match in _DISTRICT.finditer(written(decoded(title)[0])))
    return tuple(dict.fromkeys(_AFTER_DISTRICT.sub("", name).strip(" .") for name in found))


def month_in(titles: Iterable[str]) -> Month | None:
    """The month a title says the list is for; the day a decision was signed is not it."""
    for title in titles:
        plain = written(decoded(title)[0])
        found = _MONTH.search(plain)
        if found and not _DATED.search(plain) and 1 <= int(found["month"]) <= 12:
            return Month.of(int(found["year"]), int(found["month"]))
    return None


def is_hamlet(text: str) -> bool:
    """Whether a heading inside the table names a hamlet."""
    key = folded(text)
    return bool(re.match(r"(thon|ban|xom|ap|to dan pho|tdp|khu pho|khu dan cu|tieu khu|khoi|buon|lang|to)\s+\S", key))
