"""Holds and releases never cross: a hold is placed or lifted alone, money is given free while holds stand still."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from ansinh.registry.models import Hold

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('registry.hold'), 0)"
_LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(hashtext('registry.hold'), 0)"


def keep_holds_still() -> None:
    """Nobody places or lifts a hold until this transaction ends; others may hold them still beside it."""
    _run(_LOCK_SHARED)


def move_holds_alone() -> None:
    """No money is given free, and no other hold moves, until this transaction ends."""
    _run(_LOCK)


def pass_hold(order_id: int, to_order_id: int, *, at: datetime) -> None:
    """What keeps one order back keeps the order back that takes its place; whoever placed it still is who placed it."""
    for hold in Hold.objects.filter(order_id=order_id, lifted_at__isnull=True):
        hold.pk, hold.order_id, hold.recorded_at = None, to_order_id, at
        hold.save(force_insert=True)


def _run(lock: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(lock)
