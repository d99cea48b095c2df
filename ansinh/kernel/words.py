"""Money in words, as Vietnamese official papers write it: linh, mốt, tư, lăm, nghìn, triệu, tỷ."""

from __future__ import annotations

from ansinh.kernel.money import Dong

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 1_000_000_000


def dong_in_words(amount: Dong) -> str:
    """The amount in words with a first capital and "đồng"; negative amounts begin "Âm".

    >>> dong_in_words(Dong(662_715_000))
    'Sáu trăm sáu mươi hai triệu bảy trăm mười lăm nghìn đồng'
    >>> dong_in_words(Dong(1_000_005)), dong_in_words(Dong(-21_000))
    ('Một triệu không trăm linh năm đồng', 'Âm hai mươi mốt nghìn đồng')
    """
    words = [*_whole(abs(amount.value), leading=True), "đồng"] if amount else ["không", "đồng"]
    text = " ".join(["âm", *words] if amount.value < 0 else words)
    return text[0].upper() + text[1:]


def _whole(value: int, *, leading: bool) -> list[str]:
    """Words of a number; not `leading` means larger groups went before, so hundreds are said even when none."""
    billions, rest = divmod(value, _BILLION)
    words = [*_whole(billions, leading=leading), "tỷ"] if billions else []
    leading = leading and not words
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += _group(group, leading=leading)
            words += [_GROUPS[power]] if power else []
            leading = False
    return words


def _group(group: int, *, leading: bool) -> list[str]:
    """Words of 1 to 999 within a number."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if ones:
            words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append("lăm" if ones == 5 else _AFTER_TENS.get(ones, _DIGITS[ones]) if tens > 1 else _DIGITS[ones])
    return words
