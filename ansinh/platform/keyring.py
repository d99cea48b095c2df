"""The sealing keys of an installation: kept outside the database, numbered, never given the same number twice.

In ANSINH_HOME the file `sealing_keys` holds one line a key ("2 <64 hexadecimal digits>"; "1 retired" for one whose
secret is gone) and, from before there were several, `sealing_key` holds key 1 alone. ANSINH_SEALING_KEYS
("1:<hex> 2:<hex>") or ANSINH_SEALING_KEY (key 1) stand in for the files.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.kernel.refusal import Refusal
from ansinh.platform.home import Home, current_home, locked, replace_private

_FILE = "sealing_keys"
_RETIRED = "retired"
_SECRET = re.compile(r"[0-9a-fA-F]{64}|retired")
# The first byte of a sealed value is its key's number.
_LAST_NUMBER = 255


class NoSealingKey(Refusal):
    """Khóa niêm phong không đúng dạng: mỗi khóa cần số thứ tự và 64 chữ số thập lục phân (32 byte); chỗ sai: {where}.
    Hãy kiểm tra tệp sealing_keys (hoặc sealing_key) trong ANSINH_HOME, hoặc biến ANSINH_SEALING_KEYS."""


class KeysInTheEnvironment(Refusal):
    """Khóa niêm phong đang đặt trong biến môi trường {name}, nên lệnh này không tự sửa được.
    Hãy sửa biến ấy trên mọi máy theo hướng dẫn docs/how-to/keep-the-key.md."""


class TwoKeysAlready(Refusal):
    """Đang có hai khóa niêm phong ({numbers}): lần đổi khóa trước chưa xong. Hãy chạy "ansinh keys rotate" rồi
    "ansinh keys retire {oldest}" trước khi thêm khóa mới."""


class NoSuchKey(Refusal):
    """Không có khóa niêm phong số {number} đang dùng. Hãy xem lại bằng "ansinh keys list"."""


class NewestKeyStays(Refusal):
    """Khóa số {number} là khóa mới nhất, đang niêm phong mọi số mới, nên không bỏ được.
    Hãy thêm khóa mới bằng "ansinh keys add" trước."""


class NoKeyNumberLeft(Refusal):
    """Đã dùng hết số thứ tự khóa (255). Hãy báo người bảo trì phần mềm."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """One key: its number (1 to 255) and its secret, 64 hexadecimal digits."""

    number: int
    secret: str

    @property
    def fingerprint(self) -> str:
        """What may be shown of a key: enough to tell two apart, useless to whoever reads it."""
        return hashlib.sha256(b"ansinh sealing key " + self.secret.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"SealingKey({self.number}, {self.fingerprint})"


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys that live, oldest first: one, or two while values move from the older to the newest.

    The two have numbers of different parity: an index of each has a column of its own.
    """

    living: tuple[SealingKey, ...]
    retired: tuple[int, ...] = ()

    @property
    def newest(self) -> SealingKey:
        """The key that seals."""
        return self.living[-1]

    def find(self, number: int) -> SealingKey | None:
        """The living key of that number."""
        return next((key for key in self.living if key.number == number), None)

    @property
    def fingerprints(self) -> tuple[str, ...]:
        return tuple(key.fingerprint for key in self.living)


def current_keyring(home: Home | None = None) -> Keyring:
    """The keys as they stand now: a change of the files counts at once, in every process of the machine.

    Makes the first key where there is none and nothing was ever sealed; refuses (NoSealingKey, SealingKeyMissing).
    """
    if written := os.environ.get("ANSINH_SEALING_KEYS", "").strip():
        return _read(written, "biến ANSINH_SEALING_KEYS")
    if alone := os.environ.get("ANSINH_SEALING_KEY", "").strip():
        return _read(f"1:{alone}", "biến ANSINH_SEALING_KEY")
    home = home or current_home()
    path = home.root / _FILE
    try:
        stand = path.stat()
    except OSError:
        return _read(f"1:{home.sealing_key()}", "tệp sealing_key")
    return _read_file(path, stand.st_mtime_ns, stand.st_ino)


@cache
def _read_file(path: Path, _changed: int, _inode: int) -> Keyring:
    return _read(path.read_text(encoding="ascii"), f"tệp {path}")


@cache
def _read(written: str, where: str) -> Keyring:
    words = re.sub(r"[:,;]", " ", written).split()
    living: list[SealingKey] = []
    retired: list[int] = []
    if len(words) % 2:
        raise NoSealingKey(where=where)
    for number, secret in zip(words[::2], words[1::2], strict=True):
        if not number.isdecimal() or not 0 < int(number) <= _LAST_NUMBER or not _SECRET.fullmatch(secret):
            raise NoSealingKey(where=where)
        if secret == _RETIRED:
            retired.append(int(number))
        else:
            living.append(SealingKey(int(number), secret.lower()))
    living.sort(key=lambda key: key.number)
    parities = [key.number % 2 for key in living]
    if not living or len(set(parities)) < len(parities):
        raise NoSealingKey(where=where)
    return Keyring(tuple(living), tuple(sorted(retired)))


def ensure_key(home: Home) -> None:
    """Leave the home with a key unless the environment has one; refuses (SealingKeyMissing) beside old data."""
    named = ("ANSINH_SEALING_KEYS", "ANSINH_SEALING_KEY")
    if not any(os.environ.get(name, "").strip() for name in named) and not (home.root / _FILE).exists():
        home.sealing_key()


def add_key() -> Keyring:
    """Make a new key beside the one in use; from then on it seals. Refuses a third (TwoKeysAlready)."""
    home = _files_of_home()
    with locked(home.lock):
        ring = current_keyring()
        if len(ring.living) > 1:
            numbers = ", ".join(str(key.number) for key in ring.living)
            raise TwoKeysAlready(numbers=numbers, oldest=ring.living[0].number)
        if ring.newest.number == _LAST_NUMBER:
            raise NoKeyNumberLeft()
        added = SealingKey(ring.newest.number + 1, secrets.token_hex(32))
        _write(home, Keyring((*ring.living, added), ring.retired))
    return current_keyring()


def must_be_retirable(number: int) -> SealingKey:
    """The living key of that number; refuses none (NoSuchKey) and the newest (NewestKeyStays)."""
    ring = current_keyring()
    key = ring.find(number)
    if key is None:
        raise NoSuchKey(number=number)
    if key == ring.newest:
        raise NewestKeyStays(number=number)
    return key


def forget_key(number: int) -> Keyring:
    """Take a key's secret out of the files; its number is kept, so that it is never given again."""
    home = _files_of_home()
    with locked(home.lock):
        must_be_retirable(number)
        ring = current_keyring()
        living = tuple(key for key in ring.living if key.number != number)
        _write(home, Keyring(living, (*ring.retired, number)))
        if number == 1:
            (home.root / "sealing_key").unlink(missing_ok=True)
    return current_keyring()


def must_be_in_files() -> None:
    """Refuses (KeysInTheEnvironment) where the environment holds the keys, which no command can change."""
    _files_of_home()


def _files_of_home() -> Home:
    for name in ("ANSINH_SEALING_KEYS", "ANSINH_SEALING_KEY"):
        if os.environ.get(name, "").strip():
            raise KeysInTheEnvironment(name=name)
    return current_home().opened()


def _write(home: Home, ring: Keyring) -> None:
    lines = [f"{number} {_RETIRED}" for number in ring.retired]
    lines += [f"{key.number} {key.secret}" for key in ring.living]
    replace_private(home.root / _FILE, "\n".join(lines) + "\n")
