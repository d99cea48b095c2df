"""Spans and losses of some people as they are to stand: what is alike is left alone, the rest written or closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ansinh.entitlement.deciding import SPAN_COLUMNS, Law
from ansinh.entitlement.sheets import Lines, sheets_of
from ansinh.platform import sql
from ansinh.platform.copying import copy_lines, list_lines
from ansinh.registry.queries import list_circles, list_plain_grants

_LOST_COLUMNS = ("person_id", "grant_id", "benefit", "starts", "ends", "because", "reason", "recorded_at")


@dataclass(frozen=True, slots=True)
class _Difference:
    """Lines that do not stand yet, and ids of rows nothing says any more."""

    fresh: list[str]
    gone: list[int]


def rewrite_spans(
    person_ids: Sequence[int], law: Law, areas: Mapping[str, tuple[str, ...]], at: datetime
) -> tuple[int, int]:
    """Decide anew for some people, whom the caller has locked; how many spans were added and superseded.

    `areas`: by commune code, the codes of the commune and of all above it.
    """
    lines = _decided(person_ids, law, areas)
    asked = {"person_ids": list(person_ids)}
    spans = _difference(lines.spans, list_lines("entitlement/list_standing_spans", asked))
    if spans.gone:
        sql.run("entitlement/supersede_spans", {"ids": spans.gone, "at": at})
    ending = f"\t{law.digest}\t{at.isoformat()}"
    copy_lines("entitlement_span", SPAN_COLUMNS, [f"{line}{ending}" for line in spans.fresh])
    lost = _difference(lines.lost, list_lines("entitlement/list_standing_losses", asked))
    if lost.gone:
        sql.run("entitlement/supersede_lost_spans", {"ids": lost.gone, "at": at})
    copy_lines("entitlement_lostspan", _LOST_COLUMNS, [f"{line}\t{at.isoformat()}" for line in lost.fresh])
    # Last: who has no state yet stands in no list yet, so that payroll need not mark them as moved.
    told = {"by_amounts": lines.by_amounts, "digest": law.digest, "rules_digest": law.digest_of_rules, "at": at}
    sql.run("entitlement/record_span_states", {"person_ids": list(person_ids), **told})
    return len(spans.fresh), len(spans.gone)


def _decided(person_ids: Sequence[int], law: Law, areas: Mapping[str, tuple[str, ...]]) -> Lines:
    sheets, lines = sheets_of(law), Lines()
    found = list_plain_grants(person_ids)
    sheets.write_plain(found.grants, lines)
    if found.others:
        for person_id, circle in list_circles(found.others, areas=areas).items():
            sheets.write_decided(person_id, circle, lines)
    return lines


def _difference(wanted: list[str], standing: Sequence[str]) -> _Difference:
    if not standing:
        return _Difference(wanted, [])
    parted = (line.partition("\t") for line in standing)
    numbers = {line: number for number, _, line in parted}
    left = set(wanted)
    return _Difference(
        [line for line in wanted if line not in numbers],
        [int(number) for line, number in numbers.items() if line not in left],
    )
