"""Names of people: as written, as searched, as matched, as sorted, as a bank wants them. Text in, text out.

Text of unknown origin goes through `legacy_text.decoded` first; these functions expect Unicode in any normal form.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width signs that pasted text carries; they would make equal names differ.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_UNSEEN_SIGN = re.compile(f"[{''.join(map(chr, _UNSEEN))}]")
# Eth is typed for Đ by old converters and looks the same. Only at a word's start: elsewhere it is TCVN3 for é.
_ETH = re.compile("\\b[\xd0\u0189]")
# A tone typed before the circumflex or breve: NFC cannot join them in that order.
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_LOOSE_HAT = re.compile("[\u0302\u0306]")

_TONE_ORDER = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# "{" and "|" follow "z" in ASCII, so ă sorts after every a-word and before b, even byte by byte.
_LETTER_ORDER = {"ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{"}


def _bare_letters() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code):
            table[code] = base
    return table | {ord("đ"): "d", ord("ð"): "d", ord("ɖ"): "d", 0xAD: None} | _UNSEEN


_BARE = _bare_letters()
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\xb4]")
_NOT_BANK = re.compile("[^A-Z0-9]+")
_WORD_PART = re.compile(r"[^\W\d_]+")


def written(text: str) -> str:
    """The name as written: NFC, single spaces, none at the ends; letters and case are kept.

    >>> written("  Nguyê\u0303n   Thị Hoà ")
    'Nguyễn Thị Hoà'
    """
    if not text.isascii():
        # Looked for before they are taken out: hardly a name has them.
        if _UNSEEN_SIGN.search(text):
            text = text.translate(_UNSEEN)
        text = unicodedata.normalize("NFC", text)
        if "\xd0" in text or "\u0189" in text:
            text = _ETH.sub("Đ", text)
        if _LOOSE_HAT.search(text):
            text = unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", text)))
    return " ".join(text.split())


def folded(text: str) -> str:
    """The search key: small letters, no tones or hats, đ as d, single spaces; y and i stay apart.

    >>> folded("ĐẶNG  Thị Thuý")
    'dang thi thuy'
    """
    return " ".join(text.lower().translate(_BARE).split())


def matching_key(text: str) -> str:
    """The key under which spellings of one name meet: folded, y as i, nothing but letters.

    >>> matching_key("Nguyễn Thị Mỹ") == matching_key("NGUYEN THI MI")
    True
    """
    return _NOT_LETTERS.sub("", folded(text)).replace("y", "i")


def sort_key(text: str) -> str:
    """A key that sorts by given name (the last word), then family name and the rest, in the Vietnamese alphabet.

    Letters first (a ă â … d đ e ê …), then tones: none, huyền, hỏi, ngã, sắc, nặng. Plain ASCII letters for
    Vietnamese names, so it sorts alike in Python and in a database under collation "C".

    >>> sorted(["Lê Ân", "Trần An", "Bùi Anh", "Lê An", "Vũ Ấn"], key=sort_key)
    ['Lê An', 'Trần An', 'Bùi Anh', 'Lê Ân', 'Vũ Ấn']
    """
    words = [_word_order(word) for word in written(text).lower().split()]
    return " ".join(words[-1:] + words[:-1])


@lru_cache(maxsize=16_384)
def _word_order(word: str) -> str:
    if word.isascii():
        return "".join(filter(str.isalnum, word)) + "0"
    letters, tones = "", ""
    for letter in word:
        apart = unicodedata.normalize("NFD", letter)
        tones += "".join(_TONE_ORDER.get(mark, "") for mark in apart[1:])
        toneless = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONE_ORDER))
        letters += _LETTER_ORDER.get(toneless) or "".join(filter(str.isalnum, toneless.translate(_BARE)))
    return letters + (tones or "0")


def capital_ascii(text: str) -> str:
    """The name as banks take it: capitals A to Z, digits and single spaces only.

    >>> capital_ascii("Nguyễn Thị Hoà"), capital_ascii("Đinh K'Brồi")
    ('NGUYEN THI HOA', 'DINH KBROI')
    """
    return _NOT_BANK.sub(" ", _APOSTROPHES.sub("", text).lower().translate(_BARE).upper()).strip()


def title_cased(text: str) -> str:
    """Each word, and each part after an apostrophe or hyphen, with a first capital; for names typed in capitals.

    >>> title_cased("NGUYỄN THỊ HOÀ"), title_cased("h'bia niê")
    ('Nguyễn Thị Hoà', "H'Bia Niê")
    """
    return _WORD_PART.sub(lambda part: part[0].capitalize(), written(text))
