"""What of the register is sealed, and the proof that all of it opens."""

from __future__ import annotations

from ansinh.platform.proofs import Break, Proof
from ansinh.platform.resealing import SealedColumn, breaks_of, passed_over
from ansinh.registry.queries.files import ORIGINAL

SEALED = (
    SealedColumn("registry_sealednumber", "sealed", "số giấy tờ, tài khoản, điện thoại", indexed=True),
    SealedColumn("registry_registerfile", "sealed_original", "tệp sổ gốc", kind=ORIGINAL, batch=1, proved=200),
)


def find_unopened_values() -> list[Break]:
    """Each sealed number and register file is opened with the keys at hand, and each number's blind index compared with
    the number's own; of more than 100 000 numbers or 200 files, so many spread evenly."""
    return breaks_of(SEALED)


PROOFS: tuple[Proof, ...] = (
    Proof(
        "register_values_open",
        11,
        "Số giấy tờ và tệp sổ niêm phong mở được, chỉ mục khớp",
        find_unopened_values,
        lambda: passed_over(SEALED),
    ),
)
