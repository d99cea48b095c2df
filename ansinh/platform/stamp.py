"""The mark that a database is up to date with this code, so that a command need not look at every table to know."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import Address
from ansinh.platform.keyring import Keyring

# Any number of ours: whoever holds it in this database is the one who prepares it, or changes which keys it needs.
PREPARING = 0x416E_5369_6E68
_PACKAGE = Path(__file__).resolve().parent.parent
# What a prepared database was prepared from: its migrations, the places and the law.
_SOURCES = ("*/migrations/*.py", "places/data/*", "policy/pack/**/*.yaml")


class DatabaseUnreachable(Refusal):
    """Không kết nối được cơ sở dữ liệu: {why}
    Hãy kiểm tra biến DATABASE_URL và máy chủ PostgreSQL, hoặc chạy "ansinh doctor"."""


class OtherSealingKey(Refusal):
    """Khóa niêm phong đang dùng không phải khóa của cơ sở dữ liệu này (hoặc thiếu một khóa), nên chưa mở, để khỏi ghi
    lẫn khóa. Hãy đặt lại đúng tệp sealing_keys hoặc sealing_key trong ANSINH_HOME (hoặc biến ANSINH_SEALING_KEYS)."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the database was last prepared from, and which sealing keys its values need: their fingerprints."""

    sources: str
    key_check: str

    def stands(self, sources: str, ring: Keyring) -> bool:
        """Whether the database needs no preparation: same sources, and the key that seals is among those it needs."""
        return self.sources == sources and ring.newest.fingerprint in self.key_check.split()

    def opens_with(self, ring: Keyring) -> bool:
        """Whether every key the values need is at hand."""
        return set(self.key_check.split()) <= set(ring.fingerprints)


def current_stamp(ring: Keyring) -> Stamp:
    """The stamp a database prepared by this code and these keys would carry."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_PACKAGE.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(_PACKAGE)).encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return Stamp(digest.hexdigest(), " ".join(ring.fingerprints))


def find_stamp(address: Address) -> Stamp | None:
    """The stamp the database carries, None when it carries none; refuses (DatabaseUnreachable)."""
    try:
        with psycopg.connect(address.conninfo, connect_timeout=10) as connection:
            if connection.execute("SELECT to_regclass('platform_stamp')").fetchone() == (None,):
                return None
            row = connection.execute("SELECT sources, key_check FROM platform_stamp").fetchone()
    except psycopg.OperationalError as fault:
        raise DatabaseUnreachable(why=str(fault).strip()) from fault
    return None if row is None else Stamp(*row)


def write_stamp(connection: psycopg.Connection, stamp: Stamp) -> None:
    """Let the database carry the stamp; a table of one row, made at first need."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS platform_stamp ("
        " one boolean PRIMARY KEY DEFAULT true CHECK (one),"
        " sources text NOT NULL, key_check text NOT NULL, prepared_at timestamptz NOT NULL DEFAULT now())"
    )
    connection.execute(
        "INSERT INTO platform_stamp (sources, key_check) VALUES (%s, %s)"
        " ON CONFLICT (one) DO UPDATE"
        " SET sources = excluded.sources, key_check = excluded.key_check, prepared_at = now()",
        [stamp.sources, stamp.key_check],
    )
