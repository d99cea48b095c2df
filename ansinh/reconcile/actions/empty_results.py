"""Empty payers' files past their period."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.platform.retention import Emptied, period_of
from ansinh.reconcile.models import ResultsFile, ResultsRow
from ansinh.reconcile.states import SET_ASIDE

_APPLIED, _DISCARDED = "results_originals", "results_discarded"


@action(permission="reconcile.empty_results", name="Xóa tệp kết quả gốc hết thời hạn lưu")
def empty_results(*, by: Actor, at: datetime) -> Emptied:
    """The sealed bytes of applied files past their period are gone; what was recorded of them stays.

    One with a row set aside and not settled is kept.
    """
    over, kept = _over_applied(at)
    return Emptied(_APPLIED, over.update(sealed_original=b""), kept)


@action(permission="reconcile.empty_discarded", name="Xóa tệp kết quả đã bỏ hết thời hạn lưu")
def empty_discarded(*, by: Actor, at: datetime) -> Emptied:
    """The sealed bytes of discarded files past their period are gone, and the cells copied out of them; counts stay."""
    over = _over_discarded(at)
    ResultsRow.objects.filter(file__in=over).update(written={}, receiver_name="", receiver_key="")
    return Emptied(_DISCARDED, over.update(sealed_original=b""))


def preview_results(*, at: datetime) -> tuple[Emptied, Emptied]:
    """What both would empty; nothing is written."""
    over, kept = _over_applied(at)
    return Emptied(_APPLIED, over.count(), kept), Emptied(_DISCARDED, _over_discarded(at).count())


def _over_applied(at: datetime) -> tuple[QuerySet[ResultsFile], int]:
    last = period_of(_APPLIED).last_year_over(localdate(at))
    past = ResultsFile.objects.filter(state="APPLIED", uploaded_at__year__lte=last).exclude(sealed_original=b"")
    unsettled = (
        past.filter(Q(results_rows__verdict=SET_ASIDE, results_rows__resolved_at__isnull=True)).values("pk").distinct()
    )
    return past.exclude(pk__in=unsettled), unsettled.count()


def _over_discarded(at: datetime) -> QuerySet[ResultsFile]:
    last = period_of(_DISCARDED).last_year_over(localdate(at))
    past = ResultsFile.objects.filter(state="DISCARDED", discarded_at__year__lte=last)
    return past.exclude(sealed_original=b"")
