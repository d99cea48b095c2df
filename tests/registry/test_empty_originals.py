"""Register files past their period are emptied, keeping their digest; those still needed, and younger ones, stay."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.access.types import SYSTEM
from ansinh.kernel.refusal import Refusal
from ansinh.ops.keys import every_sealed_column
from ansinh.platform.action import NotPermitted
from ansinh.platform.models import AuditEntry
from ansinh.platform.resealing import breaks_of
from ansinh.platform.retention import PERIODS, period_of
from ansinh.registry.actions import accept_proposals, empty_originals, preview_originals
from ansinh.registry.models import Proposal, RegisterFile
from ansinh.registry.queries import get_register_file, marked_workbook
from tests.registry.conftest import AN, THAO, changed, register, take
from tests.seeding import Desk

# Received in 2020: kept ten whole years after it.
LAST_DAY_KEPT, FIRST_DAY_OVER = datetime(2030, 12, 31, 16, tzinfo=UTC), datetime(2030, 12, 31, 18, tzinfo=UTC)


def test_a_file_is_emptied_after_its_years_and_says_so(desk: Desk) -> None:
    content = register(AN, THAO)
    file = get_register_file(take(desk, content).file_id, by=desk.officer)
    assert preview_originals(at=LAST_DAY_KEPT).count == 0
    assert empty_originals(by=SYSTEM, at=LAST_DAY_KEPT).count == 0
    assert preview_originals(at=FIRST_DAY_OVER).count == 1
    assert marked_workbook(file, by=desk.officer)
    assert empty_originals(by=SYSTEM, at=FIRST_DAY_OVER).count == 1
    assert empty_originals(by=SYSTEM, at=FIRST_DAY_OVER).count == 0
    file.refresh_from_db()
    assert (bytes(file.sealed_original), file.rows, len(file.digest)) == (b"", 2, 64)
    with pytest.raises(Refusal) as refused:
        marked_workbook(file, by=desk.officer)
    assert refused.value.code == "original_emptied"
    told = AuditEntry.objects.filter(action="registry.empty_originals").order_by("number")
    assert [one.facts["count"] for one in told] == [0, 1, 0]
    # What is emptied is neither missing nor under any key.
    assert breaks_of(every_sealed_column()) == []
    # The same file again is known by its digest.
    assert take(desk, content).already_known


def test_a_file_with_a_proposal_waiting_is_kept(desk: Desk) -> None:
    take(desk, register(AN, THAO))
    take(desk, register(AN, changed(THAO, decision="99/QĐ-UBND")), name="sau.xlsx")
    waiting = list(Proposal.objects.filter(state="OPEN"))
    assert waiting
    done = empty_originals(by=SYSTEM, at=FIRST_DAY_OVER)
    assert (done.count, done.kept) == (1, 1)
    accept_proposals(ids=tuple(one.pk for one in waiting), by=desk.officer, at=FIRST_DAY_OVER)
    assert empty_originals(by=SYSTEM, at=FIRST_DAY_OVER).count == 1
    assert not RegisterFile.objects.exclude(sealed_original=b"").exists()


def test_only_the_administrator_empties(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        empty_originals(by=desk.officer, at=FIRST_DAY_OVER)


def test_every_period_says_its_law_and_counts_whole_years() -> None:
    assert all(one.law and one.name_vi and one.counted_from for one in PERIODS)
    assert period_of("results_discarded").last_year_over(date(2026, 6, 1)) == 2020
    with pytest.raises(ValueError, match="audit_trail"):
        period_of("audit_trail").last_year_over(date(2026, 6, 1))
