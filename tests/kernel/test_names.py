"""Names as written, searched, matched, sorted and given to banks."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.names import capital_ascii, folded, matching_key, sort_key, title_cased, written

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵdđbcghklmnpqrstvx"
vietnamese = st.text(VIETNAMESE + VIETNAMESE.upper() + " '-", max_size=30)


def test_written_joins_what_was_typed_apart() -> None:
    assert written(unicodedata.normalize("NFD", "  Nguyễn\u00a0 Thị\tƯớc ")) == "Nguyễn Thị Ước"


def test_written_mends_look_alikes_and_unseen_signs() -> None:
    assert written("\ufeffÐặng\u200b Thị Ý") == "Đặng Thị Ý"


def test_written_mends_a_tone_typed_before_the_hat() -> None:
    assert written("Nguye\u0303\u0302n Va\u0301\u0306n") == "Nguyễn Vắn"


def test_written_keeps_eth_inside_a_word_for_it_may_be_tcvn3() -> None:
    assert written("BÐ") == "BÐ"


@given(vietnamese)
def test_every_normal_form_is_written_alike(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert len({written(form) for form in forms}) == len({folded(form) for form in forms}) == 1


@given(st.text(max_size=40))
def test_keys_of_keys_change_nothing(text: str) -> None:
    for key in (written, folded, matching_key, capital_ascii):
        assert key(key(text)) == key(text)


@given(vietnamese)
def test_folded_vietnamese_is_small_ascii(text: str) -> None:
    assert folded(text).isascii()
    assert folded(text) == folded(text.upper()) == folded(text.lower()) == folded(f" {text} ")


@given(st.text(max_size=40))
def test_bank_names_hold_capitals_digits_and_single_spaces(text: str) -> None:
    name = capital_ascii(text)
    assert set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ")
    assert name == " ".join(name.split())


def test_folded_keeps_y_and_i_apart_but_matching_does_not() -> None:
    assert folded("Lý Mỹ") == "ly my" != folded("Lí Mĩ")
    assert matching_key("Lý Mỹ") == matching_key("LI MI") == "limi"


def test_matching_ignores_spaces_and_apostrophes() -> None:
    assert matching_key("H' Bia Niê") == matching_key("H\u2019Bia Niê") == "hbianie"


def test_folded_takes_d_with_stroke_and_its_look_alikes() -> None:
    assert folded("ĐĐ đ Ðð") == "dd d dd"


@pytest.mark.parametrize(
    ("name", "bank"),
    [
        ("Nguyễn Thị Hoà", "NGUYEN THI HOA"),
        ("Đinh K'Brồi", "DINH KBROI"),
        ("Ksor H\u2019Nhơ-Ly", "KSOR HNHO LY"),
        ("  lê   thị  ước ", "LE THI UOC"),
        (unicodedata.normalize("NFD", "Đỗ Mỹ Lệ"), "DO MY LE"),
    ],
)
def test_bank_form(name: str, bank: str) -> None:
    assert capital_ascii(name) == bank


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("NGUYỄN THỊ HOÀ", "Nguyễn Thị Hoà"), ("h'bia niê", "H'Bia Niê"), ("đặng thị ý", "Đặng Thị Ý"), ("", "")],
)
def test_title_case(typed: str, shown: str) -> None:
    assert title_cased(typed) == shown


def test_lists_sort_by_given_name_in_the_vietnamese_alphabet() -> None:
    right = [
        "An", "Bùi An", "Lê Thị An", "Lê Văn An", "Trần Ánh", "Lê Ân", "Lê Bình", "Lê Cúc", "Lê Dung", "Lê Dũng",
        "Lê Đào", "Lê Hoa", "Lê Hoà", "Lê Hoả", "Lê Hoã", "Lê Hoá", "Lê Hoạ", "Lê Hồng", "Lê Tô", "Lê Tơ", "Lê Tuấn",
        "Lê Tư", "Lê Yến",
    ]  # fmt: skip
    mixed = right[:]
    random.Random(1).shuffle(mixed)  # noqa: S311 - a fixed shuffle
    assert sorted(mixed, key=sort_key) == right


def test_names_differing_in_a_letter_sort_by_letters_before_tones() -> None:
    assert sorted(["Lê Hoán", "Lê Hoà", "Lê Hòa"], key=sort_key)[-1] == "Lê Hoán"
    assert sort_key("Lê Hoà") == sort_key("lê  hòa")


@given(vietnamese)
def test_sort_keys_of_vietnamese_are_ascii_for_any_database(text: str) -> None:
    assert sort_key(text).isascii()
