"""Every clause of the law as one small function; importing this package fills the register."""

from __future__ import annotations

from ansinh.policy.conditions import (
    carers,
    children,
    disability,
    elderly,
    facility,
    hiv,
    merit,
    parents,
    social_pension,
)

__all__ = ["carers", "children", "disability", "elderly", "facility", "hiv", "merit", "parents", "social_pension"]
