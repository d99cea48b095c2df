"""Payers' files come out of their seal byte by byte as they came in."""

from __future__ import annotations

import pytest

from ansinh.platform.sealing import WrongSealingKey, seal
from ansinh.reconcile.originals import ORIGINAL, open_original, seal_original

from .files import csv_of, listed, row


@pytest.mark.parametrize("content", [csv_of(*(row(n) for n in range(1, 300))).encode(), listed(row(7))])
def test_what_is_kept_opens_to_what_came_in(content: bytes) -> None:
    assert open_original(seal_original(content)) == content
    # As kept before texts were packed.
    assert open_original(seal(content, kind=ORIGINAL)) == content


def test_a_text_takes_a_fraction_of_its_room_and_a_workbook_is_left_as_it_is() -> None:
    text, book = csv_of(*(row(n) for n in range(1, 300))).encode(), listed(row(7))
    assert len(seal_original(text)) < len(text) / 4
    assert len(seal_original(book)) < len(book) + 64


def test_it_opens_as_nothing_else() -> None:
    with pytest.raises(WrongSealingKey):
        open_original(seal(b"abc", kind="register_file"))
