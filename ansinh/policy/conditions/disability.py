"""Người khuyết tật nặng, đặc biệt nặng."""

from __future__ import annotations

from ansinh.policy.answers import Answer, all_of
from ansinh.policy.clauses import clause
from ansinh.policy.look import Look


@clause("disabled_exceptional", law="nd28", since="2015-01", until="2021-07")
@clause("disabled_exceptional", law="nd20", since="2021-07", until="2026-10")
@clause("disabled_exceptional", law="nd335", since="2026-10")
def exceptionally_disabled(look: Look) -> Answer:
    """Người khuyết tật đặc biệt nặng theo quy định pháp luật về người khuyết tật (khoản 6 Điều 5 Nghị định
    20/2021/NĐ-CP, Nghị định 335/2026/NĐ-CP; Điều 16 Nghị định 28/2012/NĐ-CP)."""
    return all_of(look.born_by_now(), look.graded("exceptional"))


@clause("disabled_severe", law="nd28", since="2015-01", until="2021-07")
@clause("disabled_severe", law="nd20", since="2021-07", until="2026-10")
@clause("disabled_severe", law="nd335", since="2026-10")
def severely_disabled(look: Look) -> Answer:
    """Người khuyết tật nặng theo quy định pháp luật về người khuyết tật (khoản 6 Điều 5 Nghị định 20/2021/NĐ-CP, Nghị
    định 335/2026/NĐ-CP; Điều 16 Nghị định 28/2012/NĐ-CP)."""
    return all_of(look.born_by_now(), look.graded("severe"))
