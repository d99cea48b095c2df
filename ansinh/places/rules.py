"""Pure rules of place names and of who decides: no database, no clock.

A written name is read in up to two ways: "Phương Viên" without accents may be the ward "Viên" or the commune
"Phương Viên", so readings are tried in order and the register of real names settles it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.names import folded, written
from ansinh.places.types import Ambiguous, Kind, Place

# Two tiers of local government from this day: no districts, the commune decides (Luật 72/2025/QH15, NĐ 147/2025/NĐ-CP).
TWO_TIERS_FROM = date(2025, 7, 1)

TYPES: dict[str, Kind] = {
    "Tỉnh": "province",
    "Huyện": "district",
    "Quận": "district",
    "Thị xã": "district",
    "Thành phố": "district",
    "Xã": "commune",
    "Phường": "commune",
    "Thị trấn": "commune",
    "Đặc khu": "commune",
}

_SHORT = {
    "t": "Tỉnh",
    "h": "Huyện",
    "q": "Quận",
    "tx": "Thị xã",
    "tp": "Thành phố",
    "x": "Xã",
    "p": "Phường",
    "tt": "Thị trấn",
    "dk": "Đặc khu",
}

_KIND_BY_LENGTH: dict[int, Kind] = {2: "province", 3: "district", 5: "commune"}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_ROMAN = {
    word: str(number) for number, word in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a written name: the type if one is written, and the name in three grades of likeness."""

    type: str | None
    # Accents kept, tone at the end of each word, y and i as one: what "Thuỷ" and "Thủy" share.
    accented: str
    # Without accents, y and i as one.
    loose: str
    # Without accents, y kept.
    plain: str
    # Whether the writer uses accents at all: only then do missing ones say something.
    has_accents: bool


def kind_of_code(code: str) -> Kind | None:
    """2 digits province, 3 district, 5 commune; anything else is no place code."""
    return _KIND_BY_LENGTH.get(len(code)) if code.isascii() and code.isdigit() else None


def split_full_name(full_name: str) -> tuple[str, str]:
    """("Xã", "Ngọc Phái") of "Xã Ngọc Phái"; the type is empty where the name begins with none."""
    for known in sorted(TYPES, key=len, reverse=True):
        if full_name.casefold().startswith(known.casefold() + " "):
            return known, full_name[len(known) + 1 :]
    return "", full_name


def address_of(places: Iterable[Place]) -> str:
    """Places from the smallest up as one line of address: "Xã Ngọc Phái, huyện Chợ Đồn, tỉnh Bắc Kạn"."""
    first, *above = list(places)
    return ", ".join([first.full_name, *(f"{place.type.lower()} {place.name}" for place in above)])


def search_name(name: str) -> str:
    """The name as it is searched: folded, without apostrophes and dashes, "05" as "5"."""
    bare = re.sub(r"['’‘`´\-–.]", " ", folded(re.sub(r"['’‘`´]", "", name)))
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in bare.split())


def _accented(name: str) -> str:
    words = []
    for word in re.sub("[-–]", " ", unicodedata.normalize("NFD", re.sub("['’‘`´]", "", name).casefold())).split():
        tones = "".join(mark for mark in word if mark in _TONES)
        letters = "".join(mark for mark in word if mark not in _TONES).replace("y", "i")
        words.append((letters.lstrip("0") or "0" if letters.isdigit() else letters) + tones)
    return " ".join(words)


def _reading(written_type: str | None, name: str, *, has_accents: bool = True) -> Reading:
    plain = search_name(name)
    if written_type in ("Phường", None) and plain in _ROMAN:
        plain = _ROMAN[plain]
        return Reading(written_type, plain, plain, plain, has_accents=False)
    return Reading(written_type, _accented(name), plain.replace("y", "i"), plain, has_accents)


# Each type with, for each of its words, the spellings that mean it: with its accents, or with none.
_TYPE_WORDS = [
    (known, [{_accented(word), folded(word).replace("y", "i")} for word in known.split()]) for known in TYPES
]


def _type_of(words: list[str]) -> tuple[str | None, int]:
    """The type the words begin with, and how many words it takes; an accent that differs makes it no type."""
    head = [_accented(word) for word in words[:2]]
    for known, spellings in _TYPE_WORDS:
        if len(words) > len(spellings) and all(word in ways for word, ways in zip(head, spellings, strict=False)):
            return known, len(spellings)
    if len(words) > 1 and (short := _SHORT.get(folded(words[0]))):
        return short, 1
    return None, 0


