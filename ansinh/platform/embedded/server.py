"""Starting and stopping the embedded server. Safe when several commands ask at once and after any kind of death.

Every process of the server inherits a lock on `alive.lock`. While one lives, the lock is held; once it is free no
process can touch the data, whatever postmaster.pid says, so a clean start is safe.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import Address
from ansinh.platform.embedded.account import Account, server_account
from ansinh.platform.embedded.binaries import readable_by
from ansinh.platform.embedded.cluster import (
    OWNER,
    Cluster,
    find_cluster,
    made,
    planned_cluster,
    prepared_folders,
    server_environment,
)
from ansinh.platform.embedded.tuning import tuned_settings
from ansinh.platform.home import DiskFull, Home, locked, refusal_of
from ansinh.platform.keyring import ensure_key

# Recovery after a power cut replays at most max_wal_size of log; ten minutes is far beyond it.
_LONGEST_START = 600.0
_LONGEST_STOP = 120.0
# A server that lives this long without a socket has lost it (a cleaned /tmp): it is ended and started anew.
_SOCKET_PATIENCE = 15.0
_LOG_KEPT_BYTES = 10_000_000

Say = Callable[[str], None]


class ServerDidNotStart(Refusal):
    """PostgreSQL không khởi động được: {why}. Dữ liệu còn nguyên.
    Hãy xem nhật ký "{log}", sửa nguyên nhân rồi chạy lại."""


class ServerSilent(Refusal):
    """PostgreSQL đang chạy nhưng không trả lời sau {seconds} giây ({why}).
    Hãy chờ thêm rồi chạy lại; nếu vẫn vậy, chạy "ansinh stop" rồi thử lại. Nhật ký: "{log}"."""


class ServerDoesNotStop(Refusal):
    """PostgreSQL (tiến trình {pid}) chưa dừng sau {seconds} giây, có thể còn việc đang ghi. Dữ liệu còn nguyên.
    Hãy chờ rồi chạy lại "ansinh stop"."""


class PasswordsDiffer(Refusal):
    """PostgreSQL ở "{folder}" không nhận mật khẩu trong tệp ghi chú. Dữ liệu còn nguyên.
    Hãy chép lại tệp postgres.json đúng của cơ sở dữ liệu này từ bản sao lưu."""


def running_server(home: Home, *, say: Say = lambda text: None, settings: Mapping[str, str] | None = None) -> Address:
    """The home's database, its server started and the database made where needed; leaves the server running.

    `settings` are added to the server's own (tests switch fsync off); they count only for the call that starts it.
    """
    cluster = find_cluster(home)
    if cluster is not None and _opens(cluster.address):
        return cluster.address
    ensure_key(home.opened())
    with locked(home.lock):
        cluster = planned_cluster(home)
        account = server_account(Path(cluster.folder))
        if not cluster.data.exists():
            say("Đang tạo cơ sở dữ liệu PostgreSQL…")
        prepared_folders(cluster, account)
        durable = (settings or {}).get("fsync") != "off"
        cluster = made(home, cluster, account, durable=durable)
        _brought_up(cluster, account, say, dict(settings or {}))
        _ensure_database(cluster)
    return cluster.address


def is_running(home: Home) -> bool:
    """Whether any process of this home's server lives; starts nothing and makes nothing."""
    cluster = find_cluster(home)
    return cluster is not None and cluster.alive.exists() and not _nobody_alive(cluster)


def stop_server(home: Home) -> bool:
    """End this home's server and wait until it has written everything; False when none was running."""
    cluster = find_cluster(home)
    if cluster is None or not cluster.alive.exists():
        return False
    with locked(home.lock):
        if _nobody_alive(cluster):
            return False
        _end(cluster)
    return True


