"""Who runs the embedded server. PostgreSQL refuses to run as root, so root gives it a system user of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from ansinh.kernel.refusal import Refusal

SYSTEM_USER = "ansinh-db"


class NoSystemUser(Refusal):
    """PostgreSQL không được chạy bằng root, và không tạo được người dùng hệ thống "{name}" cho nó ({why}).
    Hãy tạo bằng lệnh: useradd --system {name}, hoặc chạy ansinh bằng người dùng thường."""


class DataOwnedByRoot(Refusal):
    """Thư mục cơ sở dữ liệu "{path}" thuộc về root, mà PostgreSQL không được chạy bằng root. Dữ liệu còn nguyên.
    Hãy trả lại chủ cũ, ví dụ: chown -R {name}: "{path}"."""


class DataOwnedByAnother(Refusal):
    """Thư mục cơ sở dữ liệu "{path}" thuộc về người dùng "{owner}", còn lệnh đang chạy bằng "{user}".
    Dữ liệu còn nguyên. Hãy chạy bằng người dùng "{owner}" (hoặc root), hoặc đặt ANSINH_HOME thành thư mục khác."""


class AsAccount(TypedDict, total=False):
    """Keyword arguments that make subprocess drop to an account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system the server runs as."""

    uid: int
    gid: int

    @property
    def name(self) -> str:
        return _name_of(self.uid)

    def dropped(self) -> AsAccount:
        """What subprocess needs to run as this account; nothing when we already are it."""
        return AsAccount() if self.uid == os.geteuid() else AsAccount(user=self.uid, group=self.gid, extra_groups=[])

    def closed_parent(self, path: Path) -> Path | None:
        """The first folder on the way to `path` this account may not pass, or None when the way is open."""
        for folder in reversed([path, *path.parents]):
            if folder.exists() and not self._may_pass(folder):
                return folder
        return None

    def _may_pass(self, folder: Path) -> bool:
        state = folder.stat()
        if state.st_uid == self.uid:
            return bool(state.st_mode & 0o100)
        return bool(state.st_mode & (0o010 if state.st_gid == self.gid else 0o001))


def server_account(folder: Path) -> Account:
    """The account for the cluster in `folder`: its owner; for a new one ourselves, or for root a system user."""
    user = os.geteuid()
    if not folder.exists():
        return Account(user, os.getegid()) if user != 0 else _system_account()
    owner = folder.stat()
    if user not in (0, owner.st_uid):
        raise DataOwnedByAnother(path=folder, owner=_name_of(owner.st_uid), user=_name_of(user))
    data = folder / "data"
    if data.exists():
        owner = data.stat()
        if owner.st_uid == 0:
            raise DataOwnedByRoot(path=data, name=SYSTEM_USER)
        if user not in (0, owner.st_uid):
            raise DataOwnedByAnother(path=data, owner=_name_of(owner.st_uid), user=_name_of(user))
    return Account(owner.st_uid, owner.st_gid) if owner.st_uid != 0 else _system_account()


def _system_account() -> Account:
    """The system user of our own, made at first need; called under the home's lock."""
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def _create_system_user() -> None:
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if useradd is None:
        raise NoSystemUser(name=SYSTEM_USER, why="máy này không có lệnh useradd")
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    done = subprocess.run(
        [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, text=True, check=False
    )
    # 9: the name exists already, made by another command a moment ago.
    if done.returncode not in (0, 9):
        raise NoSystemUser(name=SYSTEM_USER, why=done.stderr.strip() or f"useradd trả mã {done.returncode}")


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
