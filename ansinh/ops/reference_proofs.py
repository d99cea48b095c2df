"""The reference page of the proofs: each invariant, what proves it, what each proof compares."""

from __future__ import annotations

from ansinh.ops.invariants import INVARIANTS
from ansinh.ops.proving import every_proof


def proofs_page() -> str:
    """Every invariant with its proofs; what is compared is each proof's own word for it."""
    proofs = every_proof()
    lines = ["# Các phép kiểm của `ansinh verify`", ""]
    lines += ["Mỗi bất biến được chứng minh trên toàn bộ dữ liệu, tại một thời điểm, không ghi gì. Một phép kiểm chạy"]
    lines += ["riêng: `ansinh verify --only MÃ`. Khi có chênh lệch: "]
    lines[-1] += "[khi verify báo chênh lệch](../how-to/khi-verify-bao-chenh-lech.md)."
    for number, says in INVARIANTS.items():
        lines += ["", f"## {number}. {says}", ""]
        rows = [f"| `{one.code}` | {one.name_vi} | {one.compares} |" for one in proofs if one.invariant == number]
        lines += ["| mã | phép kiểm | so sánh |", "|---|---|---|", *rows] if rows else ["Chưa có phép kiểm."]
    return "\n".join(lines)
