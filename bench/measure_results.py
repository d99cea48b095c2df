"""Results of so many orders in by file: read, checked, judged, kept and recorded, beside copying and updating alone.

    .venv/bin/python -m bench.measure_results [ORDERS]

Two floors. The bare one copies the same file into a table without a key and sets the state of the same orders, one
statement each. The finished one copies what the product wrote, row for row, into the very tables it wrote it to, keys,
indexes and triggers on, and sets the states. Each round is taken back, what is checked at the commit counted in.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure, table_of
from bench.ground import Ground, desk
from bench.memory import peak_memory

if TYPE_CHECKING:
    from ansinh.payout.models import Batch

_SHARE, _LEAST = 5, 100
# One order in so many was not collected.
_LEFT = 50
_KEPT = ("payout_recording", "reconcile_resultsfile", "payout_result", "reconcile_resultsrow")
_MOVED = ("payout_order", "payout_result", "reconcile_resultsrow")
_BLOCK = 1 << 18


def measure_results(ground: Ground) -> list[Figure]:
    """Results of as many orders as a fifth of the people: of the country's five million, a million."""
    return measure_batch(max(ground.people // _SHARE, _LEAST), ground)


def measure_batch(orders: int, ground: Ground) -> list[Figure]:
    """So many orders made for it, reported paid by file; the ratios to both floors."""
    batch = released_orders(orders)
    content = _file(batch)
    bare, finished, own = [], [], []
    with peak_memory() as peak:
        for _ in range(ground.rounds):
            bare.append(_bare(content, batch))
            seconds, rows = _taken_in(content, batch, ground.folder)
            own.append(seconds)
            finished.append(_finished(rows, batch))
    told = f"results of {orders:,} orders in by file"
    note = "bare floor: COPY of the file into a table without a key, one UPDATE of the same orders"
    return [
        Figure("results_by_file", told, tuple(own), "COPY bare + UPDATE", tuple(bare), goal=1.2, peak_mb=peak.mb,
               notes=(note,), count=orders, of="orders"),
        Figure("results_by_file_finished", f"{told}, beside its own tables", tuple(own),
               "COPY of finished rows + UPDATE", tuple(finished), goal=1.2, peak_mb=peak.mb,
               count=orders, of="orders"),
    ]  # fmt: skip


def released_orders(people: int) -> Batch:
    """A batch of so many orders in the payer's hands: the list by SQL, orders and release by the product's own acts."""
    from ansinh.funds.actions import assign_budget, record_transfer, request_transfer
    from ansinh.kernel.money import Dong
    from ansinh.ops.acting import now
    from ansinh.payout.actions import issue_orders, release_batch
    from ansinh.payout.models import Batch
    from ansinh.payout.queries import list_batches
    from tests.payout.province import PROVINCE, approve_province
    from tests.seeding import AT, AUGUST

    # Those of a measurement broken off are as good: every round is taken back.
    left = Batch.objects.filter(month=AUGUST, released_at__isnull=False).first()
    if left is not None:
        return left
    by, asked_at = desk(), now()
    run = approve_province(by, people)
    assign_budget(place_code=PROVINCE, fund="tcxh", year=AUGUST.year, amount_dong=Dong(people * 1_000_000),
                  decision_no=f"đo {asked_at}", decided_on=AT.date(), by=by.finance, at=asked_at)  # fmt: skip
    issue_orders(run_id=run.pk, by=by.officer, at=AT)
    [batch] = list_batches(by=by.officer, run_id=run.pk)
    asked = request_transfer(payer=batch.payer, place_code=PROVINCE, month=batch.month, by=by.finance, at=AT)
    record_transfer(transfer_id=asked.transfer_id, voucher_no=f"đo {asked.transfer_id}", sent_on=AT.date(),
                    by=by.finance, at=AT)  # fmt: skip
    release_batch(batch_id=batch.pk, by=by.finance, at=AT)
    return Batch.objects.get(pk=batch.pk)


def _file(batch: Batch) -> bytes:
    """What the payer sends back: our own list with its last columns filled."""
    from django.db import connection

    from ansinh.reconcile.types import LIST_HEADINGS, OUTCOME_WORDS, PROOF_WORDS

    asked = (
        "COPY (SELECT listed.code, roster.full_name, '1935', roster.hamlet, item.commune_code, '08/2020', 'Mới',"
        " item.amount_dong FROM payout_batchitem AS item INNER JOIN payout_order AS listed"
        " ON item.order_id = listed.id INNER JOIN payroll_rosterentry AS roster ON listed.roster_id = roster.id"
        " WHERE item.batch_id = %s ORDER BY listed.id) TO STDOUT"
    )
    out = io.StringIO()
    written = csv.writer(out)
    written.writerow(LIST_HEADINGS)
    with connection.cursor() as cursor, cursor.copy(asked, [batch.pk]) as copy:
        for number, row in enumerate(copy.rows()):
            day = f"{batch.issued_at + timedelta(days=1 + number % 9):%d/%m/%Y}"
            if number % _LEFT == 0:
                told = (OUTCOME_WORDS["unpaid"], day, "", "", "", "Không đến nhận", "")
            else:
                told = (OUTCOME_WORDS["paid"], day, row[1], "Bản thân", PROOF_WORDS["signature"], "", "")
            written.writerow((*row, "", *told))
    return out.getvalue().encode()


@contextmanager
def _taken_back() -> Iterator[None]:
    """Everything inside is undone, and what it left on the pages swept."""
    from django.db import connection, transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        for table in _MOVED:
            cursor.execute(f"VACUUM {table}")


def _bare(content: bytes, batch: Batch) -> float:
    from django.db import connection

    with _taken_back(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_reported ({', '.join(f'cell_{number} text' for number in range(16))})")
        began = time.perf_counter()
        with cursor.copy("COPY bench_reported FROM STDIN (FORMAT csv, HEADER)") as copy:
            for at in range(0, len(content), _BLOCK):
                copy.write(content[at : at + _BLOCK])
        cursor.execute("UPDATE payout_order SET state = 'PAID' WHERE batch_id = %s", [batch.pk])
        return time.perf_counter() - began


def _taken_in(content: bytes, batch: Batch, folder: Path) -> tuple[float, dict[str, Path]]:
    """The seconds, and the finished rows in files for the floor."""
    from django.db import connection

    from ansinh.reconcile.actions import apply_results, import_results
    from ansinh.reconcile.models import ResultsFile

    payer, at = desk().payer, batch.issued_at + timedelta(days=20)
    with _taken_back():
        began = time.perf_counter()
        taken = import_results(content=content, file_name="ket-qua.csv", payer=batch.payer, month=batch.month,
                               by=payer, at=at)  # fmt: skip
        done = apply_results(file_id=taken.file_id, by=payer, at=at)
        if done.set_aside:
            raise AssertionError(f"{done.set_aside} rows set aside")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        seconds = time.perf_counter() - began
        file = ResultsFile.objects.filter(pk=taken.file_id)
        recording_id = file.values_list("recording_id", flat=True).get()
        file.update(sealed_original=b"")
        keys: dict[str, tuple[str, int | None]] = {
            "payout_recording": ("id", recording_id), "reconcile_resultsfile": ("id", taken.file_id),
            "payout_result": ("recording_id", recording_id), "reconcile_resultsrow": ("file_id", taken.file_id),
        }  # fmt: skip
        return seconds, {table: _written(folder, table, *keys[table]) for table in _KEPT}


def _written(folder: Path, table: str, column: str, row_id: int | None) -> Path:
    from django.db import connection

    path = folder / f"{table}.copy"
    asked = f"COPY (SELECT * FROM {table} WHERE {column} = {row_id} ORDER BY id) TO STDOUT"  # noqa: S608 - our own
    with path.open("wb") as file, connection.cursor() as cursor, cursor.copy(asked) as copy:
        for block in copy:
            file.write(block)
    return path


def _finished(rows: dict[str, Path], batch: Batch) -> float:
    from django.db import connection

    with _taken_back(), connection.cursor() as cursor:
        began = time.perf_counter()
        for table, path in rows.items():
            with path.open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                while block := file.read(_BLOCK):
                    copy.write(block)
        cursor.execute("UPDATE payout_order SET state = 'PAID' WHERE batch_id = %s", [batch.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return time.perf_counter() - began


def main() -> None:
    """A home of its own, so many orders, the table."""
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        os.environ.setdefault("ANSINH_HOME", str(Path(folder) / "home"))
        from ansinh.ops.preparation import prepared_database
        from ansinh.platform.embedded.server import stop_server
        from ansinh.platform.home import current_home

        prepared_database(print)
        try:
            print(table_of(measure_batch(orders, Ground(people=orders, folder=Path(folder)))))
        finally:
            stop_server(current_home())


if __name__ == "__main__":
    main()
