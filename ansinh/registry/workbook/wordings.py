"""From an office's wording of a group ("NKT nặng", "Người đơn thân … (02 con)") to a category of the law.

First the office's own table, then the shipped one (wordings.csv), then careful rules; what is left is not known.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ansinh.kernel.legacy_text import decoded
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded, written
from ansinh.policy import load_pack
from ansinh.registry.workbook.nearest import NearestNames


@dataclass(frozen=True, slots=True)
class Wording:
    """What a wording means: no category when it cannot be known; `by_rule` when no table had it."""

    categories: tuple[str, ...]
    children: int | None = None
    by_rule: bool = False


@dataclass(frozen=True, slots=True)
class _Listed:
    category: str
    starts: Month | None
    ends: Month | None

    def in_use(self, month: Month) -> bool:
        return (self.starts is None or self.starts <= month) and (self.ends is None or month < self.ends)


NOTHING = Wording(())
_CHILDREN = re.compile(r"\b(?P<count>\d{1,2}|mot|hai|ba|bon|nam)\s*(?:con|tre|chau|be)\b(?! nuoi)")
_SAID = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}
_AGE_BEFORE = re.compile(r"\b(?:duoi|tu|du|den|tren)\s+\d")
# Short forms offices use, spelled out before any rule reads them.
_SHORT = (
    (r"\bnct\b|\bnguoi gia\b|\bcao tuoi\b(?<!nguoi cao tuoi)", "nguoi cao tuoi"),
    (r"\bnkt\b|\bnguoi tan tat\b|\bngkt\b", "nguoi khuyet tat"),
    (r"\bte\b", "tre em"),
    (r"\bkt\b", "khuyet tat"),
    (r"\bdbn\b", "dac biet nang"),
    (r"\bdbkk\b", "dac biet kho khan"),
    (r"\bbhxh\b", "bao hiem xa hoi"),
    (r"\bbtxh\b", "bao tro xa hoi"),
    (r"\bhgd\b", "ho gia dinh"),
)


def wording_key(text: str) -> str:
    """The key under which spellings of one wording meet: folded words with short forms spelled out, no counts."""
    key = re.sub(r"[^a-z0-9_]+", " ", folded(decoded(written(text))[0])).strip()
    for short, full in _SHORT:
        key = re.sub(short, full, key)
    return " ".join(key.split())


class Wordings:
    """The tables for one month; remembers each text it has met."""

    def __init__(self, month: Month, own: Mapping[str, str], is_known: Callable[[str], bool]) -> None:
        self._month = month
        self._own = {wording_key(text): code for text, code in own.items()}
        self._is_known = is_known
        self._met: dict[str, Wording] = {}
        self._nearest: NearestNames | None = None

    def read(self, text: str) -> Wording:
        """The meaning of a cell; NOTHING when it cannot be known."""
        meaning = self._met.get(text)
        if meaning is None:
            meaning = self._met[text] = self._read(text)
        return meaning

    def nearest(self, text: str) -> tuple[str, ...]:
        """The names of the categories whose wordings are closest to a text; never one that names a disease."""
        if self._nearest is None:
            own = list(self._own.items())
            tabled = ((key, entry) for key, entries in _shipped().items() for entry in entries)
            shipped = [(key, entry.category) for key, entry in tabled if entry.in_use(self._month)]
            self._nearest = NearestNames((key, name_of(code)) for key, code in own + shipped if is_told(code))
        return self._nearest.to(_without_count(wording_key(text)))

    def _read(self, text: str) -> Wording:
        listed = self._listed(text)
        if listed.categories:
            return listed
        parts = [part for part in re.split(r"\s*[+;\n]\s*", text) if part.strip()]
        meanings = [self._one(part) for part in parts] if len(parts) > 1 else []
        if meanings and all(meaning.categories for meaning in meanings):
            codes = tuple(dict.fromkeys(code for meaning in meanings for code in meaning.categories))
            children = next((meaning.children for meaning in meanings if meaning.children), None)
            return Wording(codes, children, any(meaning.by_rule for meaning in meanings))
        return self._one(text)

    def _listed(self, text: str) -> Wording:
        key = wording_key(text)
        if not key:
            return NOTHING
        code = key.replace(" ", "_")
        if self._is_known(code):
            return Wording((code,))
        own = self._own.get(key) or self._own.get(_without_count(key))
        if own:
            return Wording((own,), _children_in(key))
        for candidate in dict.fromkeys((key, _without_count(key))):
            entries = _shipped().get(candidate, ())
            fitting = [entry for entry in entries if entry.in_use(self._month)] or entries
            if fitting:
                return Wording((fitting[0].category,), _children_in(key))
        return NOTHING

    def _one(self, text: str) -> Wording:
        listed = self._listed(text)
        if listed.categories:
            return listed
        key = wording_key(text)
        guessed = category_by_rule(_without_count(key))
        return Wording((guessed,), _children_in(key), by_rule=True) if guessed else NOTHING


def _children_in(key: str) -> int | None:
    found = _CHILDREN.search(key)
    if found is None:
        return None
    return _SAID.get(found["count"]) or int(found["count"])


def _without_count(key: str) -> str:
    """The key with "02 con" left out, but not an age ("dưới 3 tuổi")."""
    found = _CHILDREN.search(key)
    if found is None or _AGE_BEFORE.search(key[: found.end()]):
        return key
    bare = re.sub(r"\bnuoi$", "nuoi con", f"{key[: found.start()].strip()}")
    return " ".join(f"{bare} {key[found.end() :]}".split())


@cache
def _shipped() -> dict[str, tuple[_Listed, ...]]:
    table: dict[str, tuple[_Listed, ...]] = {}
    lines = (
        resources.files("ansinh.registry.workbook").joinpath("wordings.csv").read_text(encoding="utf-8").splitlines()
    )
    for line in csv.DictReader(lines):
        starts = Month.parse(line["from"]) if line["from"] else None
        ends = Month.parse(line["until"]) if line["until"] else None
        key = wording_key(line["wording"])
        table[key] = (*table.get(key, ()), _Listed(line["category"], starts, ends))
    return table


_CARING = ("ho ", "nhan ", "cham soc", "nguoi nhan ", "ca nhan ", "nguoi cham soc", "kinh phi cham soc")


def is_told(category: str) -> bool:
    """Whether a finding may name this category beside a row; of one it may not, no such finding is made at all."""
    return "_hiv_" not in category


def name_of(category: str) -> str:
    """A category's first wording in the shipped table, for sentences to an officer."""
    named = load_pack().categories_by_code.get(category)
    return _names().get(category) or (named.name_vi if named else category)


