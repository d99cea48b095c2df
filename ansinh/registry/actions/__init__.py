"""The verbs of the register, one a file."""

from __future__ import annotations

from ansinh.registry.actions.accept_proposals import accept_proposals
from ansinh.registry.actions.add_wording import add_wording
from ansinh.registry.actions.follow_successors import follow_successors
from ansinh.registry.actions.import_register import import_register
from ansinh.registry.actions.place_resident import place_resident
from ansinh.registry.actions.refuse_proposals import refuse_proposals

__all__ = [
    "accept_proposals",
    "add_wording",
    "follow_successors",
    "import_register",
    "place_resident",
    "refuse_proposals",
]
