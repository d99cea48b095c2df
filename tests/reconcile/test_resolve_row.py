"""Rows set aside are settled by somebody, with a reason: matched with their order by hand, or dismissed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ansinh.payout.queries import get_order
from ansinh.reconcile.actions import resolve_row
from ansinh.reconcile.actions.resolve_row import (
    NotAnOrderCode,
    ResolutionNeedsReason,
    RowNotReadable,
    RowNotSetAside,
    RowSettledAlready,
    StillSetAside,
    UnknownResolution,
)
from ansinh.reconcile.models import ResultsRow
from ansinh.reconcile.queries import list_open_rows
from ansinh.reconcile.types import RowSetAside
from tests.reconcile.conftest import LATER, POST, Office, check, take
from tests.reconcile.files import code, listed, row
from tests.seeding import AUGUST, NGOC_PHAI

REASON = "Đã đối chiếu phiếu ký nhận tại bưu cục"


def resolve(office: Office, row_id: int, how: str = "match_order", **more: str) -> int | None:
    facts = {"reason": REASON, **more}
    return resolve_row(row_id=row_id, how=how, by=office.desk.payer, at=LATER, **facts).result_id


def only_open(office: Office) -> RowSetAside:
    [found] = list_open_rows(by=office.desk.payer)
    return found


def test_a_row_with_a_wrong_code_is_matched_by_hand(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1) | {"order_code": "số 12 cũ"})))
    aside = only_open(office)
    assert (aside.code, aside.may_match) == ("bad_order_code", True)
    right = office.item(1).order_code
    result = resolve(office, aside.row_id, order_code=right.lower())
    assert result is not None
    assert get_order(office.item(1).order_id, by=office.desk.officer).state == "PAID"
    assert list_open_rows(by=office.desk.payer) == []
    kept = ResultsRow.objects.get(pk=aside.row_id)
    assert (kept.resolved_by, kept.resolved_at, kept.resolved_reason) == (office.desk.payer.user_id, LATER, REASON)
    assert (kept.verdict, kept.resolved_code) == ("set_aside", right)
    assert resolve(office, aside.row_id, order_code=right) == result
    with pytest.raises(RowSettledAlready):
        resolve(office, aside.row_id, "dismiss")


def test_a_match_is_judged_like_any_report(office: Office) -> None:
    wrong = int(str(office.cells(1)["amount"])) + 1
    take(office, listed(row(1, **office.cells(1) | {"amount": wrong}), row(1, **office.cells(2))))
    aside = only_open(office)
    for other, why in ((office.item(1).order_code, "other_amount"), (code(99_999_999), "unknown_order")):
        with pytest.raises(StillSetAside) as refused:
            resolve(office, aside.row_id, order_code=other)
        assert refused.value.facts["message"], why
    assert only_open(office) == aside
    resolve(office, aside.row_id, "dismiss", reason="bưu cục ghi nhầm, đã gửi lại dòng đúng")
    assert list_open_rows(by=office.desk.payer) == []
    assert get_order(office.item(1).order_id, by=office.desk.officer).state == "RELEASED"


def test_one_of_two_rows_is_chosen(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1)), row(1, **office.cells(1), happened_on=date(2020, 8, 6))))
    first, second = list_open_rows(by=office.desk.payer)
    resolve(office, first.row_id, order_code=office.item(1).order_code)
    with pytest.raises(StillSetAside):
        resolve(office, second.row_id, order_code=office.item(1).order_code)
    resolve(office, second.row_id, "dismiss")


def test_an_unreadable_row_can_only_be_dismissed(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1), happened_on="hôm qua")))
    aside = only_open(office)
    assert not aside.may_match
    with pytest.raises(RowNotReadable) as refused:
        resolve(office, aside.row_id, order_code=office.item(1).order_code)
    assert "K4" in refused.value.message
    resolve(office, aside.row_id, "dismiss")


def test_refusals(office: Office) -> None:
    content = listed(row(1, **office.cells(1) | {"order_code": None}), row(1, **office.cells(2)))
    checked = check(office, content)
    row_id = ResultsRow.objects.get(verdict="set_aside").pk
    with pytest.raises(RowNotSetAside):
        resolve(office, row_id, "dismiss")
    assert list_open_rows(by=office.desk.payer) == []
    assert take(office, content).file_id == checked.file_id
    with pytest.raises(UnknownResolution):
        resolve(office, row_id, "pay")
    with pytest.raises(ResolutionNeedsReason):
        resolve(office, row_id, "dismiss", reason="  ")
    with pytest.raises(NotAnOrderCode):
        resolve(office, row_id, order_code="AS1")
    with pytest.raises(RowNotSetAside):
        resolve(office, ResultsRow.objects.get(verdict="applied").pk, "dismiss")


def test_open_rows_by_commune_and_month(office: Office) -> None:
    content = listed(row(1, **office.cells(1) | {"amount": 5}), row(1, **office.cells(2) | {"order_code": None}))
    take(office, content)
    asked: dict[str, Any] = {"by": office.desk.payer, "payer": POST}
    assert len(list_open_rows(**asked)) == 2
    assert [r.row for r in list_open_rows(**asked, commune_code=NGOC_PHAI, month=AUGUST)] == [4]
    assert list_open_rows(**asked, commune_code=NGOC_PHAI, month=AUGUST + 1) == []
    assert list_open_rows(**asked, commune_code="02050") == []
    assert list_open_rows(by=office.desk.payer, payer="khac") == []


def test_the_database_keeps_no_settlement_without_a_reason(office: Office) -> None:
    take(office, listed(row(1, **office.cells(1) | {"order_code": None})))
    with pytest.raises(IntegrityError, match="results_row_resolved_with_reason"), transaction.atomic():
        ResultsRow.objects.update(resolved_how="dismiss", resolved_at=LATER, resolved_by=1)
