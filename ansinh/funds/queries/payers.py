"""Payers and their contracts: who pays a place in a month, by which way, for what fee."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.funds.models import Contract, Payer
from ansinh.funds.rules import covering
from ansinh.funds.states import CHANNEL_NAMES
from ansinh.funds.types import ContractTerms
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import find_last_place, find_place, list_paths, path_of


class NoSuchPayer(Refusal):
    """Không có tổ chức chi trả mã "{payer}". Hãy xem danh sách bằng: ansinh funds show payers, hoặc thêm mới."""


class NoContract(Refusal):
    """Không có hợp đồng chi trả nào phủ xã mã {commune} trong tháng {month}{wanted}.
    Hãy ghi hợp đồng với tổ chức chi trả cho địa bàn này rồi làm lại."""


def list_payers() -> list[Payer]:
    """Every organisation that pays, by name; who pays is no secret."""
    return list(Payer.objects.order_by("name", "code"))


def get_payer(code: str) -> Payer:
    """The payer of that code; refuses (NoSuchPayer)."""
    payer = Payer.objects.filter(pk=code).first()
    if payer is None:
        raise NoSuchPayer(payer=code)
    return payer


def list_contracts(*, by: Actor, payer: str = "") -> list[ContractTerms]:
    """Contracts that touch the actor's areas, newest first: those of places in them, above them, and everywhere."""
    return [terms for terms in _terms(payer) if _touches(by, terms)]


def list_covering_contracts(
    communes: Iterable[str], month: Month, *, payer: str = ""
) -> dict[str, list[ContractTerms]]:
    """The contracts that cover each commune in a month, the most specific place first; an empty list where none."""
    terms, wanted = _terms(payer), tuple(communes)
    paths = list_paths(wanted, month.first_day)
    return {commune: list(covering(terms, paths.get(commune, (commune,)), month)) for commune in wanted}


def get_contract(commune: str, month: Month, *, channel: str = "", payer: str = "") -> ContractTerms:
    """The contract that covers a commune in a month, the most specific place first; refuses (NoContract)."""
    covered = list_covering_contracts((commune,), month, payer=payer)[commune]
    for terms in covered:
        if not channel or channel in terms.channels:
            return terms
    wanted = f" với {payer}" if payer else ""
    wanted += f" có hình thức {CHANNEL_NAMES.get(channel, channel).lower()}" if channel else ""
    raise NoContract(commune=commune, month=month.vi, wanted=wanted)


def find_last_contract(payer: str, commune: str, month: Month) -> ContractTerms | None:
    """The payer's contract for a commune in a month; where none covers it, the last that did before."""
    last = find_last_place(commune, month.first_day)
    path = last.path[::-1] if last else (commune,)
    terms = _terms(payer)
    covered = covering(terms, path, month)
    if covered:
        return covered[0]
    before = [one for one in terms if one.place_code in (*path, "") and one.starts <= month]
    return max(before, key=lambda one: (one.starts, one.contract_id), default=None)


def _terms(payer: str = "") -> list[ContractTerms]:
    contracts = Contract.objects.select_related("payer").order_by("-starts", "-pk")
    if payer:
        contracts = contracts.filter(payer_id=payer)
    return [terms_of(contract) for contract in contracts]


def terms_of(contract: Contract) -> ContractTerms:
    """A contract as others read it."""
    return ContractTerms(
        contract_id=contract.pk, payer=contract.payer_id, payer_name=contract.payer.name,
        place_code=contract.place_code, number=contract.number, signed_on=contract.signed_on,
        starts=contract.starts, ends=contract.ends, fee_rate=contract.fee_rate, channels=tuple(contract.channels),
    )  # fmt: skip


def _touches(by: Actor, terms: ContractTerms) -> bool:
    if not by.serves(terms.payer):
        return False
    if EVERYWHERE in by.areas or not terms.place_code:
        return True
    day = terms.starts.first_day
    if by.reaches(path_of(terms.place_code, day)):
        return True
    below = [find_place(area, day) for area in by.areas]
    return any(place is not None and terms.place_code in place.path for place in below)
