"""Deciding anew for some people, and what that says differently from the spans that stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansinh.entitlement.models import Span
from ansinh.kernel.digest import digest_of
from ansinh.policy import Pack, decide, digest_of_rules
from ansinh.policy.types import Decision, Entitled
from ansinh.registry.queries import list_circles

SPAN_COLUMNS = (
    "person_id",
    "grant_id",
    "benefit",
    "regime",
    "coefficient",
    "starts",
    "ends",
    "law",
    "article",
    "reason",
    "for_person_id",
    "assumed",
    "deducted_dong",
    "pack_digest",
    "recorded_at",
)


@dataclass(frozen=True, slots=True)
class Law:
    """The pack as a place lists by it."""

    pack: Pack
    levels_not_taken: frozenset[str]

    @property
    def digest(self) -> str:
        """Of the pack alone where every level is taken."""
        held = sorted(self.levels_not_taken)
        return digest_of([self.pack.digest, held]) if held else self.pack.digest

    @property
    def digest_of_rules(self) -> str:
        """Of all but the amounts of money: by it alone most people's spans stand."""
        return digest_of_rules(self.pack, self.levels_not_taken)

    @property
    def digests(self) -> list[str]:
        """By either of which somebody's spans stand: without amounts, or with them where sums were compared."""
        return [self.digest_of_rules, self.digest]

    def __str__(self) -> str:
        return " ".join([str(self.pack), *(f"−{code}" for code in sorted(self.levels_not_taken))])


def decide_anew(
    person_ids: Sequence[int], law: Law, areas: Mapping[str, tuple[str, ...]]
) -> tuple[dict[int, Decision], list[tuple[Any, ...]], list[int]]:
    """The decisions, the spans that do not stand yet (columns of SPAN_COLUMNS but the last two), ids of those that go.

    `areas`: by commune code, the codes of the commune and of all above it.
    """
    decisions = {
        person_id: decide(circle, law.pack, levels_not_taken=law.levels_not_taken)
        for person_id, circle in list_circles(person_ids, areas=areas).items()
    }
    current: dict[int, dict[tuple[Any, ...], int]] = defaultdict(dict)
    held = Span.objects.filter(person_id__in=person_ids, superseded_at__isnull=True)
    for row in held.values_list("id", *SPAN_COLUMNS[:-2]):
        current[row[1]][_stored_key(row[1:])] = row[0]
    fresh: list[tuple[Any, ...]] = []
    gone: list[int] = []
    for person_id, decision in decisions.items():
        wanted = {span_key(span) for span in decision.spans if span.person == str(person_id)}
        gone.extend(span_id for key, span_id in current[person_id].items() if key not in wanted)
        fresh.extend(sorted(wanted - current[person_id].keys(), key=str))
    return decisions, fresh, gone


def span_key(span: Entitled) -> tuple[Any, ...]:
    """A span by everything it says; order as SPAN_COLUMNS without the last two."""
    grant_id = int(span.grant or 0)
    for_person = 0 if span.for_person is None else int(span.for_person)
    if for_person == 0 and span.benefit.startswith("carer_") and span.benefit != "carer_disabled_parent":
        for_person = -grant_id
    return (
        int(span.person),
        grant_id,
        span.benefit,
        span.regime,
        span.coefficient.normalize(),
        span.starts,
        span.ends,
        span.law,
        span.article,
        span.reason,
        for_person,
        ",".join(span.assumed),
        span.deducted,
    )


def _stored_key(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:4], row[4].normalize(), *row[5:])
