"""Changes and what they would do, as the command line answers: facts for machines, words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.types import ORDER_STATE_NAMES, ShownOrder
from ansinh.payroll.queries import ChangePreview, NextLines, PersonEffect
from ansinh.policy import load_pack, vi_decimal
from ansinh.registry.queries import CHANGE_NAMES, FACT_KINDS, LISTED_NAMES, ChangeCard, RecentChange

_LINE_NAMES = {"regular": "hằng tháng", "arrears": "truy lĩnh", "recovery": "thu hồi"}


def name_of(kind: str) -> str:
    """What a kind of change is called."""
    return FACT_KINDS[kind].name_vi if kind in FACT_KINDS else CHANGE_NAMES.get(kind, kind)


def plain(value: Any) -> Any:
    """Records as JSON has them: money as numbers, months and days as text."""
    if isinstance(value, Dong):
        return value.value
    if isinstance(value, (Month, Decimal)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def preview_facts(preview: ChangePreview, orders: Iterable[ShownOrder]) -> dict[str, Any]:
    """A preview as one object."""
    return {
        "recorded": False,
        "people": [_effect_facts(one) for one in preview.people],
        "people_elsewhere": preview.others,
        "orders_under_way": order_facts(orders),
    }


def order_facts(orders: Iterable[ShownOrder]) -> list[dict[str, Any]]:
    """Orders that could still be paid out."""
    return [
        {"order_id": one.id, "code": one.code, "person_id": one.person_id, "month": str(one.month),
         "amount_dong": one.amount_dong.value, "state": one.state, "batch_id": one.batch_id}
        for one in orders
    ]  # fmt: skip


def _effect_facts(one: PersonEffect) -> dict[str, Any]:
    return {
        "person_id": one.person_id,
        "list_month": str(one.list_month),
        "run_in_hand": None if one.in_hand is None else one.in_hand.pk,
        "total_dong": one.total_dong.value,
        "total_without_dong": one.total_without_dong.value,
        "lines": plain(one.lines),
        "lines_without": plain(one.lines_without),
        "moved": plain(one.moved),
        "because": list(one.because),
        "once": plain(one.once),
    }


def preview_lines(preview: ChangePreview, orders: Iterable[ShownOrder]) -> list[str]:
    """A preview in words."""
    told = ["Xem trước, chưa ghi gì:"]
    for one in preview.people:
        told += _effect_lines(one)
    if preview.others:
        told.append(f"Ngoài ra có {preview.others} người ở địa bàn khác liên quan.")
    return [*told, *order_lines(orders)]


def order_lines(orders: Iterable[ShownOrder]) -> list[str]:
    """Orders that could still be paid out, in words."""
    return [
        f"Chú ý: lệnh chi {one.code} tháng {one.month.vi}, {one.amount_dong} đồng, của {one.full_name}: "
        f"{ORDER_STATE_NAMES[one.state].lower()}; ghi biến động không chặn được lệnh này."
        for one in orders
    ]


def _effect_lines(one: PersonEffect) -> list[str]:
    told = [f"{one.full_name} (số {one.person_id})"]
    for part in one.moved:
        months = f"từ {part.starts.vi}" if part.goes_on else _months(part.starts, part.last)
        told.append(f"  {months}: {_shares(part.before)} → {_shares(part.after)}")
    if not one.moved:
        told.append("  Không tháng nào thay đổi mức hưởng.")
    lines = "; ".join(_line(line) for line in one.lines) or "không có khoản nào"
    told.append(f"  Danh sách {one.list_month.vi}: {lines}. Nếu không ghi: {one.total_without_dong} đồng.")
    if one.in_hand is not None:
        told.append(f"  Danh sách {one.in_hand.month.vi} đang lập đã chốt người này, nên giữ nguyên.")
    told += [f"  Hỗ trợ chi phí mai táng, hồ sơ riêng: {sum_.amount} đồng ({sum_.article})." for sum_ in one.once]
    told += [f"  Vì: {said}" for said in one.because]
    return told


def _months(first: Month, last: Month) -> str:
    return first.vi if first == last else f"{first.vi}–{last.vi}"


def _line(line: NextLines) -> str:
    amount = -line.total_dong if line.kind == "recovery" else line.total_dong
    return f"{_LINE_NAMES[line.kind]} {_months(line.first, line.last)}: {amount} đồng"


def _shares(shares: Iterable[Any]) -> str:
    names = {one.code: one.name_vi for one in load_pack().categories}
    said = [f"{one.amount} đồng ({names[one.benefit]}, hệ số {vi_decimal(one.coefficient)})" for one in shares]
    return " + ".join(said) or "không hưởng"


def card_facts(card: ChangeCard) -> dict[str, Any]:
    """One change of a person as one object."""
    return {**plain(card), "name": name_of(card.kind)}


def card_line(card: ChangeCard) -> str:
    """One change of a person in one line."""
    gone = " (đã hoàn tác)" if card.undone else ""
    paper = f", quyết định {card.decision_no}" if card.decision_no else ""
    value = card.facts.get("value")
    what = f": {FACT_KINDS[card.kind].values[value]}" if card.kind in FACT_KINDS and value else ""
    of = f" hoàn tác số {card.undoes}" if card.undoes is not None else ""
    return (
        f"{card.change_id:>6}  {card.effective_on:%d/%m/%Y}  {name_of(card.kind)}{what}{of}{paper}, "
        f"{card.recorded_by} ghi {card.recorded_at:%d/%m/%Y}{gone}"
    )


def recent_facts(one: RecentChange) -> dict[str, Any]:
    """One change of a place as one object: never what it says of somebody."""
    told = plain(one)
    return {**told, "birth": one.birth.vi, "name": LISTED_NAMES[one.kind]}


def recent_line(one: RecentChange) -> str:
    """One change of a place in one line."""
    gone = " (đã hoàn tác)" if one.is_undone else ""
    return (
        f"{one.change_id:>6}  {one.recorded_at:%d/%m/%Y}  {one.full_name}, {one.birth.vi}: {LISTED_NAMES[one.kind]} "
        f"từ {one.effective_on:%d/%m/%Y}, {one.recorded_by}{gone}"
    )
