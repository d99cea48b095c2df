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
