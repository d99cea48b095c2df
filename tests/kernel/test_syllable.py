"""What is a syllable is decided by spelling and the place of the tone."""

from __future__ import annotations

import pytest

from ansinh.kernel.syllable import is_syllable


@pytest.mark.parametrize(
    "word",
    ["Nguyễn", "Huỳnh", "Hùynh", "hoà", "hòa", "Quý", "Quí", "Qúy", "giếng", "gì", "Khuỵa", "Ước", "Yến", "Ý",
     "nghiêng", "thuở", "ngoằn", "Voòng", "Ngoài", "ỈU", "An"],
)  # fmt: skip
def test_is(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["", "NguyÔn", "Laù", "Haì", "bàc", "José", "Zoë", "Krông", "Êban", "Văné", "fa", "thị2"]
)
def test_is_not(word: str) -> None:
    assert not is_syllable(word)
