"""The law, pure: what monthly social assistance owes whom, from when to when, by which article.

The outward face is this module and `ansinh.policy.types`. Signatures (see README.md for their promises):

    load_pack() -> Pack                      digest, version, settings, standard_amount(), category(), categories,
                                             group_of(), possible_coefficients(), with_settings()
    decide(circle, pack, settings=None, *, levels_not_taken=frozenset()) -> Decision
    explain(line, pack, *, month, name, born=None, born_precision="day", sex=None, areas=(), lost=()) -> str
    expected_coefficient(category, born, month, children=None, cared_born=None, *, pack=None) -> Decimal | None
    possible_coefficients(category, month, *, pack=None) -> frozenset[Decimal]
    why_not(category, facts, month, *, pack=None) -> tuple[str, str] | None
    run_files(paths, report, *, pack=None) -> tuple[int, int]
"""

from __future__ import annotations
