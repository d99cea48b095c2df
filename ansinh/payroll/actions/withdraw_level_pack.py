"""Take levels loaded as data back, while no list rests on them."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.level_packs import lock_level_pack, refuse_in_use
from ansinh.payroll.states import LEVEL_PACK
from ansinh.payroll.types import LevelPackMoved
from ansinh.platform.action import action


class WithdrawnWithoutReason(Refusal):
    """Hãy ghi lý do rút gói mức: hồ sơ giữ lại gói đã rút cùng lý do."""


@action(permission="payroll.withdraw_level_pack", name="Rút gói mức")
def withdraw_level_pack(*, level_pack_id: int, reason: str, by: Actor, at: datetime) -> LevelPackMoved:
    """Withdraw a pack, kept with the reason. Refuses no reason (WithdrawnWithoutReason), a pack lists went by
    (LevelPackInUse) or that something rests on (LevelPackBuiltUpon, LevelPackScheduled)."""
    pack = lock_level_pack(level_pack_id, by=by)
    step = LEVEL_PACK.step("withdraw_level_pack", pack.state)
    if not reason.strip():
        raise WithdrawnWithoutReason()
    refuse_in_use(pack)
    pack.state, pack.withdrawn_at, pack.withdrawn_by = step.target, at, by.user_id
    pack.withdrawn_reason = reason.strip()
    pack.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    return LevelPackMoved(pack.pk, pack.place_code, pack.title, pack.digest, pack.first_payroll, pack.state)