def readings(text: str) -> tuple[Reading, ...]:
    """The ways to read a name as people write it: "TT. Bằng Lũng", "P5", "xa ngoc phai, huyện Chợ Đồn"."""
    spaced = written(re.split(r"[,;(\n]", text.strip(), maxsplit=1)[0]).replace(".", " ").strip()
    spaced = re.sub(r"^(p|phường|phuong|q|quận|quan)\s*(\d+)$", r"\1 \2", spaced, flags=re.IGNORECASE)
    words = spaced.split()
    if not words:
        return ()
    written_type, taken = _type_of(words)
    # Who writes "Xã Thanh An" writes accents, and means none on the name.
    has_accents = not spaced.isascii()
    whole = _reading(None, " ".join(words), has_accents=has_accents)
    if written_type is None:
        return (whole,)
    return (_reading(written_type, " ".join(words[taken:]), has_accents=has_accents), whole)


def code_in(value: object, length: int = 5) -> str | None:
    """A code typed as text or number, its lost zeros put back: 2020, 2020.0 and "02020" are "02020"."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        value = int(value) if value.is_integer() else value
    text = re.sub(r"\.0+$", "", str(value).strip())
    return text.zfill(length) if text.isascii() and text.isdigit() and len(text) <= length else None


class NameIndex:
    """Communes by every way their name is written; built once, asked a hundred thousand times."""

    def __init__(self, places: Iterable[Place], above: Iterable[Place] = ()) -> None:
        """`above`: the districts and provinces, for names that say theirs: "Phú Cường, huyện Sóc Sơn"."""
        self._above: dict[str, set[str]] = {}
        for unit in above:
            self._above.setdefault(_reading(unit.type, unit.name).loose, set()).add(unit.code)
        self._by_code: dict[str, Place] = {}
        self._by_loose: dict[str, list[tuple[Place, Reading]]] = {}
        self._answers: dict[object, str | Ambiguous | None] = {}
        for place in places:
            self._by_code[place.code] = place
            reading = _reading(place.type, place.name)
            self._by_loose.setdefault(reading.loose, []).append((place, reading))

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, text: object) -> str | Ambiguous | None:
        """The code of the one commune meant; None if no name fits; Ambiguous if several do.

        Where several share the accent-free name, the written type, then the accents, then y/i decide.
        """
        key = (type(text), text)
        if key not in self._answers:
            found = self._look_up(text)
            self._answers[key] = self._told_apart(found, str(text)) if isinstance(found, Ambiguous) else found
        return self._answers[key]

    def _told_apart(self, found: Ambiguous, text: str) -> str | Ambiguous:
        """The one of several communes that lies in the district or province written after a comma."""
        named = {
            code
            for part in text.split(",")[1:]
            for reading in readings(part)
            for code in self._above.get(reading.loose, ())
        }
        codes = tuple(code for code in found.codes if named.intersection(self._by_code[code].path))
        return codes[0] if len(codes) == 1 else found

    def _look_up(self, text: object) -> str | Ambiguous | None:
        if (code := code_in(text)) is not None and code in self._by_code:
            return code
        written = str(int(text)) if isinstance(text, float) and text.is_integer() else str(text)
        asked = [reading for reading in readings(written) if TYPES.get(reading.type or "Xã") == "commune"]
        for reading in asked:
            found = self._by_loose.get(reading.loose, [])
            if reading.type is not None:
                found = [pair for pair in found if pair[0].type == reading.type]
            if found:
                return _settled(found, reading)
        # An old list says "Xã" of what has become a ward: the name alone then decides.
        for reading in asked:
            if found := self._by_loose.get(reading.loose, []):
                return _settled(found, reading)
        return None


def _settled(found: list[tuple[Place, Reading]], asked: Reading) -> str | Ambiguous:
    if len(found) > 1 and asked.has_accents:
        found = [pair for pair in found if pair[1].accented == asked.accented] or found
    if len(found) > 1:
        found = [pair for pair in found if pair[1].plain == asked.plain] or found
    codes = sorted({place.code for place, _ in found})
    return codes[0] if len(codes) == 1 else Ambiguous(tuple(codes))
