"""End a contract."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.funds.actions.add_contract import BadContract
from ansinh.funds.actions.cancel_transfer import ReasonMissing
from ansinh.funds.models import Contract
from ansinh.funds.queries.payers import terms_of
from ansinh.funds.types import ContractTerms
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class NoSuchContract(Refusal):
    """Không có hợp đồng chi trả số thứ tự {contract_id}. Hãy xem danh sách hợp đồng rồi chọn lại."""


@action(permission="funds.end_contract", name="Chấm dứt hợp đồng chi trả")
def end_contract(*, contract_id: int, ends: Month, reason: str, by: Actor, at: datetime) -> ContractTerms:
    """Say from which month on a contract no longer covers, with a reason.

    Refuses one not there or not in the actor's areas (NoSuchContract), an end not after its start, or later than the
    end it has (BadContract).
    """
    contract = Contract.objects.select_for_update(of=("self",)).select_related("payer").filter(pk=contract_id).first()
    if contract is None or not by.reaches(_path(contract)):
        raise NoSuchContract(contract_id=contract_id)
    if not reason.strip():
        raise ReasonMissing()
    if ends <= contract.starts:
        raise BadContract(why=f"tháng thôi hiệu lực {ends.vi} không sau tháng bắt đầu {contract.starts.vi}")
    if contract.ends is not None and ends >= contract.ends:
        raise BadContract(why=f"hợp đồng đã thôi hiệu lực từ tháng {contract.ends.vi}")
    contract.ends, contract.ended_reason = ends, reason.strip()
    contract.save(update_fields=["ends", "ended_reason"])
    return terms_of(contract)


def _path(contract: Contract) -> tuple[str, ...]:
    return path_of(contract.place_code, contract.starts.first_day) if contract.place_code else (EVERYWHERE,)
