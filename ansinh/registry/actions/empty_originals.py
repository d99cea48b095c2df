"""Empty register files past their period."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from ansinh.access.types import Actor
from ansinh.platform.action import action
from ansinh.platform.retention import Emptied, period_of
from ansinh.registry.models import RegisterFile

_CODE = "register_originals"


@action(permission="registry.empty_originals", name="Xóa tệp sổ gốc hết thời hạn lưu")
def empty_originals(*, by: Actor, at: datetime) -> Emptied:
    """The sealed bytes of register files past their period are gone; the digest, rows and findings stay.

    One with a proposal still waiting is kept: whoever decides may want to see the file.
    """
    over, kept = _over(at)
    count = over.update(sealed_original=b"")
    return Emptied(_CODE, count, kept)


def preview_originals(*, at: datetime) -> Emptied:
    """What `empty_originals` would empty; nothing is written."""
    over, kept = _over(at)
    return Emptied(_CODE, over.count(), kept)


def _over(at: datetime) -> tuple[QuerySet[RegisterFile], int]:
    last = period_of(_CODE).last_year_over(localdate(at))
    past = RegisterFile.objects.filter(received_at__year__lte=last).exclude(sealed_original=b"")
    waiting = Q(proposals__state="OPEN")
    kept = past.filter(waiting).values("pk").distinct().count()
    return past.exclude(pk__in=past.filter(waiting).values("pk")), kept
