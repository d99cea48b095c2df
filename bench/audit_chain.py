"""What the chain of the audit trail costs, with and without its trigger in turn, on a server of its own.

    .venv/bin/python bench/audit_chain.py [ENTRIES]

One entry in a large act; looks by many people at once, each committed by itself; and the proof over all of them.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ansinh.ops.preparation import prepared_database
from tests.ops.homes import fresh_home, started

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
THREADS = (1, 2, 4, 8, 16)
LOOKS = 800
ACTS = 20


def main(entries: int) -> None:
    """Print a line for each figure, plain and chained."""
    with fresh_home("audit-chain") as home:
        started(home)
        os.environ["ANSINH_HOME"] = str(home.root)
        prepared_database()
        print(f"{'':<34}{'plain':>12}{'chained':>12}{'ratio':>8}")
        plain, chained = (_in_one_act(entries, chained=on) for on in (False, True))
        _line(f"µs an entry, {entries} in one act", plain, chained)
        for threads in THREADS:
            plain, chained = (_looks_at_once(threads, chained=on) for on in (False, True))
            _line(f"looks a second, {threads} at once", plain, chained)
        _proof()


def _line(name: str, plain: float, chained: float) -> None:
    print(f"{name:<34}{plain:>12.0f}{chained:>12.0f}{chained / plain:>8.2f}", flush=True)


def _switch(*, chained: bool) -> None:
    """The trigger on or off; without it entries number and hash themselves from a sequence, unique and meaningless."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE platform_auditentry {'ENABLE' if chained else 'DISABLE'} TRIGGER USER")
        if chained:
            cursor.execute("ALTER TABLE platform_auditentry DISABLE TRIGGER audit_append_only")
            cursor.execute("DELETE FROM platform_auditentry WHERE hash = 'plain'")
            cursor.execute("ALTER TABLE platform_auditentry ENABLE TRIGGER audit_append_only")


_INSERT = """
    INSERT INTO platform_auditentry (number, at, actor_id, actor_name, action, facts, person_id, place_code, reason,
        channel, address, session, agent, previous, hash)
    VALUES (1000000000 + nextval('bench_number'), %s, 7, 'Nông Thị Lập', 'registry.look_person',
        '{"month": "2026-11", "rows": 300}', 12, '02053', '', 'web', '10.0.0.1', '0123456789abcdef', 'Firefox', '',
        'plain')
"""


def _in_one_act(entries: int, *, chained: bool) -> float:
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE IF NOT EXISTS bench_number")
    _switch(chained=chained)
    began = time.perf_counter()
    for _ in range(ACTS):
        with transaction.atomic(), connection.cursor() as cursor:
            for _ in range(entries):
                cursor.execute(_INSERT, [AT])
    return (time.perf_counter() - began) / entries / ACTS * 1e6


def _looks_at_once(threads: int, *, chained: bool) -> float:
    """Committed looks a second, of so many connections that never pause."""
    from django.db import connection, transaction

    _switch(chained=chained)

    def look(_: int) -> None:
        try:
            for _ in range(LOOKS // threads):
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(_INSERT, [AT])
        finally:
            connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(look, range(threads)))
    return LOOKS // threads * threads / (time.perf_counter() - began)


def _proof() -> None:
    from ansinh.platform.chain import find_broken_audit
    from ansinh.platform.models import AuditEntry

    _switch(chained=True)
    began = time.perf_counter()
    broken = find_broken_audit()
    seconds = time.perf_counter() - began
    print(f"audit_chain over {AuditEntry.objects.count()} entries: {seconds:.2f} s, {len(broken)} broken")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
