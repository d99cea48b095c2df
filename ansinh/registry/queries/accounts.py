"""Account numbers in the clear, for the one list that needs them: the one a bank pays from."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.platform.sealing import unseal
from ansinh.registry.models import SealedNumber
from ansinh.registry.types import OpenedAccount


def open_accounts(person_ids: Iterable[int]) -> dict[int, OpenedAccount]:
    """Each person's latest account, unsealed; nobody without one.

    Only inside an action that has asked for the people's reach: its audit entry is the record of this look.
    """
    latest: dict[int, SealedNumber] = {}
    numbers = SealedNumber.objects.filter(person_id__in=list(person_ids), kind=SealedNumber.ACCOUNT)
    for number in numbers.order_by("recorded_at", "pk"):
        latest[number.person_id] = number
    return {
        person_id: OpenedAccount(unseal(bytes(number.sealed), kind=number.kind).decode(), number.bank)
        for person_id, number in latest.items()
    }
