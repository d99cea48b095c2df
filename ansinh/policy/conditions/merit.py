"""Người có công với cách mạng và thân nhân."""

from __future__ import annotations

from ansinh.policy.answers import YES, Answer
from ansinh.policy.clauses import MERIT, clause
from ansinh.policy.look import Look


@clause(MERIT, law="nd75", since="2021-07")
def honoured_by_decision(look: Look) -> Answer:
    """Người có công với cách mạng, thân nhân của người có công với cách mạng được cơ quan có thẩm quyền quyết định
    hưởng trợ cấp, phụ cấp ưu đãi hằng tháng (Điều 3 Nghị định 75/2021/NĐ-CP)."""
    # Who is honoured, and by which item, is wholly the decision's: nothing the register knows contradicts it.
    return YES
