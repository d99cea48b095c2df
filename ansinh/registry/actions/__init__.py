"""The verbs of the register, one a file."""

from __future__ import annotations

from ansinh.registry.actions.accept_proposals import accept_proposals
from ansinh.registry.actions.add_wording import add_wording
from ansinh.registry.actions.import_register import import_register
from ansinh.registry.actions.refuse_proposals import refuse_proposals

__all__ = ["accept_proposals", "add_wording", "import_register", "refuse_proposals"]
