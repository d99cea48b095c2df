"""The cells that say how money reaches a person: channel, account, bank, and who collects in the person's place."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.kernel.citizen import read_identity
from ansinh.kernel.month import Month
from ansinh.kernel.names import capital_ascii
from ansinh.kernel.phones import read_phone
from ansinh.platform.sheets.cells import is_blank, read_day, text_of
from ansinh.registry.workbook.cells import CHANNELS_VI, read_channel
from ansinh.registry.workbook.noting import Here
from ansinh.registry.workbook.row_parts import Cells, Texts, has_lost_digits
from ansinh.registry.workbook.types import Collector, Payment

_NO_PAYMENT = Payment()


def read_payment(here: Here, cell: Cells, text: Texts, find_bank: Callable[[str], str | None] | None) -> Payment:
    """Channel, account and bank of a row, with what is missing or does not agree."""
    said, account, bank = text("channel"), _account(here, cell), text("bank")
    channel = read_channel(said) if said else None
    if said and channel is None:
        here.note("channel_unknown", "channel", text=said)
    if channel in ("bank", "wallet") and not account:
        here.note("account_missing", "account_no", channel=CHANNELS_VI[channel])
    if channel == "cash" and account:
        here.note("account_without_channel", "channel")
    bank_code = None
    if bank and find_bank is not None:
        bank_code = find_bank(bank)
        if bank_code is None:
            here.note("unknown_bank", "bank", text=bank)
    if account and not bank and channel != "wallet":
        here.note("bank_missing", "bank")
    holder = text("account_name")
    if holder and capital_ascii(holder) not in (capital_ascii(text("name")), capital_ascii(text("collector"))):
        here.note("account_name_differs", "account_name")
    if not (said or account or bank or holder):
        return _NO_PAYMENT
    return Payment(channel, said, account, holder, bank, bank_code)


def _account(here: Here, cell: Cells) -> str:
    value = cell("account_no")
    if is_blank(value):
        return ""
    if has_lost_digits(value):
        here.note("account_digits_lost", "account_no")
        return ""
    account = "".join(text_of(value).replace(".", "").replace("-", "").split())
    if not account.isalnum() or not account.isascii():
        here.note("account_unreadable", "account_no")
    return account


def read_collector(here: Here, cell: Cells, text: Texts, month: Month) -> Collector | None:
    """Who collects in the person's place, by which relation and until when."""
    name, relation, until = text("collector"), text("relation"), cell("authorised_until")
    day = None if is_blank(until) else read_day(until)
    if not is_blank(until) and day is None:
        here.note("date_unreadable", "authorised_until", text=text_of(until))
    if not name:
        if relation or day is not None:
            here.note("relation_without_collector", "collector")
        return None
    if not relation:
        here.note("collector_without_relation", "relation" if "relation" in here.layout.columns else "collector")
    if is_blank(until):
        here.note(
            "authorisation_without_end",
            "authorised_until" if "authorised_until" in here.layout.columns else "collector",
        )
    elif day is not None and day < month.first_day:
        here.note("authorisation_expired", "authorised_until", day=day.strftime("%d/%m/%Y"), month=month.vi)
    identity = read_identity(text("collector_identity")).number if text("collector_identity") else None
    phone = read_phone(text("collector_phone")).number if text("collector_phone") else None
    return Collector(name, relation, identity or "", phone or "", day)
