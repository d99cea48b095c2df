"""Facilities and how many people are recorded as living in each."""

from __future__ import annotations

from ansinh.platform import sql
from ansinh.registry.types import FacilityCard


def list_facilities() -> tuple[FacilityCard, ...]:
    """Every facility by name: anybody's people may be taken in anywhere; of residents only the number is told."""
    return tuple(FacilityCard(**row) for row in sql.rows("registry/list_facilities"))
