"""The pure part of the register import: a workbook's bytes → typed rows and findings. No database, no Django."""

from __future__ import annotations

from ansinh.registry.workbook.law import PackLaw
from ansinh.registry.workbook.marking import mark_workbook
from ansinh.registry.workbook.reading import read_register
from ansinh.registry.workbook.types import (
    Finding,
    RegisterReading,
    RegisterRow,
    SeveralCommunes,
    Surroundings,
)

__all__ = [
    "Finding",
    "PackLaw",
    "RegisterReading",
    "RegisterRow",
    "SeveralCommunes",
    "Surroundings",
    "mark_workbook",
    "read_register",
]
