"""States of the register's own things, as tables."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

PROPOSAL = Machine(
    "proposal",
    "OPEN",
    (
        Step("accept_proposals", "OPEN", "ACCEPTED", "officer"),
        Step("refuse_proposals", "OPEN", "REFUSED", "officer"),
    ),
)

# Why money is kept back; whatever else there is to say stands in the hold's note.
HOLD_KINDS: dict[str, str] = {
    "death_report": "Có tin đã qua đời",
    "doubt": "Có nghi vấn, chờ xác minh",
    "complaint": "Có đơn thư, khiếu nại",
    "other": "Lý do khác",
}
