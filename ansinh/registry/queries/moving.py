"""What a move means for the offices: within one deciding body only the address changes, else one stops, one begins."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.month import Month
from ansinh.places.queries import deciding_bodies, find_last_place
from ansinh.places.types import Place
from ansinh.policy import load_pack

# Within one deciding body; to another one; to another one under the decree of 2026; out of the register.
WITHIN, OTHER_BODY, OTHER_COMMUNE, OUT = "within", "other_body", "other_commune", "out"
MOVE_NAMES = {
    WITHIN: "Chuyển chỗ ở trong cùng huyện (cùng cơ quan quyết định): chỉ đổi địa chỉ chi trả, không ra quyết định "
    "thôi hưởng. Xã mới lập danh sách từ tháng đã ghi.",
    OTHER_BODY: "Chuyển sang nơi do cơ quan khác quyết định: nơi cũ ra quyết định thôi chi trả, nơi mới ra quyết "
    "định hưởng từ tháng liền sau tháng ghi trong quyết định thôi chi trả.",
    OTHER_COMMUNE: "Chuyển sang xã khác: nơi cũ ra quyết định thôi chi trả, nơi mới ra quyết định hưởng theo mức của "
    "nơi mới, từ tháng nơi cũ thôi chi trả.",
    OUT: "Chuyển đi nơi không thuộc sổ này: từ tháng đã ghi, nơi này không trả nữa; nơi đến ra quyết định hưởng.",
}
_PLACES_IN_LAW = {
    WITHIN: ("nd20", "khoản 4 Điều 8"),
    OTHER_BODY: ("nd20", "điểm d khoản 4 Điều 8"),
    OUT: ("nd20", "điểm d khoản 4 Điều 8"),
}


@dataclass(frozen=True, slots=True)
class KindOfMove:
    """One of MOVE_NAMES, with its words and where the law of the month says so (empty: an older law)."""

    kind: str
    said: str
    article: str


def kind_of_move(from_code: str, to_code: str, month: Month) -> KindOfMove:
    """How the law calls a move that takes effect in the month; an empty `to_code` leads out of the register."""
    old = find_last_place(from_code, month.first_day)
    new = find_last_place(to_code, month.first_day) if to_code else None
    laws = load_pack().laws
    leaves = old is None or new is None
    if month.first_day >= laws["nd335"].in_force:
        kind = OUT if leaves else OTHER_COMMUNE
        return KindOfMove(kind, MOVE_NAMES[kind], f"khoản 3 Điều 8 {laws['nd335'].title}")
    kind = OUT
    if old is not None and new is not None:
        kind = WITHIN if _bodies(old, month) & _bodies(new, month) else OTHER_BODY
    law, place = _PLACES_IN_LAW[kind]
    article = f"{place} {laws[law].title}" if month.first_day >= laws[law].in_force else ""
    return KindOfMove(kind, MOVE_NAMES[kind], article)


def _bodies(place: Place, month: Month) -> set[str]:
    """Who decided for the place in the month, as far as it was there then."""
    if not place.valid_on(month.first_day):
        return {place.code}
    return {body.code for body in deciding_bodies(place, month.first_day)}
