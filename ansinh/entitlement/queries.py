"""Spans as screens and explanations read them. What may be read is guarded where the person is opened."""

from __future__ import annotations

from ansinh.entitlement.models import LostSpan, Span


def list_spans(person_id: int) -> list[Span]:
    """The person's current spans, past and to come, by start."""
    return list(Span.objects.filter(person_id=person_id, superseded_at__isnull=True).order_by("starts", "benefit"))


def list_lost(person_id: int) -> list[LostSpan]:
    """What was granted to the person and is not paid, with why, by start."""
    return list(LostSpan.objects.filter(person_id=person_id, superseded_at__isnull=True).order_by("starts", "benefit"))


def get_span(span_id: int) -> Span:
    """The span a line points to; superseded spans are kept, so this always finds it."""
    return Span.objects.get(pk=span_id)
