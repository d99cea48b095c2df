"""Pure rules of the month: how far back due is compared with listed, and why an amount changed between two months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month

# Months before the run's own that are compared again where the installation sets no other; late decisions reach back
# this far.
HORIZON_MONTHS = 24


def horizon_of(month: Month, months: int) -> Month:
    """The first entitlement month a run of `month` that reaches back so many months compares."""
    return month + -months


@dataclass(frozen=True, slots=True)
class Listed:
    """What one run lists for one person and benefit as regular money."""

    coefficient: Decimal
    base_dong: Dong
    amount_dong: Dong
    starts: Month
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of why somebody joined, left or changed between two months.

    `had_list`: their commune was listed in the earlier month. `by_dates`: both lists are what is known now of both
    months, so only the calendar lies between. `first_listed`: no approved list ever had this decision. `change_…`:
    the recorded change that says why (kind empty: none). `calendar`: what the calendar did, in words. `without_amount`:
    still owed in the later month, for which the law has published no amount.
    """

    had_list: bool = True
    by_dates: bool = False
    first_listed: bool = False
    unexplained: bool = False
    change_kind: str = ""
    change_name: str = ""
    change_on: date | None = None
    change_is_of_grant: bool = False
    proposal_accepted: bool = False
    moved_from: Month | None = None
    levels_differ: bool = False
    calendar: str = ""
    grant_ends: Month | None = None
    lost: str = ""
    without_amount: bool = False


# Changes of a person's life, and of one decision, that say why whatever else fell into the same month.
_OF_LIFE = frozenset({"death", "missing", "move_resident", "merge_people"})
_OF_DECISION = frozenset({"stop_grant", "suspend_grant", "resume_grant"})
# How the day of a change is said beside its name; others count from that day.
_DATED = {
    "death": " ngày {day}",
    "missing": " ngày {day}",
    "stop_grant": " (sự việc ngày {day})",
    "resume_grant": " ngày {day}",
    "record_grant": " ngày {day}",
    "suspend_grant": " từ tháng {month}",
    "move_resident": " từ tháng {month}",
    "merge_people": " từ tháng {month}",
    "adjust_grant": " từ tháng {month}",
    "correct_birth": "",
    "undo_change": "",
}


def why(before: Listed | None, now: Listed | None, known: Evidence, *, month: Month) -> tuple[str, str]:
    """The cause by its code, and the reason in Vietnamese: what happened, then after a colon the law's words."""
    if known.without_amount:
        return "law", f"Chưa có bảng mức của tháng {month.vi}: chưa tính được, truy lĩnh khi có bảng mức"
    cause = _cause(before, now, known)
    told = _told(before, now, known, month=month)
    # The law's words never stand without something before the colon: lists cut there.
    event = _event(cause, known) or ("Thôi hưởng" if now is None else "")
    if cause == "first_list":
        return cause, "Tháng đầu lập danh sách trên hệ thống"
    if cause == "unexplained":
        return cause, f"Chưa rõ vì sao: {told}"
    if now is not None and before is None and cause in ("decision", "calendar"):
        return cause, told
    return cause, f"{event}: {told}" if event and told else event or told


def _cause(before: Listed | None, now: Listed | None, known: Evidence) -> str:
    if known.unexplained:
        return "unexplained"
    if before is None and not known.had_list:
        return "first_list"
    if before is None and known.first_listed:
        return "decision"
    if known.change_kind in _OF_LIFE or (
        known.change_kind in _OF_DECISION and (known.change_is_of_grant or not known.calendar)
    ):
        return "change"
    if known.by_dates:
        alone = "levels" if known.levels_differ and _only_base_moved(before, now) else "calendar"
        return "change" if known.change_kind and not known.calendar else alone
    ranked = (
        (bool(known.change_kind), "change"),
        (known.proposal_accepted, "proposal"),
        (known.moved_from is not None, "moved"),
        (known.levels_differ, "levels"),
    )
    # What is left: another benefit took this one's place, or the law itself was updated.
    return next((cause for holds, cause in ranked if holds), "calendar" if now is None else "law")


def _only_base_moved(before: Listed | None, now: Listed | None) -> bool:
    if before is None or now is None:
        return False
    return before.coefficient == now.coefficient and before.base_dong != now.base_dong


def _event(cause: str, known: Evidence) -> str:
    if cause == "change":
        name = known.change_name or "Thông tin xét hưởng thay đổi"
        return name + dated(known.change_kind, known.change_on)
    if cause == "moved" and known.moved_from is not None:
        return f"Chuyển nơi hưởng từ tháng {known.moved_from.vi}"
    said = known.calendar
    return {
        "calendar": f"{said[:1].upper()}{said[1:]}",
        "proposal": "Đề nghị thay đổi từ sổ đã được nhận",
        "levels": "Địa bàn áp dụng mức của văn bản mới từ kỳ này",
        "law": "Bộ quy định được cập nhật",
    }.get(cause, "")


def dated(kind: str, day: date | None) -> str:
    """The day of a change as it is said behind its name, by its kind; empty where the day says nothing.

    >>> dated("death", date(2021, 11, 18)), dated("suspend_grant", date(2022, 3, 1))
    (' ngày 18/11/2021', ' từ tháng 03/2022')
    """
    if day is None:
        return ""
    return _DATED.get(kind, " từ ngày {day}").format(day=f"{day:%d/%m/%Y}", month=f"{day:%m/%Y}")


def _told(before: Listed | None, now: Listed | None, known: Evidence, *, month: Month) -> str:
    if now is None:
        if known.lost:
            return known.lost
        ended = known.grant_ends is not None and known.grant_ends <= month
        return "" if ended and known.calendar else "không còn quyết định hưởng ở địa bàn này"
    if before is not None:
        return why_changed(before, now)
    if now.starts == month:
        return f"Bắt đầu hưởng từ tháng {month.vi}: {now.reason}"
    return f"Được hưởng từ tháng {now.starts.vi}, nay mới có trong danh sách: {now.reason}"


def why_changed(before: Listed, now: Listed) -> str:
    """How the same person and benefit has another amount than in the other month."""
    reasons = []
    if before.coefficient != now.coefficient:
        levels = f"hệ số {vi_coefficient(before.coefficient)} → {vi_coefficient(now.coefficient)}"
        reasons.append(f"{levels}: {now.reason}")
    if before.base_dong != now.base_dong:
        reasons.append(f"mức chuẩn {before.base_dong} → {now.base_dong} đồng")
    return "; ".join(reasons)


def why_moved(joined: str) -> str:
    """Why one benefit of a person became another: the law's words of the new one follow the colon."""
    _, _, words = joined.partition(": ")
    return f"Chuyển sang diện hưởng khác: {words}" if words else "Chuyển sang diện hưởng khác"


def vi_coefficient(number: Decimal) -> str:
    """A coefficient as short as it can be written: "1,5", "2"."""
    return f"{number.normalize():f}".replace(".", ",")
