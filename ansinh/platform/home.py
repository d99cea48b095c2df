"""ANSINH_HOME: the one folder where an installation keeps its keys, its files, its log and (embedded) its database.

The folder may be new or hold other files; only the names below are ours, and nothing else in it is touched.
"""

from __future__ import annotations

import errno
import fcntl
import os
import pwd
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ansinh.kernel.refusal import Refusal

_CHECKOUT = Path(__file__).resolve().parents[2]


class HomeIsAFile(Refusal):
    """ANSINH_HOME là "{path}", nhưng đó là một tệp, không phải thư mục, nên không cất được dữ liệu.
    Hãy đặt ANSINH_HOME thành một thư mục (có sẵn hoặc mới)."""

    code = "home_is_a_file"


class HomeNotWritable(Refusal):
    """Không ghi được vào thư mục dữ liệu "{path}" ({why}).
    Hãy chọn thư mục khác bằng biến ANSINH_HOME, hoặc giao quyền ghi thư mục này cho người dùng "{user}"."""


class HomeOfAnotherUser(Refusal):
    """Tệp "{path}" trong thư mục dữ liệu thuộc về người dùng khác, nên người dùng "{user}" không đọc được.
    Hãy chạy lệnh bằng người dùng đã tạo thư mục dữ liệu, hoặc đặt ANSINH_HOME thành thư mục của mình."""


class DiskFull(Refusal):
    """Ổ đĩa chứa "{path}" đã hết chỗ, nên chưa ghi được; dữ liệu đã có không bị mất.
    Hãy giải phóng dung lượng (xem bằng lệnh df -h) rồi chạy lại."""


class SealingKeyMissing(Refusal):
    """Có cơ sở dữ liệu trong "{home}" nhưng thiếu tệp khóa niêm phong "{path}",
    nên các số đã niêm phong không đọc được. Chưa có gì bị thay đổi, và không tạo khóa mới để khỏi mất dữ liệu cũ.
    Hãy chép lại tệp khóa từ bản sao lưu."""


@dataclass(frozen=True, slots=True)
class Home:
    """The places inside one ANSINH_HOME. Nothing is created until `opened`."""

    root: Path

    @property
    def note(self) -> Path:
        """Where the embedded cluster lies and how to sign in to it; readable by the owner alone."""
        return self.root / "postgres.json"

    @property
    def lock(self) -> Path:
        return self.root / ".lock"

    @property
    def postgres(self) -> Path:
        return self.root / "postgres"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def opened(self) -> Home:
        """Create the folder and its `log` and `files`; refuses a home that is a file or cannot be written."""
        for folder in (self.root, self.log, self.files):
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except (FileExistsError, NotADirectoryError) as fault:
                raise HomeIsAFile(path=_first_file(folder)) from fault
            except OSError as fault:
                raise refusal_of(fault, folder) from fault
            if not os.access(folder, os.W_OK | os.X_OK):
                raise HomeNotWritable(path=folder, why="không có quyền ghi", user=user_name())
        return self

    def kept_secret(self, name: str, *, size: int) -> str:
        """The secret (hex of `size` bytes) in file `name`, made at first need; readable by the owner alone."""
        path = self.root / name
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            self.opened()
        except PermissionError as fault:
            raise HomeOfAnotherUser(path=path, user=user_name()) from fault
        except NotADirectoryError as fault:
            raise HomeIsAFile(path=_first_file(self.root)) from fault
        # Under the lock and moved into place whole, so that two first commands at once agree on one secret.
        with locked(self.lock):
            if not path.exists():
                replace_private(path, secrets.token_hex(size) + "\n")
        return path.read_text(encoding="ascii").strip()

    def sealing_key(self) -> str:
        """The key that seals numbers; refuses (SealingKeyMissing) to make a new one beside an existing database."""
        path = self.root / "sealing_key"
        if self.note.exists() and not path.exists():
            raise SealingKeyMissing(home=self.root, path=path)
        return self.kept_secret("sealing_key", size=32)


def current_home() -> Home:
    """The home named by ANSINH_HOME, or `var` beside the code."""
    named = os.environ.get("ANSINH_HOME", "").strip()
    return Home(Path(named).expanduser().absolute() if named else _CHECKOUT / "var")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`: commands started at once take turns. The system frees it when a holder dies."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise refusal_of(fault, path) from fault
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def replace_private(path: Path, text: str) -> None:
    """Put `text` at `path`, whole or not at all, readable by its owner alone and safely on disk on return."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.unlink(missing_ok=True)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise refusal_of(fault, path) from fault


def user_name() -> str:
    """The name of the user this process runs as, or its number where the system knows no name."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def refusal_of(fault: OSError, path: Path) -> Refusal:
    """What an operating-system fault at a path means to the operator."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path=path)
    if fault.errno in (errno.ENOTDIR, errno.EEXIST):
        return HomeIsAFile(path=_first_file(path))
    why = {errno.EACCES: "không có quyền", errno.EPERM: "không có quyền", errno.EROFS: "ổ đĩa chỉ đọc"}
    return HomeNotWritable(path=path, why=why.get(fault.errno or 0, fault.strerror or "lỗi ổ đĩa"), user=user_name())


def _first_file(path: Path) -> Path:
    """The nearest existing thing on the way to `path`: the file that stands where a folder should be."""
    for candidate in (*reversed(path.parents), path):
        if candidate.exists() and not candidate.is_dir():
            return candidate
    return path
