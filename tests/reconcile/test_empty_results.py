"""Payers' files past their period: applied ones when nothing of them is open, discarded ones with their cells."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ansinh.access.types import SYSTEM
from ansinh.kernel.refusal import Refusal
from ansinh.ops.proving import every_proof, prove
from ansinh.reconcile.actions import discard_results, empty_discarded, empty_results, preview_results, resolve_row
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.queries import get_results_file, marked_results
from tests.reconcile.conftest import LATER, Office, check, take
from tests.reconcile.files import listed, row

AFTER_5, AFTER_10 = datetime(2026, 1, 2, tzinfo=UTC), datetime(2031, 1, 2, tzinfo=UTC)


def _counts(at: datetime) -> tuple[int, int]:
    applied, discarded = preview_results(at=at)
    return applied.count, discarded.count


def test_an_applied_file_stays_until_nothing_of_it_is_open(office: Office) -> None:
    wrong = {**office.cells(2), "amount": 1}
    taken = take(office, listed(row(1, **office.cells(1)), row(2, **wrong)))
    assert _counts(AFTER_5) == (0, 0)
    done = empty_results(by=SYSTEM, at=AFTER_10)
    assert (done.count, done.kept) == (0, 1)
    open_row = ResultsRow.objects.get(file_id=taken.file_id, verdict="set_aside")
    resolve_row(row_id=open_row.pk, how="dismiss", reason="ghi nhầm", order_code="", by=office.desk.payer, at=LATER)
    assert _counts(AFTER_10) == (1, 0)
    assert empty_results(by=SYSTEM, at=AFTER_10).count == 1
    kept = get_results_file(taken.file_id, by=office.desk.payer)
    with pytest.raises(Refusal) as refused:
        marked_results(kept, by=office.desk.payer)
    assert refused.value.code == "results_emptied"
    assert [one.proof.code for one in prove(every_proof()) if one.differences] == []


def test_a_discarded_file_goes_with_the_cells_copied_out_of_it(office: Office) -> None:
    checked = check(office, listed(row(1, **office.cells(1))))
    discard_results(file_id=checked.file_id, reason="nhầm tệp", by=office.desk.payer, at=LATER)
    assert ResultsRow.objects.get().written != {}
    assert empty_discarded(by=SYSTEM, at=LATER).count == 0
    assert _counts(AFTER_5) == (0, 1)
    assert empty_discarded(by=SYSTEM, at=AFTER_5).count == 1
    assert (ResultsRow.objects.get().written, ResultsRow.objects.count()) == ({}, 1)
    assert bytes(ResultsFile.objects.get().sealed_original) == b""
    assert [one.proof.code for one in prove(every_proof()) if one.differences] == []
