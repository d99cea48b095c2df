"""Numbers that could hurt a person (identity, account, phone) are sealed at rest; equality is searched by blind index.

AES-256-GCM with a key kept outside the database (file `sealing_key` in ANSINH_HOME, or ANSINH_SEALING_KEY as hex).
A restore of the database without that key cannot read the numbers: docs/how-to/keep-the-key.md.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from ansinh.kernel.refusal import Refusal

# First byte of a sealed value: which key sealed it, so that keys can be rotated one value at a time.
_KEY_ID = b"\x01"
_NONCE_BYTES = 12


class WrongSealingKey(Refusal):
    """Không mở được số đã niêm phong: khóa niêm phong hiện tại không phải khóa đã dùng khi ghi.
    Hãy đặt lại đúng tệp khóa sealing_key của cơ sở dữ liệu này rồi thử lại."""


class NoSealingKey(Refusal):
    """Khóa niêm phong không đúng dạng: cần 64 chữ số thập lục phân (32 byte), đang có {length} ký tự.
    Hãy kiểm tra tệp sealing_key trong ANSINH_HOME hoặc biến ANSINH_SEALING_KEY."""


@cache
def _keys(secret: str) -> tuple[AESGCM, bytes]:
    try:
        key = bytes.fromhex(secret)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise NoSealingKey(length=len(secret))
    index_key = hmac.digest(key, b"ansinh blind index", hashlib.sha256)
    return AESGCM(hmac.digest(key, b"ansinh sealing", hashlib.sha256)), index_key


def seal(text: str | bytes, *, kind: str) -> bytes:
    """The sealed form; `kind` is bound in, so a sealed phone cannot be passed off as an account."""
    cipher, _ = _keys(settings.SEALING_KEY)
    nonce = os.urandom(_NONCE_BYTES)
    plain = text.encode() if isinstance(text, str) else text
    return _KEY_ID + nonce + cipher.encrypt(nonce, plain, kind.encode())


def unseal(sealed: bytes, *, kind: str) -> bytes:
    """What was sealed; refuses (WrongSealingKey) under another key or kind."""
    cipher, _ = _keys(settings.SEALING_KEY)
    body = bytes(sealed)
    try:
        return cipher.decrypt(body[1 : 1 + _NONCE_BYTES], body[1 + _NONCE_BYTES :], kind.encode())
    except InvalidTag as fault:
        raise WrongSealingKey() from fault


def blind_index(text: str, *, kind: str) -> bytes:
    """Equal for equal numbers of one kind, and useless without the key; 16 bytes."""
    _, index_key = _keys(settings.SEALING_KEY)
    return hmac.digest(index_key, f"{kind}:{text}".encode(), hashlib.sha256)[:16]


def masked(text: str) -> str:
    """All but the last four digits hidden, as screens show it."""
    return "•" * max(len(text) - 4, 0) + text[-4:]
