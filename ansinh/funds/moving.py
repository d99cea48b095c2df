"""What every transfer shares: its parts checked, its voucher used once, its row and parts written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.funds.booking import book
from ansinh.funds.holders import holder_of
from ansinh.funds.models import Payer, Transfer, TransferPart
from ansinh.funds.queries.budgets import budget_of
from ansinh.funds.queries.money import list_held_until, money_of
from ansinh.funds.queries.payers import get_payer
from ansinh.funds.states import FUND_NAMES, FUNDS
from ansinh.funds.types import BookRow, MoneyRow
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ledger.actions import lock_book
from ansinh.places.queries import list_commune_codes, path_of


class BadPart(Refusal):
    """Phần tiền của xã mã {commune}, nguồn {fund}, {dong} đồng không nhận được: {why}."""


class NothingToMove(Refusal):
    """Không có khoản nào phải chuyển cho địa bàn {place} tháng {month} với {payer}: {why}"""


class VoucherUsed(Refusal):
    """Số chứng từ "{voucher_no}" đã dùng cho lần chuyển tiền số {transfer_id} với {payer} nên không ghi lần nữa.
    Nếu đó là một lần khác, hãy xem lại số chứng từ; nếu là cùng một lần thì việc đã ghi xong."""


class VoucherIncomplete(Refusal):
    """Phải ghi số chứng từ và ngày chứng từ; ngày {day} không được sau ngày hôm nay ({today})."""


class NotEnoughInHand(Refusal):
    """Xã mã {commune}, {fund}: {payer} chỉ đang giữ {held} đồng, ít hơn {asked} đồng. Hãy xem lại số tiền,
    hoặc ghi các kết quả chi trả còn thiếu trước."""


class NotOfMonth(Refusal):
    """Xã mã {commune}, {fund}: trong {asked} đồng, tháng {month} chỉ có {held} đồng; phần còn lại là tiền của tháng
    sau. Hãy ghi khoản nộp trả vào tháng đã chuyển số tiền đó, nếu không tháng {month} sẽ không quyết toán được."""


class NoBudget(Refusal):
    """Năm {year}, {fund} của {holder} chưa được giao dự toán nên chưa rút được {asked} đồng.
    Hãy ghi quyết định giao dự toán trước: ansinh funds budget."""


class BudgetExceeded(Refusal):
    """Năm {year}, {fund} của {holder} còn được rút {left} đồng, thiếu {missing} đồng so với {asked} đồng cần chuyển.
    Hãy ghi quyết định bổ sung dự toán, hoặc chuyển ít hơn."""


def checked_parts(parts: Sequence[MoneyRow], *, place_code: str, month: Month) -> tuple[MoneyRow, ...]:
    """The parts in order; refuses (BadPart) one of nothing, said twice, of an unknown fund or outside the place."""
    communes = set(list_commune_codes(place_code, month.first_day))
    seen: set[tuple[str, str]] = set()
    for part in parts:
        if part.dong <= Dong(0):
            why = "số tiền phải lớn hơn 0"
        elif part.fund not in FUNDS:
            why = f"nguồn phải là một trong: {', '.join(FUNDS)}"
        elif part.commune not in communes:
            why = f"xã không thuộc địa bàn {place_code} trong tháng {month.vi}"
        elif (part.commune, part.fund) in seen:
            why = "cùng một xã và nguồn được ghi hai lần"
        else:
            seen.add((part.commune, part.fund))
            continue
        raise BadPart(commune=part.commune, fund=part.fund, dong=part.dong, why=why)
    return tuple(sorted(parts))


def hold_money(place_code: str, month: Month, payer: str, *, by: Actor) -> str:
    """Let nobody else move this money until the transaction ends; the code of the body whose book it is.

    Refuses a place outside the actor's areas and an unknown payer.
    """
    by.must_reach(path_of(place_code, month.first_day))
    get_payer(payer)
    holder = holder_of(place_code, month.first_day)
    lock_book(holder)
    # Vouchers of a payer are taken one after the other; who only refers to the payer does not wait.
    Payer.objects.select_for_update(no_key=True).get(pk=payer)
    return holder


def check_voucher(*, payer: str, kind: str, voucher_no: str, sent_on: date, at: datetime) -> str:
    """The voucher's number, trimmed; refuses one used before (VoucherUsed), empty, or of a day to come."""
    number = " ".join(voucher_no.split())
    today = at.astimezone(LEGAL_DAYS).date()
    if not number or sent_on > today:
        raise VoucherIncomplete(day=f"{sent_on:%d/%m/%Y}", today=f"{today:%d/%m/%Y}")
    used = Transfer.objects.filter(payer_id=payer, kind=kind, voucher_no=number).values_list("pk", flat=True).first()
    if used is not None:
        raise VoucherUsed(voucher_no=number, transfer_id=used, payer=payer)
    return number


