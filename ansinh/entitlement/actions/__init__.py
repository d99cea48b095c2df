"""The verbs of entitlement."""

from __future__ import annotations

from ansinh.entitlement.actions.recompute_spans import recompute_spans

__all__ = ["recompute_spans"]
