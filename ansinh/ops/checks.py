"""What `ansinh doctor` looks at. Each check reads only: it starts no server, makes no folder, changes nothing."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import address_in, outside_url
from ansinh.platform.embedded.account import server_account
from ansinh.platform.embedded.binaries import MAJOR, installed
from ansinh.platform.embedded.cluster import find_cluster
from ansinh.platform.embedded.server import is_running
from ansinh.platform.home import Home, user_name
from ansinh.platform.keyring import current_keyring, ensure_key
from ansinh.platform.stamp import current_stamp, find_stamp

_GB = 1024**3
# A month of a large province with its lists and log; below it the doctor warns, at a tenth it fails.
_ENOUGH_DISK = 5 * _GB
_FONTS = Path(__file__).resolve().parent.parent / "reports" / "fonts"


class State(StrEnum):
    """How a check came out."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, how it stands, and how to mend it where it is not well."""

    check: str
    state: State
    text: str
    mend: str = ""


def findings(home: Home) -> list[Finding]:
    """Every check in turn; a refusal met on the way is that check's finding."""
    return [_made(name, check, home) for name, check in CHECKS.items()]


def _made(name: str, check: Callable[[Home], Finding], home: Home) -> Finding:
    try:
        return check(home)
    except Refusal as refusal:
        what, _, mend = refusal.message.partition(" Hãy ")
        return Finding(name, State.FAULT, what, f"Hãy {mend}" if mend else "")


def python_version(_: Home) -> Finding:
    """The interpreter; one too old could not have come this far."""
    return Finding("python", State.OK, f"Python {platform.python_version()} ở {sys.executable}")


def server_programs(_: Home) -> Finding:
    """The wheel with PostgreSQL, unless an outside server is used."""
    if outside_url() is not None:
        return Finding("postgres", State.OK, "dùng máy chủ PostgreSQL trong DATABASE_URL")
    return Finding("postgres", State.OK, f"PostgreSQL {MAJOR} đi kèm ở {installed()}")


def home_folder(home: Home) -> Finding:
    """Whether ANSINH_HOME is, or can become, a folder we may write to."""
    nearest = next(folder for folder in (home.root, *home.root.parents) if folder.exists())
    if not nearest.is_dir():
        return Finding("home", State.FAULT, f"{nearest} là một tệp", "Hãy đặt ANSINH_HOME thành một thư mục.")
    if not os.access(nearest, os.W_OK | os.X_OK):
        mend = f'Hãy giao quyền ghi cho người dùng "{user_name()}" hoặc đổi ANSINH_HOME.'
        return Finding("home", State.FAULT, f"không ghi được vào {nearest}", mend)
    known = "" if nearest == home.root else " (sẽ tạo khi cần)"
    return Finding("home", State.OK, f"{home.root}{known}")


def secrets_kept(home: Home) -> Finding:
    """The keys: there, and nobody else's to read."""
    for name in ("sealing_keys", "sealing_key", "secret_key", "postgres.json"):
        path = home.root / name
        if path.exists() and path.stat().st_mode & 0o077:
            return Finding("keys", State.FAULT, f"người khác đọc được {path}", f'Hãy chạy: chmod 600 "{path}"')
    if home.note.exists():
        ensure_key(home)
        if len(living := current_keyring(home).living) > 1:
            text = f"đang đổi khóa niêm phong: khóa {living[0].number} và khóa {living[-1].number} cùng dùng"
            mend = f'Hãy chạy "ansinh keys rotate" rồi "ansinh keys retire {living[0].number}".'
            return Finding("keys", State.WARNING, text, mend)
    return Finding("keys", State.OK, "khóa chỉ chủ sở hữu đọc được")


def disk_room(home: Home) -> Finding:
    """Room on the disk the data lie on."""
    cluster = find_cluster(home)
    place = Path(cluster.folder) if cluster else home.root
    nearest = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    text = f"còn {free / _GB:.1f}".replace(".", ",") + f" GB ở {nearest}"
    if free >= _ENOUGH_DISK:
        return Finding("disk", State.OK, text)
    state = State.WARNING if free >= _ENOUGH_DISK // 10 else State.FAULT
    return Finding("disk", state, text, f"Hãy giải phóng để còn ít nhất {_ENOUGH_DISK // _GB} GB.")


def server_state(home: Home) -> Finding:
    """Whether the embedded server runs, and whose its data are."""
    if outside_url() is not None:
        return Finding("server", State.OK, "dùng máy chủ ngoài, không cần PostgreSQL đi kèm")
    cluster = find_cluster(home)
    if cluster is None:
        return Finding("server", State.OK, "chưa có cơ sở dữ liệu; lệnh đầu tiên sẽ tạo")
    account = server_account(Path(cluster.folder))
    state = "đang chạy" if is_running(home) else "đang dừng; lệnh cần dữ liệu sẽ khởi động"
    return Finding("server", State.OK, f"{state}, người dùng {account.name}, ổ cắm {cluster.socket}")


def tables_current(home: Home) -> Finding:
    """Whether the database is up to date with the code; a stopped server is left stopped."""
    url, cluster = outside_url(), find_cluster(home)
    if url is None and (cluster is None or not is_running(home)):
        return Finding("tables", State.OK, "chưa xem được khi máy chủ chưa chạy; lệnh đầu tiên sẽ cập nhật")
    address = address_in(url) if url is not None else cluster.address if cluster is not None else None
    ring = current_keyring(home)
    found = find_stamp(address) if address is not None else None
    if found is not None and found.stands(current_stamp(ring).sources, ring):
        return Finding("tables", State.OK, "cấu trúc, địa bàn và luật khớp với phần mềm")
    return Finding("tables", State.WARNING, "chưa cập nhật theo phần mềm này", 'Hãy chạy "ansinh start".')


def clock(_: Home) -> Finding:
    """A clock before the software was written, or a machine without time zones, spoils every date."""
    now = datetime.now(UTC)
    try:
        local = now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    except ZoneInfoNotFoundError:
        mend = "Hãy cài gói tzdata của hệ điều hành."
        return Finding("clock", State.FAULT, "máy không biết múi giờ Asia/Ho_Chi_Minh", mend)
    text = f"{local:%H:%M %d/%m/%Y} giờ Việt Nam"
    if now < datetime(2026, 1, 1, tzinfo=UTC):
        return Finding("clock", State.FAULT, text, "Đồng hồ chạy chậm nhiều năm. Hãy chỉnh lại ngày giờ của máy.")
    return Finding("clock", State.OK, text)


def fonts(_: Home) -> Finding:
    """The fonts papers are printed with come along; a damaged copy has none."""
    found = sorted(path.name for path in _FONTS.glob("*.ttf"))
    if found:
        return Finding("fonts", State.OK, f"{len(found)} phông chữ đi kèm")
    return Finding("fonts", State.FAULT, f"không thấy phông chữ trong {_FONTS}", "Hãy cài lại phần mềm.")


CHECKS: dict[str, Callable[[Home], Finding]] = {
    "python": python_version,
    "postgres": server_programs,
    "home": home_folder,
    "keys": secrets_kept,
    "disk": disk_room,
    "server": server_state,
    "tables": tables_current,
    "clock": clock,
    "fonts": fonts,
}
