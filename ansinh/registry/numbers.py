"""Sealed numbers compared without opening them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ansinh.platform.sealing import blind_indexes
from ansinh.registry.models import SealedNumber


def numbers_equal_to(text: str, *, kind: str) -> QuerySet[SealedNumber]:
    """Rows of that number, whichever of the living keys they are indexed under."""
    indexes = blind_indexes(text, kind=kind)
    return SealedNumber.objects.filter(Q(blind_index__in=indexes) | Q(blind_index_even__in=indexes), kind=kind)


def are_equal(one: SealedNumber, other: SealedNumber) -> bool:
    """Whether two rows hold the same number; both are indexed under at least one key they share."""
    return one.kind == other.kind and any(
        mine is not None and theirs is not None and bytes(mine) == bytes(theirs)
        for mine, theirs in (
            (one.blind_index, other.blind_index),
            (one.blind_index_even, other.blind_index_even),
        )
    )
