"""Is this word a well-formed Vietnamese syllable? Letters, rhyme and place of the tone; not a dictionary."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ONSETS_TEXT = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_ONSETS = frozenset(_ONSETS_TEXT.split()) | {""}

_RHYMES_TEXT = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oc oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet "
    "u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uô uôc uôi uôm uôn uông uôt uơ "
    "uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y ych ynh yt yêm yên yêng yêt yêu"
)

_TONES = "\u0300\u0309\u0303\u0301\u0323"
_STOP_TONES = "\u0301\u0323"
_MODIFIED = "ăâêôơư"
_VOWELS = "aeiouy" + _MODIFIED


def _tone_places(rhyme: str) -> tuple[int, ...]:
    """Where the tone may stand: by the rules, and where typists put it in oa, oe, uy ("hòa" and "hoà", "Tòan")."""
    modified = [index for index, letter in enumerate(rhyme) if letter in _MODIFIED]
    if modified:
        return (modified[-1],)
    vowels = sum(letter in _VOWELS for letter in rhyme)
    both = vowels > 1 and (len(rhyme) > vowels or vowels == 3 or rhyme in {"oa", "oe", "uy"})
    return (0, 1) if both else (0,)


def _toned(rhyme: str) -> set[str]:
    stopped = rhyme.endswith(("c", "ch", "p", "t"))
    forms = {rhyme}
    for place in _tone_places(rhyme):
        for tone in _STOP_TONES if stopped else _TONES:
            forms.add(unicodedata.normalize("NFC", rhyme[: place + 1] + tone + rhyme[place + 1 :]))
    return forms


_TONED_RHYMES = frozenset(form for rhyme in _RHYMES_TEXT.split() for form in _toned(rhyme))


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether a word could be Vietnamese as spelt, in any letter case; a true name of a minority people may not be.

    >>> is_syllable("Nguyễn"), is_syllable("Hoà"), is_syllable("NguyÔn"), is_syllable("José")
    (True, True, False, False)
    """
    word = word.lower()
    return any(word[:cut] in _ONSETS and word[cut:] in _TONED_RHYMES for cut in range(min(len(word), 4)))
