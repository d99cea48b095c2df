"""Text typed before Unicode, in TCVN3 (ABC, .VnTime) or VNI fonts, as a reader of today meets it: Latin-1 letters.

Proper Vietnamese uses some of the same letters, so a text is converted only when it cannot be Vietnamese as it
stands and is Vietnamese when read in the old encoding. Doubt leaves the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from ansinh.kernel.syllable import is_syllable

Encoding = Literal["tcvn3", "vni"]

# TCVN 5712:1993, third set (VN3): the bytes of each letter's forms. It has no capitals with tones.
_TCVN3_BYTES = {
    "àảãáạ": "B5 B6 B7 B8 B9",
    "ăằẳẵắặ": "A8 BB BC BD BE C6",
    "âầẩẫấậ": "A9 C7 C8 C9 CA CB",
    "èẻẽéẹ": "CC CE CF D0 D1",
    "êềểễếệ": "AA D2 D3 D4 D5 D6",
    "ìỉĩíị": "D7 D8 DC DD DE",
    "òỏõóọ": "DF E1 E2 E3 E4",
    "ôồổỗốộ": "AB E5 E6 E7 E8 E9",
    "ơờởỡớợ": "AC EA EB EC ED EE",
    "ùủũúụ": "EF F1 F2 F3 F4",
    "ưừửữứự": "AD F5 F6 F7 F8 F9",
    "ỳỷỹýỵ": "FA FB FC FD FE",
    "đĂÂÊÔƠƯĐ": "AE A1 A2 A3 A4 A5 A6 A7",
}
_TCVN3 = {
    byte: letter
    for letters, codes in _TCVN3_BYTES.items()
    for letter, byte in zip(letters, bytes.fromhex(codes), strict=True)
}


def _letters(typed: str, meant: str) -> dict[str, str]:
    return dict(zip(typed.split(), meant, strict=True))


# VNI writes a bare letter and then its mark; a few letters are one character.
_VNI_SMALL = {
    **_letters("ñ ì í æ ó ò î ô ö", "đìíỉĩịỵơư"),
    **_letters("aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä", "àáảãạăằắẳẵặâầấẩẫậ"),
    **_letters("eø eù eû eõ eï eâ eà eá eå eã eä", "èéẻẽẹêềếểễệ"),
    **_letters("oø où oû oõ oï oâ oà oá oå oã oä", "òóỏõọôồốổỗộ"),
    **_letters("ôø ôù ôû ôõ ôï uø uù uû uõ uï", "ờớởỡợùúủũụ"),
    **_letters("öø öù öû öõ öï yø yù yû yõ", "ừứửữựỳýỷỹ"),
}
# The mark of a capital may be typed small ("Aùnh" beside "AÙnh").
_VNI = {
    **_VNI_SMALL,
    **{old[0].upper() + old[1:]: new.upper() for old, new in _VNI_SMALL.items()},
    **{old.upper(): new.upper() for old, new in _VNI_SMALL.items()},
}
_VNI_SIGN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

# A letter no legacy text shows: Đ ă ơ ư, letters with hook or dot, combining marks. The text is Unicode.
_UNICODE_LETTER = re.compile("[\u0100-\u036f\u1e00-\u1eff]")
_HIGH_LETTER = re.compile("[\xc0-\xd6\xd8-\xf6\xf8-\xff]")
# TCVN3 has letters where Latin-1 has signs; VNI has not.
_RUNS: dict[Encoding, re.Pattern[str]] = {
    "tcvn3": re.compile("[A-Za-z\xa1-\xff]+"),
    "vni": re.compile("[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\xff]+"),
}
_WORD = re.compile(r"[^\W\d_]+")
_TWO_CAPITALS = re.compile("[A-Z]{2}")
_SMALL = re.compile("[a-z]")
# A capital vowel after a small letter ("HiÒn") is a small one in TCVN3.
_CAPITAL_INSIDE = re.compile("[a-z][\xc0-\xd6\xd8-\xde]")
# Signs no alphabet has inside a word: "Bh¨m" is TCVN3 though Bhăm is no Vietnamese syllable.
_SIGN_INSIDE = re.compile("[A-Za-z][¡¢£¤¥¦§¨«¬\xadµ¶¸¹»¼½¾]")


def decoded(text: str, *, leaning: Encoding | None = None) -> tuple[str, Encoding | None]:
    """The text in Unicode and the old encoding it was found in, or the text itself and None.

    `leaning` is what `encoding_of` found for the whole column: it settles cells that would pass as Vietnamese either
    way ("Cóc" is Cúc in TCVN3). Letter case is as typed: fonts such as .VnTimeH show small letters as capitals.

    >>> decoded("NguyÔn V¨n An"), decoded("Nguyeãn Vaên An")
    (('Nguyễn Văn An', 'tcvn3'), ('Nguyễn Văn An', 'vni'))
    >>> decoded("Đặng Thị Ý"), decoded("Hoà"), decoded("José")
    (('Đặng Thị Ý', None), ('Hoà', None), ('José', None))
    """
    if text.isascii():
        return text, None
    if _UNICODE_LETTER.search(text):
        return _word_by_word(text)
    if leaning is not None:
        reading = _reading(text, leaning)
        return (text, None) if reading is None else (reading, leaning)
    likely: list[tuple[int, str, Encoding]] = []
    for encoding in _READERS:
        if _stands(text, encoding):
            continue
        reading = _reading(text, encoding)
        strange = _strangeness(text, reading)
        if reading is not None and strange is not None:
            likely.append((strange, reading, encoding))
    likely.sort()
    if not likely or (len(likely) == 2 and likely[0][0] == likely[1][0]):
        return text, None
    return likely[0][1:]


def _word_by_word(text: str) -> tuple[str, Encoding | None]:
    """A Unicode text in which somebody typed a word in an old font ("Trần Minh Khaùnh"): only that word is read."""
    found: Encoding | None = None
    words = text.split(" ")
    for index, word in enumerate(words):
        reading, encoding = _mended_word(word)
        if encoding is not None:
            words[index], found = reading, encoding
    return " ".join(words), found


@lru_cache(maxsize=4096)
def _mended_word(word: str) -> tuple[str, Encoding | None]:
    """The word read in an old encoding where that makes a Vietnamese syllable of what is none."""
    if word.isascii() or _UNICODE_LETTER.search(word) or is_syllable(word):
        return word, None
    reading, encoding = decoded(word)
    return (reading, encoding) if is_syllable(reading) else (word, None)


def encoding_of(texts: Iterable[str]) -> Encoding | None:
    """The one old encoding a column of cells is typed in; None when none, several, or mixed with Unicode letters."""
    found: set[Encoding] = set()
    for text in texts:
        if _UNICODE_LETTER.search(text):
            return None
        encoding = decoded(text)[1]
        if encoding is not None:
            found.add(encoding)
    return found.pop() if len(found) == 1 else None


def _stands(text: str, encoding: Encoding) -> bool:
    """Whether every run of letters with an accent is Vietnamese, or no text at all, as it is."""
    runs = [run for run in _RUNS[encoding].findall(text) if not run.isascii() and len(run) > 1]
    return all(is_syllable(run) and not _CAPITAL_INSIDE.search(run) for run in runs)


def _from_tcvn3(text: str) -> str | None:
    if any(ord(letter) not in _TCVN3 for letter in _HIGH_LETTER.findall(text)):
        return None
    reading = _WORD.sub(_evenly_capital, text.translate(_TCVN3))
    shouted = _TWO_CAPITALS.search(reading) and not _SMALL.search(reading)
    return reading.upper() if shouted else reading


def _evenly_capital(word: re.Match[str]) -> str:
    """A word typed with capitals locked ("NGUYÔN") in full capitals: the bytes have no capitals with tones."""
    bare = word[0].encode("ascii", "ignore")
    return word[0].upper() if len(bare) > 1 and bare.isupper() else word[0]


def _from_vni(text: str) -> str | None:
    if _HIGH_LETTER.search(_VNI_SIGN.sub("", text)) or _SIGN_INSIDE.search(text):
        return None
    return _VNI_SIGN.sub(lambda sign: _VNI[sign[0]], text)


_READERS: dict[Encoding, Callable[[str], str | None]] = {"tcvn3": _from_tcvn3, "vni": _from_vni}


def _reading(text: str, encoding: Encoding) -> str | None:
    """The text read in an old encoding; None when it holds letters that encoding has not, or nothing changes."""
    reading = _READERS[encoding](text)
    return None if reading == text else reading


def _strangeness(text: str, reading: str | None) -> int | None:
    """How many accented words of a reading are still not Vietnamese; None when too many (over one in four)."""
    if reading is None:
        return None
    words = [word for word in _WORD.finditer(reading) if not word[0].isascii()]
    strange = sum(not is_syllable(word[0]) and not _SIGN_INSIDE.search(text, *word.span()) for word in words)
    return strange if strange <= len(words) // 4 else None
