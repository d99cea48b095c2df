"""Every invariant proved over all there is: a nation, its signed month, orders of some of its lists."""

from __future__ import annotations

from bench.figure import Figure
from bench.ground import Ground
from bench.months import ansinh

# How `ansinh verify` ends where something differs.
_DIFFERENT = 1


class DifferencesFound(Exception):
    """What differs, proof by proof, the first row of each."""


def measure_verify(ground: Ground) -> list[Figure]:
    """`ansinh verify`; raises DifferencesFound. Rows after this one tell things by SQL, which it then finds."""
    told = ansinh("verify", codes=(0, _DIFFERENT))
    found = [f"{one['code']}: {one['differences']}, {one['rows'][0]['what']}" for one in told.facts["invariants"]
             if one["differences"]]  # fmt: skip
    if found:
        raise DifferencesFound("; ".join(found))
    proofs = {str(one["code"]): float(one["seconds"]) for one in told.facts["invariants"]}
    passed_over = sum(sum(one["left_out"].values()) for one in told.facts["invariants"])
    slowest = max(proofs, key=proofs.__getitem__)
    return [
        Figure(
            "verify", f"prove every invariant, {len(proofs)} proofs (`ansinh verify`)", (told.seconds,),
            count=ground.people, of="people", peak_mb=told.peak_mb, beside=proofs,
            notes=(f"the longest, `{slowest}`, {proofs[slowest]:.1f} s; {passed_over:,} sealed values not opened.",),
        )
    ]  # fmt: skip
