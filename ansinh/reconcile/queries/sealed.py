"""What of payers' files is sealed, and the proof that all of it opens."""

from __future__ import annotations

from ansinh.platform.proofs import Break, Proof
from ansinh.platform.resealing import SealedColumn, breaks_of, passed_over
from ansinh.reconcile.originals import ORIGINAL

SEALED = (
    SealedColumn(
        "reconcile_resultsfile", "sealed_original", "tệp kết quả chi trả gốc", kind=ORIGINAL, batch=1, proved=200
    ),
)


def find_unopened_files() -> list[Break]:
    """Each payer's file kept sealed is opened with the keys at hand; of more than 200, so many spread evenly."""
    return breaks_of(SEALED)


OPENING: tuple[Proof, ...] = (
    Proof(
        "results_files_open",
        11,
        "Tệp kết quả niêm phong mở được",
        find_unopened_files,
        lambda: passed_over(SEALED),
    ),
)
