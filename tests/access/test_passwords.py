"""Passwords nobody may choose, in our words, and sentences that do."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from ansinh.access.models import User

MAI = User(username="mai.ht", full_name="Hoàng Thị Mai")


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("ngắn", "ít nhất 10 ký tự"),
        ("matkhau123", "dễ đoán"),
        ("Mật khẩu 2026", "dễ đoán"),
        ("1234567890", "dễ đoán"),
        ("aaaaaaaaaaaa", "dễ đoán"),
        ("password123", "dễ đoán"),
        ("hoangthimai", "giống họ tên"),
        ("Hoàng Thị Mai 1985", "giống họ tên"),
        ("maihoangthi", "giống họ tên"),
        ("mai.ht2026!!!", "giống họ tên"),
    ],
)
def test_what_a_stranger_tries_first_is_refused(password: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, MAI)
    assert any(said in one for one in refused.value.messages), refused.value.messages


@pytest.mark.parametrize(
    "password", ["ngọn đồi sau bản có hai cây gạo", "mai em lên nương hái chè", "vietnam quê hương tôi"]
)
def test_a_sentence_is_good(password: str) -> None:
    validate_password(password, MAI)
