"""Transfers and fees: which documents moved what, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.db.models import Sum

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.funds.models import Transfer, TransferPart
from ansinh.funds.states import TO_PAYER
from ansinh.funds.types import MoneyRow, TransferTotals
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.queries import sum_recipes
from ansinh.places.queries import path_of


class NoSuchTransfer(Refusal):
    """Không có lần chuyển tiền số {transfer_id}. Hãy mở lại danh sách chuyển tiền của tháng và chọn lại."""


def get_transfer(transfer_id: int, *, by: Actor) -> Transfer:
    """The transfer; refuses (NoSuchTransfer) also one outside the actor's areas, in the same words."""
    transfer = Transfer.objects.select_related("payer").filter(pk=transfer_id).first()
    if (
        transfer is None
        or not by.serves(transfer.payer_id)
        or not by.reaches(path_of(transfer.place_code, transfer.month.first_day))
    ):
        raise NoSuchTransfer(transfer_id=transfer_id)
    return transfer


def list_transfers(
    *, by: Actor, month: Month | None = None, payer: str = "", place_code: str = "", kind: str = ""
) -> list[Transfer]:
    """The actor's transfers, newest month and request first; of a place, those of its deciding body and below."""
    transfers = Transfer.objects.select_related("payer").order_by("-month", "-pk")
    if month is not None:
        transfers = transfers.filter(month=month)
    if payer:
        transfers = transfers.filter(payer_id=payer)
    if kind:
        transfers = transfers.filter(kind=kind)
    reaches = reach_of(by)
    return [
        transfer
        for transfer in transfers
        if by.serves(transfer.payer_id)
        and reaches(transfer.place_code, transfer.month.first_day)
        and (not place_code or _of_place(transfer, place_code))
    ]


def list_parts(transfer: Transfer) -> tuple[MoneyRow, ...]:
    """The parts of a transfer, by commune and fund."""
    parts = TransferPart.objects.filter(transfer=transfer).order_by("commune_code", "fund")
    return tuple(MoneyRow(part.commune_code, part.fund, part.amount_dong) for part in parts)


def sum_transfers(
    *, communes: Sequence[str], month: Month, payer: str = "", kind: str = TO_PAYER
) -> list[TransferTotals]:
    """What SENT documents of a kind moved in a month for communes, by payer, commune and fund."""
    parts = TransferPart.objects.filter(
        transfer__state="SENT", transfer__kind=kind, transfer__month=month, commune_code__in=list(communes)
    )
    if payer:
        parts = parts.filter(transfer__payer_id=payer)
    sums = parts.values_list("transfer__payer_id", "commune_code", "fund").annotate(dong=Sum("amount_dong"))
    return [
        TransferTotals(code, commune, month, fund, cast(Dong, dong))
        for code, commune, fund, dong in sums.order_by("transfer__payer_id", "commune_code", "fund")
    ]


def sum_fees(*, communes: Sequence[str], month: Month, payer: str = "") -> list[TransferTotals]:
    """The fees as they stand charged for a month, by payer, commune and fund; those taken back wholly are left out."""
    sums: dict[tuple[str, str, str], Dong] = {}
    if communes:
        for _, _, account, dong in sum_recipes(
            kind="fee_cost", recipes=("charge_fee", "reverse_fee"), payers=(payer,) if payer else (),
            places=communes, months=(month,),
        ):  # fmt: skip
            key = (account.payer, account.place, account.fund)
            sums[key] = sums.get(key, Dong(0)) + dong
    return [
        TransferTotals(code, commune, month, fund, dong) for (code, commune, fund), dong in sorted(sums.items()) if dong
    ]


def sum_paid(*, payer: str, commune: str, month: Month) -> dict[str, Dong]:
    """What the books say was paid to people in a month, by fund, net of payments that came back."""
    paid: dict[str, Dong] = {}
    for _, _, account, dong in sum_recipes(
        kind="with_payer", recipes=("pay", "return_payment"), payers=(payer,), places=(commune,), months=(month,)
    ):
        paid[account.fund] = paid.get(account.fund, Dong(0)) - dong
    return paid


def _of_place(transfer: Transfer, place_code: str) -> bool:
    """Whether the transfer is of the place, of one below it, or of the body that decides for it."""
    day = transfer.month.first_day
    return place_code in path_of(transfer.place_code, day) or (
        TransferPart.objects.filter(transfer=transfer, commune_code=place_code).exists()
    )
