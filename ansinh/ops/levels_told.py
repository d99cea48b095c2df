"""What a change of levels would do, as words and as JSON."""

from __future__ import annotations

from typing import Any

from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.queries import Forecast, GroupForecast, ListForecast, Two


def preview_facts(told: Forecast) -> dict[str, Any]:
    """The one list of a preview."""
    (listed,) = told.lists
    return {"place": told.place_code, **_list_facts(listed)}


def preview_told(told: Forecast) -> str:
    """ "12.345 người, +1.234.567.000 đồng …", then of it what is monthly, what for earlier months, and by group."""
    (listed,) = told.lists
    head = (
        f"{grouped(told.people)} người, {signed(listed.total.more)} đồng trong danh sách tháng {listed.month.vi} "
        f"({grouped(listed.listed)} người), nếu lập theo mức của {told.title} từ tháng này:"
    )
    lines = [
        head,
        f"  Hằng tháng: {signed(listed.regular.more)} đồng ({listed.regular.now} → {listed.regular.then}).",
        *_late_told(listed),
        *_groups_told(told.groups),
        "Đây là số tính trước, theo sổ và các danh sách đã duyệt lúc này; danh sách chưa thay đổi gì.",
    ]
    return "\n".join(lines)


def simulation_facts(told: Forecast) -> dict[str, Any]:
    """Every list of a simulation and all together."""
    return {
        "place": told.place_code,
        "title": told.title,
        "people": told.people,
        "more_dong": told.total.more.value,
        "months": [_list_facts(one) for one in told.lists],
        "by_group": _groups_facts(told.groups),
    }


def simulation_told(told: Forecast) -> str:
    """Total, by month, by group; and what is not guessed."""
    first, last = told.lists[0].month, told.lists[-1].month
    head = (
        f"{told.title}, địa bàn {told.place_code}, danh sách {months_told(first, last)}: {grouped(told.people)} người, "
        f"{signed(told.total.more)} đồng ({told.total.now} → {told.total.then})."
    )
    lines = [
        head,
        "Theo tháng (người có mức khác; hằng tháng; truy lĩnh, thu hồi):",
        *(
            f"  {one.month.vi}: {grouped(one.people)} người; {signed(one.regular.more)} đồng; "
            f"{signed(one.arrears.more + one.recovery.more)} đồng"
            for one in told.lists
        ),
        *_groups_told(told.groups),
        NOT_GUESSED,
    ]
    return "\n".join(lines)


NOT_GUESSED = (
    "Đã tính theo tuổi, ngày hết hạn quyết định và lịch áp dụng mức của từng tháng; không đoán ai sẽ được hưởng thêm, "
    "chết hay chuyển đi. Chưa ghi gì."
)


def signed(amount: Dong) -> str:
    """ "+1.234.000", "−5.000", "0"."""
    return f"+{amount}" if amount.value > 0 else f"−{Dong(-amount.value)}" if amount.value < 0 else "0"


def months_told(first: Month, last: Month) -> str:
    """ "tháng 7–10/2026", "tháng 11/2026–2/2027"."""
    if first == last:
        return f"tháng {first.number}/{first.year}"
    begin = f"{first.number}" if first.year == last.year else f"{first.number}/{first.year}"
    return f"tháng {begin}–{last.number}/{last.year}"


def _late_told(listed: ListForecast) -> list[str]:
    """What the list makes good for earlier months, and what it takes back."""
    moved = [month for month, two in listed.late if two.more]
    if not moved:
        return ["  Truy lĩnh: không có."]
    months = months_told(moved[0], moved[-1])
    lines = [f"  Truy lĩnh {months}: {signed(listed.arrears.more)} đồng (cả danh sách {listed.arrears.then})."]
    if listed.recovery.more:
        lines.append(f"  Thu hồi: {signed(listed.recovery.more)} đồng (cả danh sách {listed.recovery.then}).")
    return lines


def _groups_told(groups: tuple[GroupForecast, ...]) -> list[str]:
    told = [
        f"  {one.name}: {grouped(one.people)} người, hằng tháng {signed(one.regular.more)} đồng, "
        f"tháng trước {signed(one.late.more)} đồng"
        for one in groups
        if one.people
    ]
    return ["Theo nhóm:", *told] if told else []


def _list_facts(listed: ListForecast) -> dict[str, Any]:
    return {
        "month": str(listed.month),
        "people": listed.people,
        "listed_people": listed.listed,
        "more_dong": listed.total.more.value,
        "by_kind": {
            kind: _two(two)
            for kind, two in (("regular", listed.regular), ("arrears", listed.arrears), ("recovery", listed.recovery))
        },
        "late": [{"month": str(month), **_two(two)} for month, two in listed.late],
        "by_group": _groups_facts(listed.groups),
    }


def _groups_facts(groups: tuple[GroupForecast, ...]) -> list[dict[str, Any]]:
    return [
        {"group": one.name, "people": one.people, "regular": _two(one.regular), "late": _two(one.late)}
        for one in groups
    ]


def _two(two: Two) -> dict[str, int]:
    return {"now_dong": two.now.value, "then_dong": two.then.value, "more_dong": two.more.value}
