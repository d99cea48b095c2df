"""Tables of the register, by subject."""

from __future__ import annotations

from ansinh.registry.models.changes import Change, changed
from ansinh.registry.models.facilities import Facility
from ansinh.registry.models.holds import Hold
from ansinh.registry.models.people import Collector, Grant, Household, Person, Residence, SealedNumber
from ansinh.registry.models.register_files import (
    CategoryWording,
    Proposal,
    RegisterFile,
    RegisterFinding,
    RegisterRow,
)

__all__ = [
    "CategoryWording",
    "Change",
    "Collector",
    "Facility",
    "Grant",
    "Hold",
    "Household",
    "Person",
    "Proposal",
    "RegisterFile",
    "RegisterFinding",
    "RegisterRow",
    "Residence",
    "SealedNumber",
    "changed",
]
