"""Numbers that could hurt a person (identity, account, phone) are sealed at rest; equality is searched by blind index.

AES-256-GCM with keys kept outside the database (platform/keyring.py): the newest seals, each value says which opens it.
A restore of the database without its keys cannot read the numbers: docs/how-to/keep-the-key.md.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ansinh.kernel.refusal import Refusal
from ansinh.platform.keyring import SealingKey, current_keyring

_NONCE_BYTES = 12
# Where the index under a key is kept: keys that live together have numbers of different parity.
INDEX_COLUMNS = ("blind_index_even", "blind_index")


class WrongSealingKey(Refusal):
    """Không mở được số đã niêm phong: khóa niêm phong hiện tại không phải khóa đã dùng khi ghi.
    Hãy đặt lại đúng tệp khóa sealing_keys (hoặc sealing_key) của cơ sở dữ liệu này rồi thử lại."""


@cache
def _ciphers(key: SealingKey) -> tuple[AESGCM, bytes]:
    secret = bytes.fromhex(key.secret)
    index_key = hmac.digest(secret, b"ansinh blind index", hashlib.sha256)
    return AESGCM(hmac.digest(secret, b"ansinh sealing", hashlib.sha256)), index_key


def seal(text: str | bytes, *, kind: str) -> bytes:
    """The sealed form, under the newest key; `kind` is bound in: a sealed phone cannot be passed off as an account."""
    key = current_keyring().newest
    cipher, _ = _ciphers(key)
    nonce = os.urandom(_NONCE_BYTES)
    plain = text.encode() if isinstance(text, str) else text
    return bytes([key.number]) + nonce + cipher.encrypt(nonce, plain, kind.encode())


def unseal(sealed: bytes, *, kind: str) -> bytes:
    """What was sealed; refuses (WrongSealingKey) under a key not at hand, or another kind."""
    body = bytes(sealed)
    key = current_keyring().find(body[0]) if body else None
    if key is None:
        raise WrongSealingKey()
    cipher, _ = _ciphers(key)
    try:
        return cipher.decrypt(body[1 : 1 + _NONCE_BYTES], body[1 + _NONCE_BYTES :], kind.encode())
    except InvalidTag as fault:
        raise WrongSealingKey() from fault


def index_columns(text: str, *, kind: str) -> dict[str, bytes | None]:
    """The blind indexes of a number by column, one under each living key: what a row of it must carry."""
    columns: dict[str, bytes | None] = dict.fromkeys(INDEX_COLUMNS)
    for key in current_keyring().living:
        columns[INDEX_COLUMNS[key.number % 2]] = _index(key, text, kind)
    return columns


class Sealer:
    """Seals very many numbers by the keys as they stood when it was made: nothing is read from disk for each."""

    def __init__(self) -> None:
        ring = current_keyring()
        self._number = bytes([ring.newest.number])
        self._cipher = _ciphers(ring.newest)[0]
        keys = {INDEX_COLUMNS[key.number % 2]: _ciphers(key)[1] for key in ring.living}
        self._indexers = [_Indexer(keys[column]) if column in keys else None for column in INDEX_COLUMNS]

    def sealed(self, number: str, *, kind: str) -> tuple[bytes, tuple[bytes | None, ...]]:
        """The sealed form and the blind indexes in the order of INDEX_COLUMNS, as `seal` and `index_columns` give."""
        nonce = os.urandom(_NONCE_BYTES)
        told = f"{kind}:{number}".encode()
        return (
            self._number + nonce + self._cipher.encrypt(nonce, number.encode(), kind.encode()),
            tuple([None if indexer is None else indexer.index(told) for indexer in self._indexers]),
        )


class _Indexer:
    """HMAC-SHA-256 with its key taken in once (RFC 2104): what `_index` gives, at half its cost."""

    def __init__(self, index_key: bytes) -> None:
        padded = index_key.ljust(hashlib.sha256().block_size, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def index(self, told: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(told)
        outer.update(inner.digest())
        return outer.digest()[:16]


def blind_indexes(text: str, *, kind: str) -> list[bytes]:
    """A number's index under every living key: a row of it carries at least one of them, in the column of that key."""
    return [_index(key, text, kind) for key in current_keyring().living]


def blind_index(text: str, *, kind: str) -> bytes:
    """Equal for equal numbers of one kind, and useless without the key; 16 bytes, under the newest key."""
    return _index(current_keyring().newest, text, kind)


def _index(key: SealingKey, text: str, kind: str) -> bytes:
    _, index_key = _ciphers(key)
    return hmac.digest(index_key, f"{kind}:{text}".encode(), hashlib.sha256)[:16]


def masked(text: str) -> str:
    """All but the last four digits hidden, as screens show it."""
    return "•" * max(len(text) - 4, 0) + text[-4:]
