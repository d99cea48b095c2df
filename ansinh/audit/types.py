"""What is told of looking, by the name people know it by; an entry, a page of them and the head as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ansinh.kernel.legal_days import LEGAL_DAYS

# Sights of one person: an entry each time, with the person in its column.
PERSON_LOOKS: dict[str, str] = {
    "registry.look_person": "Xem hồ sơ một người",
    "registry.look_story": "Xem diễn biến của một người",
    "payroll.look_month": "Xem giải thích số tiền một tháng của một người",
    "reports.export_slip": "Lấy phiếu giải thích của một người",
    "reports.look_access": "Xem ai đã xem hồ sơ một người",
    "reports.export_access": "Lấy bản kê ai đã xem hồ sơ một người",
}
# Lists of people and money that left as a file, or stood on the terminal of the command line. The facts keep which.
EXPORTS: dict[str, str] = {
    "payroll.export_list": "Tải danh sách chi trả",
    "payroll.export_upcoming": "Tải danh sách sắp đến hạn",
    "payroll.export_payees": "Lấy danh sách chi một lần",
    "registry.export_changes": "Tải danh sách biến động",
    "registry.export_marked": "Tải sổ đối tượng đã đánh dấu",
    "registry.export_proposals": "Lấy danh sách đề nghị thay đổi",
    "registry.export_holds": "Lấy danh sách tạm giữ tiền",
    "reports.export_paper": "Lấy giấy tờ của kỳ chi trả",
    "reports.export_settlement": "Lấy bảng quyết toán",
    "reports.export_transfer": "Lấy đề nghị chuyển tiền",
    "reconcile.export_marked": "Tải tệp kết quả đã đánh dấu",
    "payout.export_uncollected": "Lấy danh sách người không nhận tiền",
    "payout.export_recoveries": "Lấy danh sách khoản phải thu hồi",
    "access.export_audit": "Xuất nhật ký",
    "access.print_head": "In đầu chuỗi nhật ký",
}
# What the door tells of itself.
SIGN_INS: dict[str, str] = {
    "access.signed_in": "Đăng nhập",
    "access.sign_in_failed": "Đăng nhập không được",
    "access.locked_out": "Bị khóa vì đăng nhập sai nhiều lần",
    "access.signed_out": "Đăng xuất",
    "access.proved_again": "Xác nhận lại",
    "access.password_changed": "Đổi mật khẩu",
    "access.second_factor_added": "Bật bước hai",
    "access.second_factor_dropped": "Tắt bước hai",
    "access.second_factor_refused": "Nhập sai mã bước hai",
    "access.recovery_codes_renewed": "Lập bộ mã dự phòng mới",
}
LOOKS: dict[str, str] = {**PERSON_LOOKS, **EXPORTS, **SIGN_INS}

# By which door an act came in.
CHANNEL_NAMES: dict[str, str] = {"web": "trang web", "command": "dòng lệnh", "api": "kết nối máy", "": "không rõ"}


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which entries are asked for; what is left empty chooses all.

    `who`: part of a name, or a user's number. `since`, `until`: legal days, both counted in. `action`: a permission or
    the name of a look. `place_code`: the place and all that ever lay in it. `before`: entries numbered below it.
    """

    who: str = ""
    since: date | None = None
    until: date | None = None
    action: str = ""
    person_id: int | None = None
    place_code: str = ""
    channel: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One entry as people read it. `what` is the Vietnamese name of `action`; facts as (name, value) in words."""

    number: int
    at: datetime
    actor_id: int
    actor_name: str
    action: str
    what: str
    person_id: int | None
    place_code: str
    place: str
    reason: str
    channel: str
    address: str
    session: str
    agent: str
    facts: dict[str, Any]
    told: tuple[tuple[str, str], ...]
    previous: str
    hash: str

    @property
    def whom(self) -> str:
        """The user an act about users was done to, by the name they sign in by; empty for any other act."""
        return str(self.facts.get("username") or "")


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Entries, newest first; `next_before` asks for the following ones, None at the end."""

    entries: tuple[TrailEntry, ...]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of the chain at a moment: how many entries, the hash of the last and when it was written.

    `day`: the legal day it closes; None for the head of now.
    """

    day: date | None
    number: int
    hash: str
    at: datetime | None

    def until_vi(self, now: datetime) -> str:
        """Up to when it stands, read at a moment: a day not over yet may still get entries.

        >>> from datetime import UTC
        >>> ChainHead(date(2026, 3, 2), 7, "", None).until_vi(datetime(2026, 3, 2, 3, tzinfo=UTC))
        'Đến lúc 10:00 ngày 02/03/2026'
        """
        local = now.astimezone(LEGAL_DAYS)
        if self.day is not None and self.day < local.date():
            return f"Hết ngày {self.day:%d/%m/%Y}"
        return f"Đến lúc {local:%H:%M ngày %d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class HeadCompared:
    """A head kept elsewhere beside the chain here. `state`: "same", "missing" (entries were taken away), "different".

    `found_hash` is what the entry of that number bears now; `broken` counts entries up to it that do not follow.
    """

    state: str
    head: ChainHead
    entries: int
    found_hash: str
    broken: int
