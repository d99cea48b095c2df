"""Reading one category of the pack: its clauses and its dated coefficients, each with its article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from ansinh.policy.pack_model import Category, Clause, Kind, Law, Level, Successor
from ansinh.policy.pack_reading import Node


def read_category(code: str, node: Node, laws: Mapping[str, Law]) -> Category:
    """The category as written; refuses (PackFault) missing articles, unknown laws, bands that leave a gap."""
    kind = node.take("kind", str)
    if kind not in get_args(Kind):
        raise node.fault(f'"kind" phải là một trong {", ".join(get_args(Kind))}')
    reason = node.take("reason", str)
    clauses = [_clause(item, laws, reason) for item in node.nodes("clauses")]
    category = Category(
        code=code,
        name_vi=node.take("name", str),
        kind=kind,
        order=node.take("order", int),
        is_hiv=node.take("hiv", bool, False),
        beside_single_parent=node.take("beside_single_parent", bool, False),
        until=node.month("until", None),
        successors=tuple(_successor(item) for item in node.nodes("successors", [])),
        clauses={clause.law: clause for clause in clauses},
        levels=tuple(read_level(item, laws) for item in node.nodes("values")),
    )
    node.done()
    check_bands(node, category)
    return category


def _clause(node: Node, laws: Mapping[str, Law], reason: str) -> Clause:
    beside = []
    for item in node.nodes("beside", []):
        beside.append((item.law(laws), item.article()))
        item.done()
    clause = Clause(node.law(laws), node.article(), node.take("reason", str, reason), tuple(beside))
    node.done()
    return clause


def _successor(node: Node) -> Successor:
    found = Successor(
        node.take("category", str),
        node.take("at_age", int, None),
        node.month("after_month", None),
        node.take("known_only", bool, False),
    )
    node.done()
    return found


def read_level(node: Node, laws: Mapping[str, Law]) -> Level:
    """One coefficient as written; refuses (PackFault) what is missing or not understood."""
    level = Level(
        starts=node.month("from").index,
        value=node.decimal("value"),
        law=node.law(laws),
        article=node.article(),
        confidence=node.confidence(),
        from_age=node.take("from_age", int, None),
        under_age=node.take("under_age", int, None),
        from_count=node.take("from_count", int, None),
        under_count=node.take("under_count", int, None),
        each=node.take("each", bool, False),
        says=node.take("says", str, ""),
    )
    node.done()
    return level


def check_bands(node: Node, category: Category) -> None:
    """Bands of one month must tell apart by ages or by counts and leave nobody between them."""
    for starts in {level.starts for level in category.levels}:
        bands = [level for level in category.levels if level.starts == starts]
        by_count = any(band.from_count is not None for band in bands)
        edges = [
            (band.from_count, band.under_count) if by_count else (band.from_age or 0, band.under_age) for band in bands
        ]
        edges.sort(key=lambda edge: edge[0] or 0)
        joined = all(edges[i][1] == edges[i + 1][0] for i in range(len(edges) - 1))
        if not bands or edges[-1][1] is not None or not joined:
            raise node.fault(f"các mức cùng tháng {starts // 12}-{starts % 12 + 1:02d} phải nối liền nhau, không chồng")
