"""Old fonts are read, proper Vietnamese is never touched. The encoders here are written apart from the decoder."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.legacy_text import Encoding, decoded, encoding_of
from ansinh.kernel.syllable import is_syllable

# The order of TCVN 5712's bytes B5 … FE, with ? where the third set has no letter.
TCVN3_FROM_B5 = "àảãáạ?ằẳẵắ???????ặầẩẫấậè?ẻẽéẹềểễếệìỉ???ĩíịò?ỏõóọồổỗốộờởỡớợù?ủũúụừửữứựỳỷỹýỵ"
TCVN3_FROM_A1 = "ĂÂÊÔƠƯĐăâêôơưđ"
TCVN3 = {
    **{letter: chr(0xA1 + place) for place, letter in enumerate(TCVN3_FROM_A1)},
    **{letter: chr(0xB5 + place) for place, letter in enumerate(TCVN3_FROM_B5) if letter != "?"},
}

VNI_TONE = {"\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_HAT = {"": "â", "\u0300": "à", "\u0301": "á", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVE = {"": "ê", "\u0300": "è", "\u0301": "é", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_ALONE = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "ì": "ì", "í": "í"}


def to_tcvn3(text: str) -> str:
    """As typed with the font .VnTime; toned capitals become small letters, for it has none."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower()) or letter for letter in text)


def to_vni(text: str) -> str:
    return "".join(letter if letter.isascii() else _vni_letter(letter) for letter in text)


