"""The keys outside the database: files and environment read, one added, one forgotten, nothing reused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.kernel.refusal import Refusal
from ansinh.platform.home import Home
from ansinh.platform.keyring import Keyring, add_key, current_keyring, ensure_key, forget_key
from ansinh.platform.sealing import Sealer, WrongSealingKey, blind_indexes, index_columns, seal, unseal
from ansinh.platform.stamp import current_stamp

HEX_1, HEX_2 = "11" * 32, "2A" * 32


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the one file older versions made."""
    monkeypatch.setenv("ANSINH_HOME", str(tmp_path))
    for name in ("ANSINH_SEALING_KEYS", "ANSINH_SEALING_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "sealing_key").write_text(HEX_1 + "\n", encoding="ascii")
    return Home(tmp_path)


def numbers(ring: Keyring) -> list[int]:
    return [key.number for key in ring.living]


def test_what_the_one_old_key_sealed_opens_beside_a_newer_one(home: Home) -> None:
    old = seal("006132766609", kind="cccd")
    index = index_columns("006132766609", kind="cccd")
    assert (old[0], index["blind_index_even"]) == (1, None)
    assert numbers(add_key()) == [1, 2]
    new = seal("006132766609", kind="cccd")
    assert new[0] == 2
    assert unseal(old, kind="cccd") == unseal(new, kind="cccd") == b"006132766609"
    both = index_columns("006132766609", kind="cccd")
    # The older index stays where it was: rows of both times meet in it.
    assert both["blind_index"] == index["blind_index"]
    assert set(blind_indexes("006132766609", kind="cccd")) == set(both.values())
    assert (home.root / "sealing_keys").stat().st_mode & 0o077 == 0


def test_a_forgotten_key_opens_nothing_and_its_number_is_never_given_again(home: Home) -> None:
    sealed = seal("0912345678", kind="phone")
    add_key()
    for number, code in ((2, "newest_key_stays"), (7, "no_such_key")):
        with pytest.raises(Refusal) as refused:
            forget_key(number)
        assert refused.value.code == code
    with pytest.raises(Refusal) as refused:
        add_key()
    assert refused.value.code == "two_keys_already"
    assert numbers(forget_key(1)) == [2]
    assert not (home.root / "sealing_key").exists()
    assert HEX_1 not in (home.root / "sealing_keys").read_text(encoding="ascii")
    with pytest.raises(WrongSealingKey):
        unseal(sealed, kind="phone")
    ensure_key(home)
    assert not (home.root / "sealing_key").exists()
    assert numbers(add_key()) == [2, 3]
    assert current_keyring().retired == (1,)


def test_the_environment_stands_in_for_the_files_and_no_command_changes_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_keyring()
    monkeypatch.setenv("ANSINH_SEALING_KEY", HEX_1)
    assert current_keyring() == before
    monkeypatch.setenv("ANSINH_SEALING_KEYS", f"1:{HEX_1} 2:{HEX_2}")
    assert numbers(current_keyring()) == [1, 2]
    with pytest.raises(Refusal) as refused:
        add_key()
    assert refused.value.code == "keys_in_the_environment"


@pytest.mark.parametrize(
    "written", ["1", f"1:{HEX_1[:-1]}", f"0:{HEX_1}", f"256:{HEX_1}", f"1:{HEX_1} 3:{HEX_2}", "1:retired", f"x:{HEX_1}"]
)
def test_keys_that_cannot_be_meant_are_refused(home: Home, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("ANSINH_SEALING_KEYS", written)
    with pytest.raises(Refusal) as refused:
        current_keyring()
    assert refused.value.code == "no_sealing_key"


def test_a_database_is_opened_only_with_every_key_its_values_need(home: Home) -> None:
    with_one = current_stamp(current_keyring())
    with_two = current_stamp(add_key())
    ring = current_keyring()
    assert with_one.opens_with(ring)
    assert with_two.opens_with(ring)
    # A key added and not yet written into the stamp: the database is prepared again, which writes it.
    assert not with_one.stands(with_one.sources, ring)
    alone = forget_key(1)
    assert not with_one.opens_with(alone)
    assert not with_two.opens_with(alone)
    assert current_stamp(alone).stands(with_one.sources, alone)


@pytest.mark.parametrize("keys", [1, 2])
def test_a_sealer_of_many_seals_and_indexes_as_one_number_is(home: Home, keys: int) -> None:
    if keys == 2:
        add_key()
    sealed, indexes = Sealer().sealed("006132766609", kind="cccd")
    assert unseal(sealed, kind="cccd") == b"006132766609"
    assert sealed[0] == keys
    assert indexes == tuple(index_columns("006132766609", kind="cccd").values())
    assert sum(index is not None for index in indexes) == keys
