"""Which passwords nobody may choose: short ones, those everybody tries first, one's own name. Said in our words."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ansinh.kernel.names import folded

LEAST_PASSWORD_LENGTH = 10
# The code of the fault that only somebody known by name can make.
OWN_NAME = "password_too_similar"
# What people here try first, without its tail of digits and signs; spaces, hats and tones are left out before looking.
_TRIED_FIRST = frozenset(
    {
        "admin", "administrator", "anhyeuem", "ansinh", "ansinhxahoi", "baotroxahoi", "canbo", "canboxa", "chutich",
        "congan", "danang", "dangnhap", "doimatkhau", "emyeuanh", "giadinh", "giadinhtoi", "haiphong", "hanoi",
        "hochiminh", "iloveyou", "khongbiet", "khongco", "khongnho", "laodong", "matkhau", "matkhaucuatoi",
        "matkhaumoi", "nguoidung", "passw0rd", "password", "quanly", "quantri", "quantrivien", "quenmatkhau",
        "qwerty", "qwertyuiop", "saigon", "sinhnhat", "thainguyen", "toiyeuvietnam", "ubnd", "ubndxa", "vietnam",
        "vietnamvodich", "welcome", "xinchao", "xinchaovietnam", "yeuem",
    }
)  # fmt: skip
_TAIL = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNS = re.compile(r"[\W_]+")
_SHORTEST_NAME = 4


def too_common() -> str:
    """What is said of a password many use."""
    return _("Mật khẩu này nhiều người dùng nên dễ đoán. Hãy chọn một câu chỉ bạn nhớ.")


class LongEnough:
    """At least ten characters, told in the language of the page."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuses a shorter one."""
        if len(password) < LEAST_PASSWORD_LENGTH:
            said = _("Mật khẩu phải có ít nhất %(least)d ký tự; một câu dễ nhớ tốt hơn một từ khó.")
            raise ValidationError(said % {"least": LEAST_PASSWORD_LENGTH}, code="password_too_short")

    def get_help_text(self) -> str:
        """The rule."""
        return _("Ít nhất 10 ký tự; một câu dễ nhớ tốt hơn một từ khó.")


class NotTriedFirst:
    """None of those a stranger tries first: common words with digits behind, one character again and again, a row."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuses one of them, with or without hats, tones and spaces."""
        plain = _SIGNS.sub("", folded(password))
        word = _TAIL.sub("", plain)
        in_a_row = plain in "01234567890123456789" or plain in "98765432109876543210"
        if word in _TRIED_FIRST or len(set(plain)) <= 3 or in_a_row:
            raise ValidationError(too_common(), code="password_common")

    def get_help_text(self) -> str:
        """The rule."""
        return _("Không dùng từ nhiều người dùng.")


class NotInTheList(CommonPasswordValidator):
    """None of the twenty thousand the world uses most, in our words."""

    def get_error_message(self) -> str:
        """What is said of one of them."""
        return too_common()


class NotOneself:
    """Not one's own name or name to sign in by, forwards or with digits behind."""

    def validate(self, password: str, user: object = None) -> None:
        """Refuses a password in which nothing but such a name and digits stand."""
        word = _TAIL.sub("", _SIGNS.sub("", folded(password)))
        names = [folded(str(getattr(user, one, "") or "")) for one in ("username", "full_name")]
        forms = {_SIGNS.sub("", name) for name in names}
        forms |= {"".join(reversed(name.split())) for name in names}
        forms |= {name.split()[-1] + "".join(name.split()[:-1]) for name in names if name}
        if any(form and len(form) >= _SHORTEST_NAME and form in word and len(word) - len(form) < 4 for form in forms):
            raise ValidationError(
                _("Mật khẩu giống họ tên hoặc tên đăng nhập của bạn. Hãy chọn một câu chỉ bạn nhớ."),
                code=OWN_NAME,
            )

    def get_help_text(self) -> str:
        """The rule."""
        return _("Không dùng họ tên hay tên đăng nhập của mình.")
