"""Put levels loaded as data in force for the lists of their place."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.level_packs import lock_level_pack, read_level_pack, refuse_listed_without
from ansinh.payroll.states import LEVEL_PACK
from ansinh.payroll.types import LevelPackMoved
from ansinh.platform.action import action


class LoaderApproves(Refusal):
    """{who} đã nạp gói mức này nên không được tự duyệt. Việc này phải do một người khác duyệt."""


@action(permission="payroll.approve_level_pack", name="Duyệt gói mức")
def approve_level_pack(*, level_pack_id: int, by: Actor, at: datetime) -> LevelPackMoved:
    """From its first payroll on the lists go by the pack; everybody of the place is decided anew with the next one.

    Refuses whoever loaded it (LoaderApproves), and all that loading it now would be refused for.
    """
    pack = lock_level_pack(level_pack_id, by=by)
    step = LEVEL_PACK.step("approve_level_pack", pack.state)
    if by.user_id == pack.proposed_by:
        raise LoaderApproves(who=by.name)
    read_level_pack(
        pack.text.encode(),
        pack.file_name,
        place_code=pack.place_code,
        first_payroll=pack.first_payroll,
        besides=pack.pk,
    )
    refuse_listed_without(pack.place_code, pack.first_payroll, besides=pack.pk)
    pack.state, pack.approved_at, pack.approved_by = step.target, at, by.user_id
    pack.save(update_fields=["state", "approved_at", "approved_by"])
    return LevelPackMoved(pack.pk, pack.place_code, pack.title, pack.digest, pack.first_payroll, pack.state)