@cache
def _names() -> dict[str, str]:
    lines = (
        resources.files("ansinh.registry.workbook").joinpath("wordings.csv").read_text(encoding="utf-8").splitlines()
    )
    return {line["category"]: line["wording"] for line in reversed(list(csv.DictReader(lines)))}


def category_by_rule(key: str) -> str | None:
    """The category a wording no table has can only mean; None where two or none are possible."""

    def has(*words: str) -> bool:
        return any(word in key for word in words)

    child = has("tre em", "tre mo coi", "tre bi", "chau be") or bool(re.search(r"\bduoi 16\b", key))
    found: str | None = None
    if has("hiv", "aids"):
        found = "child_hiv_poor" if child else "adult_hiv_poor"
    elif has("don than"):
        found = "single_parent_poor"
    elif has("khuyet tat"):
        found = _disabled_by_rule(key, has)
    elif has("huu tri xa hoi"):
        found = "social_pension"
    elif key.startswith(_CARING) and has("nuoi", "cham soc"):
        found = _carer_by_rule(has)
    elif re.search(r"\b16\b.*\b(22|hoc)\b", key) and has("hoc"):
        found = "youth_16_plus_study"
    elif has("tre em", "tre ", "mo coi", "bo roi"):
        found = _child_by_rule(key, has)
    elif has("cao tuoi") or re.search(r"\b(80|75) tuoi\b", key):
        found = _elderly_by_rule(key, has)
    return found


def _carer_by_rule(has: Callable[..., bool]) -> str | None:
    if has("tre em", "mo coi", "tre "):
        return None if has("cao tuoi") else "carer_child_no_care"
    return "carer_elderly_community" if has("cao tuoi") else None


