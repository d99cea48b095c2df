"""The embedded cluster on disk: where it lies, how to sign in, and how it is made: whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import Address
from ansinh.platform.embedded.account import Account, server_account
from ansinh.platform.embedded.binaries import MAJOR, READABLE_PLACE, readable_by
from ansinh.platform.home import DiskFull, Home, HomeOfAnotherUser, refusal_of, replace_private, user_name

# A Unix socket's address holds 107 bytes on Linux and 103 on macOS.
_LONGEST_SOCKET = 100
ADMIN = "postgres"
OWNER = "ansinh"


class NoteLost(Refusal):
    """Có cơ sở dữ liệu ở "{data}" nhưng thiếu tệp ghi chú "{note}" (nơi đặt và mật khẩu). Dữ liệu còn nguyên.
    Hãy chép lại tệp này từ bản sao lưu; nếu muốn bắt đầu mới, hãy dời thư mục "{data}" đi nơi khác."""


class NoteUnreadable(Refusal):
    """Tệp ghi chú "{note}" không đọc được ({why}). Dữ liệu còn nguyên. Hãy chép lại tệp này từ bản sao lưu."""


class DataLost(Refusal):
    """Tệp ghi chú "{note}" nói cơ sở dữ liệu ở "{data}", nhưng không còn thấy ở đó.
    Hãy đưa thư mục trở lại chỗ cũ; nếu muốn bắt đầu mới, hãy xóa tệp ghi chú này."""


class AnotherMajorVersion(Refusal):
    """Cơ sở dữ liệu ở "{data}" thuộc PostgreSQL {found}, còn bản đi kèm là PostgreSQL {ours}, nên chưa mở.
    Dữ liệu còn nguyên. Hãy dùng bản phần mềm cũ để sao lưu (pg_dump), rồi phục hồi vào bản mới."""


class ClusterNotMade(Refusal):
    """Không tạo được cơ sở dữ liệu ở "{folder}": {why}. Chưa có gì bị thay đổi. Hãy sửa nguyên nhân rồi chạy lại."""


class SocketFolderTaken(Refusal):
    """Thư mục "{path}" dành cho ổ cắm của PostgreSQL đã có sẵn và thuộc người dùng khác, nên không dùng vì an toàn.
    Hãy xóa thư mục đó, hoặc đặt ANSINH_HOME ở một đường dẫn ngắn hơn."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What the note in the home says: the cluster's folder, its socket, and the two passwords."""

    folder: str
    sockets: str
    port: int
    admin_password: str
    owner_password: str
    # True once the cluster has been made: its absence afterwards is a loss, not a beginning.
    made: bool = False

    @property
    def data(self) -> Path:
        return Path(self.folder) / "data"

    @property
    def alive(self) -> Path:
        """A file every process of the server holds a lock on: free means that none is left."""
        return Path(self.folder) / "alive.lock"

    @property
    def log(self) -> Path:
        return Path(self.folder) / "server.log"

    @property
    def socket(self) -> Path:
        return Path(self.sockets) / f".s.PGSQL.{self.port}"

    @property
    def address(self) -> Address:
        """The database as its owner (not a superuser) opens it."""
        return Address(self.sockets, str(self.port), OWNER, OWNER, self.owner_password)

    @property
    def admin_address(self) -> Address:
        return Address(self.sockets, str(self.port), ADMIN, ADMIN, self.admin_password)

    def postmaster_pid(self) -> int | None:
        """The process the data folder names as its server; it may be long dead."""
        try:
            first = (self.data / "postmaster.pid").read_bytes().split(b"\n", 1)[0]
        except FileNotFoundError:
            return None
        return int(first) if first.isdigit() else None  # empty while the server is writing it


