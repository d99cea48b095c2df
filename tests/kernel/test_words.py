"""Amounts in words can be read back, and follow official usage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.kernel.words import dong_in_words

DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {"nghìn": 1_000, "triệu": 1_000_000}


def read_back(text: str) -> int:
    """The amount that the words mean; knows nothing of how they are made."""
    words = text.lower().removesuffix(" đồng").split()
    sign = -1 if words[0] == "âm" else 1
    billions = below = group = digit = 0
    for word in words[1:] if sign < 0 else words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in SCALES:
            below, group, digit = below + (group + digit) * SCALES[word], 0, 0
        elif word == "tỷ":
            billions, below, group, digit = (billions + below + group + digit) * 10**9, 0, 0, 0
        else:
            assert word == "linh"
    return sign * (billions + below + group + digit)


@given(st.integers(-(10**15), 10**15) | st.integers(-5000, 5000) | st.integers(0, 10**6).map(lambda n: n * 1000))
def test_read_back(value: int) -> None:
    assert read_back(dong_in_words(Dong(value))) == value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (14, "Mười bốn đồng"),
        (24, "Hai mươi tư đồng"),
        (31, "Ba mươi mốt đồng"),
        (55, "Năm mươi lăm đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (111, "Một trăm mười một đồng"),
        (405_000, "Bốn trăm linh năm nghìn đồng"),
        (500_000, "Năm trăm nghìn đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
        (662_715_000, "Sáu trăm sáu mươi hai triệu bảy trăm mười lăm nghìn đồng"),
        (2_000_000_010, "Hai tỷ không trăm mười đồng"),
        (1_005_000_000_000, "Một nghìn không trăm linh năm tỷ đồng"),
        (-270_000, "Âm hai trăm bảy mươi nghìn đồng"),
    ],
)
def test_official_usage(value: int, words: str) -> None:
    assert dong_in_words(Dong(value)) == words