def _disabled_by_rule(key: str, has: Callable[..., bool]) -> str | None:
    exceptional = has("dac biet nang")
    if has("mang thai") or (has("nuoi con") and has("36 thang", "duoi 3 tuoi")):
        return "carer_disabled_parent"
    caring = re.match(r"(ho|nhan|cham soc|ca nhan|nguoi nhan|nguoi cham soc|kinh phi)\b", key)
    if caring and has("cham soc", "nuoi duong", "co nguoi"):
        if not exceptional or has("tre em mat nguon", "mo coi"):
            return None
        return "carer_takein_exceptional" if re.search(r"\bnhan\b", key) else "carer_household_exceptional"
    # "Nặng" and "đặc biệt nặng" named together, or "nhẹ", leave the grade open.
    without = key.replace("dac biet nang", "")
    if re.search(r"\bnhe\b", key) or (exceptional and re.search(r"\bnang\b", without)):
        return None
    return "disabled_exceptional" if exceptional else ("disabled_severe" if re.search(r"\bnang\b", key) else None)


def _child_by_rule(key: str, has: Callable[..., bool]) -> str | None:
    if re.search(r"\bduoi 0?3 tuoi\b|\bduoi 36 thang\b", key):
        return "child_under3_special_area"
    if re.search(r"\b16\b.*\b22\b", key) or (has("dang hoc", "di hoc") and re.search(r"\b(tu|tren) (du )?16\b", key)):
        return "youth_16_plus_study"
    return "child_no_care" if has("mo coi", "nguon nuoi duong", "bo roi") else None


def _elderly_by_rule(key: str, has: Callable[..., bool]) -> str | None:
    if has("cong dong", "co so bao tro", "co so tro giup"):
        return "elderly_community_care"
    if has("co don", "khong co nguoi phung duong", "nghia vu", "khong noi nuong tua"):
        return "elderly_poor_no_carer"
    if re.search(r"\btu (du )?75\b", key) and has("kho khan", "ngheo"):
        return "elderly_75_79_special_area"
    return (
        "elderly_80_no_pension"
        if re.search(r"\b80\b", key) and not re.search(r"\b(duoi|den) (du )?80\b", key)
        else None
    )


# What a group heading over rows may stand for: words in it → the families of categories below it.
_CARERS = (
    "carer_child_no_care", "carer_elderly_community", "carer_disabled_parent", "carer_household_exceptional",
    "carer_takein_exceptional",
)  # fmt: skip
_ELDERLY = (
    "elderly_poor_no_carer", "elderly_75_79_special_area", "elderly_80_no_pension", "elderly_community_care",
    "social_pension",
)  # fmt: skip
_CHILDREN_CODES = ("child_no_care", "youth_16_plus_study", "child_hiv_poor", "child_under3_special_area")
_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r".*\b(hiv|aids)\b.*", ("child_hiv_poor", "adult_hiv_poor")),
    (r".*\bdon than\b.*", ("single_parent_poor",)),
    (r"(ho|nhan|ca nhan|nguoi nhan|cham soc|kinh phi)\b.*\b(cham soc|nuoi duong|nhan nuoi)\b.*", _CARERS),
    (r".*\bhuu tri xa hoi\b.*", ("social_pension",)),
    (r".*\bkhuyet tat dac biet nang\b.*", ("disabled_exceptional",)),
    (r".*\bkhuyet tat nang\b.*", ("disabled_severe",)),
    (r".*\bkhuyet tat\b.*", ("disabled_exceptional", "disabled_severe", "carer_disabled_parent")),
    (r".*\bcao tuoi\b.*", _ELDERLY),
    (r".*\btre em\b.*|.*\bmo coi\b.*", _CHILDREN_CODES),
)


def families_of_heading(text: str) -> frozenset[str]:
    """The categories that may stand under a group heading; empty when the heading names no group of the law."""
    key = wording_key(text)
    if re.search(r"\bnang\b.*\bdac biet nang\b", key):
        return frozenset(("disabled_exceptional", "disabled_severe"))
    return frozenset(next((codes for pattern, codes in _HEADINGS if re.fullmatch(pattern, key)), ()))