def write_transfer(transfer: Transfer, parts: Sequence[MoneyRow]) -> Transfer:
    """Save a new transfer with its parts; its amount is their sum."""
    transfer.amount_dong = total(part.dong for part in parts)
    transfer.save(force_insert=True)
    TransferPart.objects.bulk_create(
        TransferPart(transfer=transfer, fund=part.fund, commune_code=part.commune, amount_dong=part.dong)
        for part in parts
    )
    return transfer


def record_sent(
    *,
    kind: str,
    recipe: str,
    payer: str,
    holder: str,
    month: Month,
    parts: Sequence[MoneyRow],
    voucher_no: str,
    sent_on: date,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Transfer:
    """Write and book a transfer that is recorded with its voucher, having happened already."""
    number = check_voucher(payer=payer, kind=kind, voucher_no=voucher_no, sent_on=sent_on, at=at)
    transfer = write_transfer(
        Transfer(
            kind=kind, payer_id=payer, place_code=holder, month=month, state="SENT", requested_at=at,
            requested_by=by.user_id, sent_at=at, sent_by=by.user_id, voucher_no=number, sent_on=sent_on,
            reason=reason,
        ),
        parts,
    )  # fmt: skip
    book_parts(transfer, recipe, parts, by=by, at=at)
    return transfer


def book_parts(transfer: Transfer, recipe: str, parts: Sequence[MoneyRow], *, by: Actor, at: datetime) -> None:
    """Book a transfer's parts by a recipe, one entry a commune."""
    rows = [BookRow(part.fund, transfer.payer_id, part.commune, part.dong) for part in parts]
    document = document_of(transfer)
    book(
        recipe=recipe, document=document, key=f"{document}:{recipe}", month=transfer.month,
        holder=transfer.place_code, rows=rows, by=by, at=at,
    )  # fmt: skip


def document_of(transfer: Transfer) -> str:
    """What the books call a transfer."""
    return f"transfer:{transfer.pk}"


def must_be_in_hand(parts: Sequence[MoneyRow], *, payer: str, kind: str) -> None:
    """Refuses (NotEnoughInHand) parts above what the payer ("with_payer") or its staff ("with_staff") hold."""
    held = {
        (cell.commune, cell.fund): cell.with_payer_dong if kind == "with_payer" else cell.with_staff_dong
        for cell in money_of([part.commune for part in parts], payer=payer)
    }
    for part in parts:
        found = held.get((part.commune, part.fund), Dong(0))
        if part.dong > found:
            raise NotEnoughInHand(
                commune=part.commune, fund=FUND_NAMES[part.fund], payer=payer, held=found, asked=part.dong
            )


def must_be_of_month(parts: Sequence[MoneyRow], *, payer: str, month: Month) -> None:
    """Refuses (NotOfMonth) parts above what the payer held for that month: later money is returned in its month."""
    held = list_held_until([part.commune for part in parts], payer=payer, month=month)
    for part in parts:
        found = max(Dong(0), held.get((part.commune, part.fund), Dong(0)))
        if part.dong > found:
            raise NotOfMonth(
                commune=part.commune, fund=FUND_NAMES[part.fund], month=month.vi, held=found, asked=part.dong
            )


def must_be_in_budget(parts: Sequence[MoneyRow], *, holder: str, month: Month, requested: bool) -> None:
    """Refuses (NoBudget, BudgetExceeded) parts beyond what decisions assigned and nobody has drawn or asked for.

    `requested` says that these parts themselves are already counted among what is asked for.
    """
    for fund in sorted({part.fund for part in parts}):
        asked = total(part.dong for part in parts if part.fund == fund)
        status = budget_of(holder, fund, month)
        left = status.assigned_dong - status.used_dong - status.requested_dong + (asked if requested else Dong(0))
        facts = {"year": status.year, "fund": FUND_NAMES[fund], "holder": holder, "asked": asked}
        if not status.assigned_dong:
            raise NoBudget(**facts)
        if asked > left:
            raise BudgetExceeded(**facts, left=left, missing=asked - left)
