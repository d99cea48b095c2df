"""Holds as other rooms ask about them."""

from __future__ import annotations

from ansinh.registry.models import Hold


def held_alone(order_id: int) -> str | None:
    """The kind of the hold that stands on one order by itself; None when there is none."""
    kinds = Hold.objects.filter(order_id=order_id, lifted_at__isnull=True).values_list("kind", flat=True)
    return kinds.first()
