"""Spans of many places decided by several processes are those decided one after the other; broken off, the next call
does the rest."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from ansinh.access.roles import Role
from ansinh.access.types import OutOfArea
from ansinh.entitlement.models import LostSpan, Span, SpanState
from ansinh.kernel.month import Month
from ansinh.payroll.actions import refresh_spans_in
from ansinh.places.queries import list_commune_codes
from ansinh.platform.cancelling import Cancelled, cancellable
from tests.committing import transactional_db
from tests.entitlement.registers import fill_register
from tests.seeding import AT, Desk, appointed, open_desk

__all__ = ["transactional_db"]

pytestmark = pytest.mark.usefixtures("transactional_db")

MONTH = Month.of(2026, 8)
_SPANS = ("person_id", "grant_id", "benefit", "regime", "coefficient", "starts", "ends", "law", "article", "reason",
          "for_person_id", "assumed", "deducted_dong", "pack_digest")  # fmt: skip
_LOST = ("person_id", "grant_id", "benefit", "starts", "ends", "because", "reason")


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    return open_desk()


@pytest.fixture
def places() -> list[str]:
    """Six communes of one province with some sixty people each."""
    codes = list_commune_codes("19", MONTH.first_day)[:6]
    with transaction.atomic():
        fill_register(360, communes=codes, seed=11)
    return list(codes)


def _refresh(desk: Desk, places: list[str], workers: int, progress: Callable[[int, int], None] | None = None) -> int:
    done = refresh_spans_in(places, month=MONTH, by=desk.officer, at=AT, workers=workers, progress=progress)
    return done.people


def _standing() -> tuple[set[Any], set[Any], set[Any]]:
    return (
        set(Span.objects.values_list(*_SPANS)),
        set(LostSpan.objects.values_list(*_LOST)),
        set(SpanState.objects.values_list("person_id", "facts_version", "pack_digest")),
    )


def test_many_processes_write_what_one_would(desk: Desk, places: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        assert _refresh(desk, places, 1) == 360
        alone = _standing()
        transaction.set_rollback(True)
    assert SpanState.objects.count() == 0
    _in_small_parts(monkeypatch)
    told: list[tuple[int, int]] = []
    assert _refresh(desk, places, 2, lambda *done: told.append(done)) == 360
    assert _standing() == alone
    assert told[-1] == (360, 360)
    assert len(told) > 2
    assert _refresh(desk, places, 2) == 0


def test_broken_off_it_is_done_to_the_end_by_the_next(
    desk: Desk, places: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_small_parts(monkeypatch)
    with pytest.raises(Cancelled):
        _refresh(desk, places, 2, cancellable(lambda: True))
    kept = SpanState.objects.count()
    assert 0 < kept < 360
    assert set(Span.objects.values_list("person_id", flat=True)) <= set(
        SpanState.objects.values_list("person_id", flat=True)
    )
    assert _refresh(desk, places, 2) == 360 - kept


def test_out_of_area_is_refused_by_whichever_process(
    desk: Desk, places: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_small_parts(monkeypatch)
    elsewhere = appointed(Role.OFFICER, places[0])
    with pytest.raises(OutOfArea):
        refresh_spans_in(places, month=MONTH, by=elsewhere, at=AT, workers=2)
    assert set(Span.objects.values_list("person_id", flat=True)) <= set(
        SpanState.objects.values_list("person_id", flat=True)
    )


def _in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many parts and processes as if these were a nation."""
    # The function of the same name hides the module from an import.
    monkeypatch.setattr(sys.modules[refresh_spans_in.__module__], "_PART", 50)
    monkeypatch.setattr(sys.modules[refresh_spans_in.__module__], "_FEW", 0)
