"""Many acts at once, on connections of their own: one chain, and nobody waits for an act that is still at work."""

from __future__ import annotations

import threading

from django.db import connection, transaction

from ansinh.audit.actions import tell_sign_in
from ansinh.platform.audit import gathered, record
from ansinh.platform.chain import find_broken_audit
from ansinh.platform.models import AuditEntry
from tests.committing import at_once, transactional_db
from tests.platform.test_audit import BY
from tests.seeding import AT

__all__ = ["transactional_db"]

_THREADS, _EACH = 8, 5


def test_looks_at_once_make_one_chain(transactional_db: None) -> None:
    before = AuditEntry.objects.count()

    def look(_: int) -> None:
        for _ in range(_EACH):
            tell_sign_in("access.signed_in", by=BY, at=AT)

    at_once(_THREADS, look)
    assert AuditEntry.objects.count() == before + _THREADS * _EACH
    assert AuditEntry.objects.latest("number").number == before + _THREADS * _EACH
    assert find_broken_audit() == []


def test_an_act_at_work_keeps_nobody_waiting(transactional_db: None) -> None:
    """The head is taken when an act ends, not when it first has something to tell."""
    done = threading.Event()

    def look() -> None:
        tell_sign_in("access.signed_in", by=BY, at=AT)
        connection.close()
        done.set()

    with transaction.atomic(), gathered():
        record(by=BY, at=AT, action="test.long", facts={})
        other = threading.Thread(target=look)
        other.start()
        assert done.wait(timeout=20)
        other.join()
    assert [entry.action for entry in AuditEntry.objects.order_by("-number")[:2]] == ["test.long", "access.signed_in"]
    assert find_broken_audit() == []