def _vni_letter(letter: str) -> str:
    small = letter.lower()
    if small in VNI_ALONE:
        code = VNI_ALONE[small]
    else:
        base, *marks = list(unicodedata.normalize("NFD", small))
        tone = next((mark for mark in marks if mark in VNI_TONE), "")
        if "\u0302" in marks:
            code = base + VNI_HAT[tone]
        elif "\u0306" in marks:
            code = base + VNI_BREVE[tone]
        else:
            code = ({"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base) + VNI_TONE.get(tone, "")
    return code if letter == small else code.upper()


ENCODERS = {"tcvn3": to_tcvn3, "vni": to_vni}

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Triệu Quách Giàng"
MIDDLE = "Văn Thị Đức Quang Hữu Minh Thu Ngọc A Khắc"
GIVEN = (
    "An Ân Ánh Bình Bé Cúc Cường Chí Dung Dũng Đào Giang Hà Hằng Hiền Hoa Hoà Hồng Huệ Hùng Hưng Hường Khánh Kiên "
    "Lành Liên Mận Mẫn Mỹ Ngân Nhàn Nở Oanh Ơn Phượng Quý Quỳnh Sử Tâm Thắng Thuý Thủy Tý Tư Út Ước Xuân Yến Ý"
)
families = st.sampled_from(FAMILY.split())
middles = st.sampled_from(MIDDLE.split())
givens = st.sampled_from(GIVEN.split())
names = st.builds("{} {} {}".format, families, middles, givens)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@given(name=names)
def test_a_name_in_an_old_font_is_read_rightly_or_left_alone(encoding: Encoding, name: str) -> None:
    typed = ENCODERS[encoding](name)
    text, found = decoded(typed)
    if found is None:
        assert text == typed
    else:
        assert (text.lower(), found) == (name.lower(), encoding)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@given(middle=middles, given_name=givens)
def test_one_telling_word_is_enough(encoding: Encoding, middle: str, given_name: str) -> None:
    name = f"Nguyễn {middle} {given_name}"
    text, found = decoded(ENCODERS[encoding](name))
    assert (text.lower(), found) == (name.lower(), encoding)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@given(name=names)
def test_a_column_known_to_be_old_is_read_whole(encoding: Encoding, name: str) -> None:
    typed = ENCODERS[encoding](name)
    text, found = decoded(typed, leaning=encoding)
    assert text.lower() == name.lower()
    assert found == (None if typed.isascii() or text == typed else encoding)


@given(name=names, form=st.sampled_from(["NFC", "NFD"]), case=st.sampled_from([str, str.upper, str.lower]))
def test_proper_vietnamese_is_never_changed(name: str, form: str, case: type[str]) -> None:
    text = unicodedata.normalize(form, case(name))  # type: ignore[arg-type]
    for part in (text, *text.split()):
        assert decoded(part) == (part, None)


def test_no_latin_1_syllable_is_ever_changed() -> None:
    onsets = ("", "b", "ch", "gi", "h", "kh", "l", "m", "ng", "ngh", "nh", "ph", "qu", "t", "th", "tr", "v", "x")
    vowels = "aeiouyàáâãèéêìíòóôõùúý"
    checked = 0
    for onset, one, two, final in itertools.product(
        onsets, vowels, ("", *vowels), ("", "c", "m", "n", "ng", "nh", "t")
    ):
        word = onset + one + two + final
        if not word.isascii() and is_syllable(word):
            checked += 1
            for shown in (word, word.capitalize(), word.upper()):
                assert decoded(shown) == (shown, None)
    assert checked > 2000


@pytest.mark.parametrize(
    "text",
    ["", "Nguyen Van An", "Hoà", "Âu", "Đặng Thị Ý", "Lò Văn Ơn", "Hùynh", "Tòan", "Qúy", "HOà", "HÀo",
     "Y Nuê", "Niê", "H'Brê", "Mlô", "Êban", "Êñuôl", "Neáng Sóc", "Đinh Yô", "Giàng Seo Páo",
     "José", "René", "Hélène", "Müller", "Noël", "São Paulo", "Zürich", "café",
     "20 m²", "30°C", "§5", "© 2020", "«Hoà»", "«Hoà Bình»", "5½ kg", "3×4"],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert decoded(text) == (text, None)


@pytest.mark.parametrize(
    ("typed", "meant", "encoding"),
    [
        ("NguyÔn V¨n An", "Nguyễn Văn An", "tcvn3"),
        ("TrÇn ThÞ", "Trần Thị", "tcvn3"),
        ("Hå ThÞ Cóc", "Hồ Thị Cúc", "tcvn3"),
        ("NG­êi", "NGười", "tcvn3"),
        ("NGUYÔN V¡N AN", "NGUYỄN VĂN AN", "tcvn3"),
        ("nguyÔn thÞ hµ", "nguyễn thị hà", "tcvn3"),
        ("Th«n 5, x· §øc Hîp, huyÖn Kim §éng", "Thôn 5, xã Đức Hợp, huyện Kim Động", "tcvn3"),
        ("TrÇn ThÞ Bh¨m", "Trần Thị Bhăm", "tcvn3"),
        ("Nguyeãn Vaên An", "Nguyễn Văn An", "vni"),
        ("NGUYEÃN VAÊN AÙNH", "NGUYỄN VĂN ÁNH", "vni"),
        ("Ñaëng Thò Yù", "Đặng Thị Ý", "vni"),
        ("Huyønh Ñöùc", "Huỳnh Đức", "vni"),
        ("Lan YÕn", "Lan Yến", "tcvn3"),
        ("Bµ NGUYÔN THÞ ót", "Bà NGUYỄN THỊ út", "tcvn3"),
    ],
)
def test_read(typed: str, meant: str, encoding: Encoding) -> None:
    assert decoded(typed) == (meant, encoding)


def test_the_column_settles_what_a_cell_cannot() -> None:
    assert decoded("Höng") == ("Höng", None)
    assert encoding_of(["An", "Höng", "Traàn Vaên Höng"]) == "vni"
    assert decoded("Höng", leaning="vni") == ("Hưng", "vni")
    assert decoded("Cóc", leaning="tcvn3") == ("Cúc", "tcvn3")


@pytest.mark.parametrize(
    "column", [[], ["An", "Hoà"], ["TrÇn V¨n An", "Traàn Vaên An"], ["TrÇn V¨n An", "Đặng Thị Ý"]], ids=str
)
def test_a_column_of_none_or_several_encodings_leans_nowhere(column: list[str]) -> None:
    assert encoding_of(column) is None


def test_a_cell_with_letters_the_leaning_has_not_is_left_alone() -> None:
    assert decoded("Hoà", leaning="tcvn3") == ("Hoà", None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Trần Minh Khaùnh", "Trần Minh Khánh"),
        ("Buøi Ngọc Duy", "Bùi Ngọc Duy"),
        ("  Buøi  Ngọc Duy", "  Bùi  Ngọc Duy"),
    ],
)
def test_one_word_in_an_old_font_is_read_among_unicode_words(text: str, wanted: str) -> None:
    assert decoded(text) == (wanted, "vni")


@pytest.mark.parametrize("text", ["Ksơr Hroá Đặng", "Nguyễn Hoà Ý", "Y Bhăm Niê Kđăm", "José Nguyễn"])
def test_a_foreign_word_among_unicode_words_stays(text: str) -> None:
    assert decoded(text) == (text, None)
