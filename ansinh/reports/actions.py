"""Handing out what must not leave unseen: the payer's list, with names, amounts and, for a bank, whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ansinh.access.types import Actor
from ansinh.kernel.names import folded
from ansinh.platform.action import action
from ansinh.reports.payer_list import PayerList, render_csv
from ansinh.reports.payer_sheet import render_payer_xlsx
from ansinh.reports.queries.papers import MEDIA_TYPES
from ansinh.reports.queries.payer_lists import read_payer_list

__all__ = ["PayerListExported", "export_payer_list"]


@dataclass(frozen=True, slots=True)
class PayerListExported:
    """The file for the payer. `content_digest` is the same for both forms: what `hand_over_batch` takes."""

    batch_id: int
    file_name: str
    media_type: str
    content_digest: str
    # How many account numbers stand in it in the clear.
    accounts: int
    content: bytes = field(repr=False)


@action(permission="reports.export_payer_list", name="Xuất danh sách chuyển tổ chức chi trả")
def export_payer_list(*, batch_id: int, form: Literal["xlsx", "csv"], by: Actor, at: datetime) -> PayerListExported:
    """The list of a released batch as a file for its payer; each export is recorded, with how many numbers it opens.

    The same batch gives the same bytes. Refuses NoSuchBatch, NothingToHandOver, NameBesideHiv.
    """
    record = read_payer_list(batch_id, by=by)
    return PayerListExported(
        batch_id=batch_id,
        file_name=_file_name(record, form),
        media_type=MEDIA_TYPES[form],
        content_digest=record.content_digest,
        accounts=sum(row.account is not None for row in record.rows),
        content=render_payer_xlsx(record) if form == "xlsx" else render_csv(record),
    )


def _file_name(record: PayerList, form: str) -> str:
    """With the declared count and total, for the CSV has no room for them."""
    place = folded(record.place.name).replace(" ", "-")
    declared = f"{record.declared_count}-lenh-{record.declared_dong.value}-dong"
    return f"danh-sach-chi-tra-dot-{record.batch_id}-{place}-{record.month}-{declared}.{form}"
