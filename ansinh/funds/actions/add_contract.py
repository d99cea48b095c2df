"""Record a contract with a payer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from ansinh.access.types import EVERYWHERE, Actor
from ansinh.funds.models import Contract
from ansinh.funds.queries.payers import get_payer, terms_of
from ansinh.funds.rules import overlapping_channels
from ansinh.funds.states import CHANNEL_NAMES
from ansinh.funds.types import ContractTerms
from ansinh.kernel.month import Month
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import path_of
from ansinh.platform.action import action


class BadContract(Refusal):
    """Không ghi được hợp đồng này: {why}."""


class ContractOverlaps(Refusal):
    """Hợp đồng số {number} của {payer} ở cùng địa bàn đã phủ một phần thời gian này. Hãy chấm dứt hợp đồng đó trước,
    hoặc ghi tháng bắt đầu sau khi nó hết hạn."""


class ChannelTaken(Refusal):
    """Hình thức {channel} ở địa bàn và thời gian này đã thuộc hợp đồng số {number} của tổ chức khác. Hai tổ chức cùng
    chi trả một hình thức ở một nơi thì không biết trả qua ai; hãy bỏ hình thức đó hoặc chấm dứt hợp đồng kia."""


@action(permission="funds.add_contract", name="Ghi hợp đồng chi trả")
def add_contract(
    *,
    payer: str,
    place_code: str,
    number: str,
    signed_on: date,
    starts: Month,
    ends: Month | None = None,
    fee_rate: Decimal,
    channels: tuple[str, ...],
    by: Actor,
    at: datetime,
) -> ContractTerms:
    """Record a payer's contract for a place and all below it ('' = everywhere), `ends` exclusive.

    Where several cover a commune, the most specific place holds. Refuses one of the same payer at the same time and
    place (ContractOverlaps) and a channel another payer already serves exactly there (ChannelTaken).
    """
    by.must_reach(path_of(place_code, starts.first_day) if place_code else (EVERYWHERE,))
    found = get_payer(payer)
    ways = tuple(name for name in CHANNEL_NAMES if name in channels)
    _must_be_sound(number=number, starts=starts, ends=ends, fee_rate=fee_rate, channels=channels)
    # One contract at a time: two that do not see each other could both take a channel.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('funds.add_contract'))")
    contract = Contract(
        payer=found, place_code=place_code, number=written(number), signed_on=signed_on, starts=starts, ends=ends,
        fee_rate=fee_rate, channels=list(ways), recorded_at=at, recorded_by=by.user_id,
    )  # fmt: skip
    _must_fit(contract)
    contract.save(force_insert=True)
    return terms_of(contract)


def _must_be_sound(
    *, number: str, starts: Month, ends: Month | None, fee_rate: Decimal, channels: tuple[str, ...]
) -> None:
    why = ""
    if not written(number):
        why = "chưa có số hợp đồng"
    elif ends is not None and ends <= starts:
        why = f"tháng hết hạn {ends.vi} không sau tháng bắt đầu {starts.vi}"
    elif not 0 <= fee_rate <= 1 or fee_rate != round(fee_rate, 6):
        why = f"mức chi phí chi trả {fee_rate} phải từ 0 đến 1, nhiều nhất 6 chữ số thập phân (0,4 % ghi 0.004)"
    elif not channels or not set(channels) <= CHANNEL_NAMES.keys():
        why = f"hình thức phải gồm ít nhất một trong: {', '.join(CHANNEL_NAMES)}"
    if why:
        raise BadContract(why=why)


def _must_fit(contract: Contract) -> None:
    terms = terms_of(contract)
    others = [terms_of(one) for one in Contract.objects.select_related("payer").filter(place_code=contract.place_code)]
    own = [one for one in others if one.payer == terms.payer]
    # A contract of the payer itself stands in the way whatever its channels.
    for one in own:
        if (one.ends is None or terms.starts < one.ends) and (terms.ends is None or one.starts < terms.ends):
            raise ContractOverlaps(number=one.number, payer=one.payer_name)
    taken = overlapping_channels(terms, [one for one in others if one.payer != terms.payer])
    if taken:
        channel, number = taken[0]
        raise ChannelTaken(channel=CHANNEL_NAMES[channel].lower(), number=number)