def _opens(address: Address) -> bool:
    try:
        psycopg.connect(address.conninfo, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _brought_up(cluster: Cluster, account: Account, say: Say, settings: dict[str, str]) -> None:
    """Until the server answers: wait for one that lives, start one when none does."""
    began, told = time.monotonic(), False
    process: subprocess.Popen[bytes] | None = None
    logged = 0
    while True:
        why = _why_silent(cluster)
        if why is None:
            if process is not None:
                process.returncode = 0  # it outlives us: not Python's to wait for, nor to warn of
            return
        waited = time.monotonic() - began
        if waited > _LONGEST_START:
            raise ServerSilent(seconds=int(waited), why=why, log=cluster.log)
        if waited > 5 and not told:
            say("PostgreSQL đang khôi phục sau lần dừng đột ngột, xin chờ…")
            told = True
        if process is not None and process.poll() is not None:
            raise _why_not_started(cluster, process.returncode, logged)
        if process is None and (lock := _taken_alive_lock(cluster, account)) is not None:
            logged = _size(cluster.log)
            process = _started(cluster, account, lock, settings)
        elif process is None and waited > _SOCKET_PATIENCE and not cluster.socket.exists():
            _end(cluster)
        time.sleep(0.03)


def _why_silent(cluster: Cluster) -> str | None:
    """None when the server answers its administrator; else what it, or the system, said."""
    try:
        psycopg.connect(cluster.admin_address.conninfo, connect_timeout=5).close()
    except psycopg.OperationalError as fault:
        said = str(fault).strip()
        if "password authentication failed" in said:
            raise PasswordsDiffer(folder=cluster.folder) from fault
        return said.splitlines()[-1] if said else "không kết nối được"
    return None


def _taken_alive_lock(cluster: Cluster, account: Account) -> int | None:
    """An open descriptor holding the alive lock, or None while a process of an earlier server holds it."""
    try:
        descriptor = os.open(cluster.alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if os.geteuid() == 0:
            os.fchown(descriptor, account.uid, account.gid)
    except OSError as fault:
        raise refusal_of(fault, cluster.alive) from fault
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _nobody_alive(cluster: Cluster) -> bool:
    with cluster.alive.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _started(cluster: Cluster, account: Account, lock: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the server with the alive lock in its hands; the lock is free, so leftovers of a dead server go first."""
    _clear_leftovers(cluster)
    if cluster.log.exists() and cluster.log.stat().st_size > _LOG_KEPT_BYTES:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    chosen = {
        "listen_addresses": "", "unix_socket_directories": cluster.sockets, "unix_socket_permissions": "0700",
        "port": str(cluster.port), **tuned_settings(), **settings,
    }  # fmt: skip
    command = [str(readable_by(account) / "bin" / "postgres"), "-D", str(cluster.data)]
    for name, value in chosen.items():
        command += ["-c", f"{name}={value}"]
    try:
        with cluster.log.open("ab") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=(lock,), cwd="/",
                env=server_environment(), start_new_session=True, **account.dropped(),
            )  # fmt: skip
    except OSError as fault:
        raise refusal_of(fault, cluster.log) from fault
    finally:
        os.close(lock)
    return process


def _clear_leftovers(cluster: Cluster) -> None:
    """Remove the pid and socket files of a dead server: its number may by now belong to an innocent process."""
    pid = cluster.postmaster_pid()
    if pid is not None and _is_server_of(pid, cluster):
        return  # somebody started it by hand, without our lock: PostgreSQL's own check will speak
    for leftover in (cluster.data / "postmaster.pid", cluster.socket, Path(f"{cluster.socket}.lock")):
        leftover.unlink(missing_ok=True)


def _is_server_of(pid: int, cluster: Cluster) -> bool:
    try:
        return os.fsencode(cluster.data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _why_not_started(cluster: Cluster, code: int, logged: int) -> Refusal:
    """What the server said since its start, when the log was so long: an earlier death said other things."""
    with cluster.log.open("rb") as log:
        # A log grown too long was put away at the start.
        log.seek(logged if logged <= _size(cluster.log) else 0)
        said = log.read().decode(errors="replace").splitlines()
    faults = [line.split("FATAL:")[-1].strip() for line in said if "FATAL:" in line or "PANIC:" in line]
    why = faults[-1] if faults else (said[-1] if said else f"kết thúc với mã {code}, không nói gì")
    if "No space left on device" in why:
        return DiskFull(path=cluster.folder)
    return ServerDidNotStart(why=why, log=cluster.log)


def _end(cluster: Cluster) -> None:
    """Ask the server for a fast shutdown and wait for its last process."""
    pid = cluster.postmaster_pid()
    if pid is not None and _is_server_of(pid, cluster):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
    ends = time.monotonic() + _LONGEST_STOP
    while not _nobody_alive(cluster):
        if time.monotonic() > ends:
            raise ServerDoesNotStop(pid=pid, seconds=int(_LONGEST_STOP))
        time.sleep(0.03)
    if pid is not None:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # when this very process had started it


def _ensure_database(cluster: Cluster) -> None:
    """The owner role (not a superuser) and its database; also repairs the role's password from the note."""
    if _opens(cluster.address):
        return
    secret = sql.Literal(cluster.owner_password)
    owner = sql.Identifier(OWNER)
    with psycopg.connect(cluster.admin_address.conninfo, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone()
        verb = sql.SQL("ALTER" if known else "CREATE")
        # It passes on what it has: the workers' role bypasses row-level security, which the owner does anyway.
        rights = sql.SQL("LOGIN CREATEDB CREATEROLE BYPASSRLS PASSWORD")
        connection.execute(sql.SQL("{} ROLE {} {} {}").format(verb, owner, rights, secret))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [OWNER]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(owner, owner))
