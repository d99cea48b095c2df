"""The sealing keys changed while everybody works: a new one added, values moved to it, the old one retired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from ansinh.access.types import Actor
from ansinh.platform import keyring
from ansinh.platform.action import action
from ansinh.platform.resealing import (
    SealedColumn,
    clear_old_indexes,
    count_waiting,
    must_hold_nothing,
    reseal,
    write_needed_keys,
)
from ansinh.platform.stamp import PREPARING


@dataclass(frozen=True, slots=True)
class KeyAdded:
    """The key that seals from now on."""

    key_number: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class KeyRetired:
    """The key that opens nothing any more."""

    key_number: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class RotationBegun:
    """How many values wait to be moved to the newest key."""

    waiting: int
    newest: int


@action(permission="access.add_key", name="Thêm khóa niêm phong")
def add_key(*, by: Actor, at: datetime) -> KeyAdded:
    """A new key seals from now on; what older ones sealed still opens.

    Refuses a third key (TwoKeysAlready) and keys kept in the environment (KeysInTheEnvironment).
    """
    keyring.must_be_in_files()
    # The file first: a database that names a key nobody has yet would refuse everybody.
    ring = keyring.add_key()
    write_needed_keys(ring.fingerprints)
    return KeyAdded(ring.newest.number, ring.newest.fingerprint)


@action(permission="access.rotate_keys", name="Đổi khóa niêm phong")
def rotate_keys(*, columns: tuple[SealedColumn, ...], by: Actor, at: datetime) -> RotationBegun:
    """Begin to move every value to the newest key: permitted and written down here, then done by `move_values`."""
    ring = keyring.current_keyring()
    return RotationBegun(sum(count_waiting(column, ring) for column in columns), ring.newest.number)


def move_values(columns: tuple[SealedColumn, ...], *, progress: Callable[[SealedColumn, int], None]) -> int:
    """Move every value to the newest key, a transaction a batch, so that others wait for moments only; how many.

    Killed and begun again, it goes on where it was. Refuses (ValuesUnderNoKey) what no key opens.
    """
    # What an earlier retirement was killed in.
    clear_old_indexes(columns)
    return sum(reseal(column, progress=partial(progress, column)) for column in columns)


@action(permission="access.retire_key", name="Bỏ khóa niêm phong")
def retire_key(*, key_number: int, columns: tuple[SealedColumn, ...], by: Actor, at: datetime) -> KeyRetired:
    """The key opens nothing any more and is taken out of the files once this is committed.

    Refuses the newest (NewestKeyStays), one not there (NoSuchKey), and while any value is under it (ValuesStillUnder).
    Run it inside `changing_keys`.
    """
    keyring.must_be_in_files()
    key = keyring.must_be_retirable(key_number)
    must_hold_nothing(key_number, columns)
    left = [one.fingerprint for one in keyring.current_keyring().living if one.number != key_number]
    write_needed_keys(left)
    transaction.on_commit(lambda: _forget(key_number))
    return KeyRetired(key_number, key.fingerprint)


def _forget(number: int) -> None:
    keyring.forget_key(number)


def clear_retired_indexes(columns: tuple[SealedColumn, ...]) -> int:
    """Empty the indexes made with a retired key, so that it finds nobody any more; how many."""
    return clear_old_indexes(columns)


@contextmanager
def changing_keys() -> Iterator[None]:
    """One change of keys, or preparation of the database, at a time; held over the commit and what follows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])
