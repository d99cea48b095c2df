"""The money of the small place's month, brought by the real actions as far as a test wants; the post's own files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from ansinh.funds.actions import assign_budget, record_transfer, request_transfer
from ansinh.kernel.money import Dong
from ansinh.payout.actions import hand_over_batch, issue_orders, release_batch
from ansinh.reconcile.actions import apply_results, import_results
from ansinh.reports.actions import export_payer_list
from ansinh.settlement.actions import close_month, confirm_month
from tests.seeding import AT, AUGUST, CHO_DON, Desk
from tests.web.months import run_in

POST = "buu-dien"


def give_budget(desk: Desk, amount: int = 50_000_000) -> None:
    """Enough for the year."""
    assign_budget(place_code=CHO_DON, fund="tcxh", year=2020, amount_dong=Dong(amount), decision_no="01/QĐ-UBND",
                  decided_on=date(2020, 1, 2), by=desk.finance, at=AT)  # fmt: skip


def money_at(step: str, desk: Desk, *, unpaid: tuple[str, ...] = ()) -> int:
    """The id of the August run with its money as far as that step; `unpaid` names who does not come."""
    return next(run_id for reached, run_id in played(desk, unpaid=unpaid) if reached == step)


def played(desk: Desk, *, unpaid: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
    """The August run step by step: each step's name once it is done."""
    run_id = run_in("APPROVED", desk)
    give_budget(desk)
    yield "APPROVED", run_id
    (batch_id,) = issue_orders(run_id=run_id, by=desk.officer, at=AT).batch_ids
    yield "ISSUED", run_id
    asked = request_transfer(payer=POST, place_code=CHO_DON, month=AUGUST, by=desk.finance, at=AT)
    yield "REQUESTED", run_id
    record_transfer(transfer_id=asked.transfer_id, voucher_no="UNC-1", sent_on=AT.date(), by=desk.finance, at=AT)
    yield "SENT", run_id
    release_batch(batch_id=batch_id, by=desk.finance, at=AT)
    yield "RELEASED", run_id
    hand_over_batch(batch_id=batch_id, file_digest=_exported(batch_id, desk)[1], by=desk.payer, at=AT)
    yield "HANDED_OVER", run_id
    content = filled(rows_of(batch_id, desk), unpaid=unpaid)
    taken = import_results(content=content, file_name="ket-qua.csv", payer=POST, by=desk.payer, at=AT)
    apply_results(file_id=taken.file_id, by=desk.payer, at=AT)
    yield "REPORTED", run_id
    confirm_month(payer=POST, place_code=CHO_DON, month=AUGUST, by=desk.officer, at=AT)
    yield "CONFIRMED", run_id
    close_month(payer=POST, place_code=CHO_DON, month=AUGUST, by=desk.finance, at=AT)
    yield "CLOSED", run_id


def _exported(batch_id: int, desk: Desk) -> tuple[bytes, str]:
    made = export_payer_list(batch_id=batch_id, form="csv", by=desk.payer, at=AT)
    return made.content, made.content_digest


def rows_of(batch_id: int, desk: Desk) -> list[dict[str, str]]:
    """The payer's list of a batch as the post reads it."""
    return list(csv.DictReader(io.StringIO(_exported(batch_id, desk)[0].decode("utf-8-sig"))))


def filled(rows: list[dict[str, str]], *, unpaid: tuple[str, ...] = (), day: str = "22/07/2020") -> bytes:
    """The list as the post sends it back: paid with a signature, or not come, by name."""
    for row in rows:
        if row["Họ và tên"] in unpaid:
            row |= {"Kết quả": "Chưa trả", "Lý do chưa trả": "Không đến nhận"}
        elif not row["Kết quả"]:
            row |= {"Kết quả": "Đã trả", "Ngày trả": day, "Hình thức ký nhận": "Ký nhận"}
    return written(rows)


def written(rows: list[dict[str, str]]) -> bytes:
    """Rows as a CSV file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