def find_cluster(home: Home) -> Cluster | None:
    """The cluster this home's note tells of, or None before the first start."""
    try:
        return Cluster(**json.loads(home.note.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as fault:
        raise HomeOfAnotherUser(path=home.note, user=user_name()) from fault
    except (ValueError, TypeError) as fault:
        raise NoteUnreadable(note=home.note, why=str(fault)) from fault


def planned_cluster(home: Home) -> Cluster:
    """The home's cluster, noted down now if it has none; call under the home's lock."""
    known = find_cluster(home)
    if known is not None:
        return known
    account = server_account(home.postgres)
    if (home.postgres / "data").exists():
        raise NoteLost(data=home.postgres / "data", note=home.note)
    token = secrets.token_hex(6)
    folder = home.postgres if account.closed_parent(home.root) is None else READABLE_PLACE / f"ansinh-{token}"
    # A port of its own a cluster: a server left behind by a deleted home can then never unlink our socket.
    port = 10_000 + secrets.randbelow(50_000)
    sockets = _socket_folder(folder, port)
    cluster = Cluster(str(folder), str(sockets), port, secrets.token_urlsafe(24), secrets.token_urlsafe(24))
    note_down(home, cluster)
    return cluster


def note_down(home: Home, cluster: Cluster) -> None:
    """Write the note, whole or not at all."""
    replace_private(home.note, json.dumps(asdict(cluster), indent=2) + "\n")


def _socket_folder(folder: Path, port: int) -> Path:
    inside = folder / "run"
    if len(os.fsencode(inside / f".s.PGSQL.{port}")) < _LONGEST_SOCKET:
        return inside
    # Always /tmp, never TMPDIR: every command must come to the same place. Its owner is checked, see prepared_folders.
    return Path("/tmp") / f"ansinh-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"  # noqa: S108


def prepared_folders(cluster: Cluster, account: Account) -> None:
    """The cluster's folder and its socket folder, private to the account; their parents are left as they are."""
    for folder in (Path(cluster.folder), Path(cluster.sockets)):
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            state = folder.lstat()
            if state.st_uid == account.uid and state.st_mode & 0o777 == 0o700:
                continue
            if state.st_uid not in (account.uid, os.geteuid()):
                raise SocketFolderTaken(path=folder)
            folder.chmod(0o700)
            if os.geteuid() == 0:
                os.chown(folder, account.uid, account.gid)
        except OSError as fault:
            raise refusal_of(fault, folder) from fault


def made(home: Home, cluster: Cluster, account: Account, *, durable: bool = True) -> Cluster:
    """Make sure the data folder exists and is of our version; made aside by initdb, then renamed into place."""
    if cluster.data.exists():
        _check_version(cluster)
    elif cluster.made:
        raise DataLost(note=home.note, data=cluster.data)
    else:
        _initialised(cluster, account, durable=durable)
    if not cluster.made:
        cluster = Cluster(**{**asdict(cluster), "made": True})
        note_down(home, cluster)
    return cluster


def _check_version(cluster: Cluster) -> None:
    try:
        found = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        found = "(không rõ)"
    except OSError as fault:
        raise refusal_of(fault, cluster.data) from fault
    if found != str(MAJOR):
        raise AnotherMajorVersion(data=cluster.data, found=found, ours=MAJOR)


def _initialised(cluster: Cluster, account: Account, *, durable: bool) -> None:
    aside = cluster.data.with_name("data.new")
    password = cluster.data.with_name("password.new")
    try:
        shutil.rmtree(aside, ignore_errors=True)
        replace_private(password, cluster.admin_password + "\n")
        if os.geteuid() == 0:
            os.chown(password, account.uid, account.gid)
        command = [
            str(readable_by(account) / "bin" / "initdb"), f"--pgdata={aside}", f"--username={ADMIN}",
            f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--data-checksums",
        ]  # fmt: skip
        quick = [] if durable else ["--no-sync"]
        done = subprocess.run(
            command + quick,
            capture_output=True, text=True, check=False, cwd="/", env=server_environment(), **account.dropped(),
        )  # fmt: skip
        if done.returncode != 0:
            raise _why_not_made(cluster, done.stderr + done.stdout)
        aside.rename(cluster.data)
    except OSError as fault:
        raise refusal_of(fault, cluster.data) from fault
    finally:
        password.unlink(missing_ok=True)
        shutil.rmtree(aside, ignore_errors=True)


def _why_not_made(cluster: Cluster, said: str) -> Refusal:
    if os.strerror(errno.ENOSPC) in said or "No space left" in said:
        return DiskFull(path=cluster.folder)
    faults = [line for line in said.splitlines() if "error" in line.lower() or "fatal" in line.lower()]
    return ClusterNotMade(folder=cluster.folder, why=" ".join(faults)[:400] or "initdb dừng giữa chừng")


def server_environment() -> dict[str, str]:
    """A plain environment: English messages we can read, and none of the caller's PG… variables."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}
