"""Reading the merit allowances of the pack: their tables, and a category for each item."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ansinh.policy.amounts import MERIT_PREFIX, Merit, MeritTable
from ansinh.policy.pack_model import Category, Clause, Law, Level
from ansinh.policy.pack_reading import Node

# Behind every category of assistance.
_FIRST_ORDER = 401


def read_merit(node: Node, laws: Mapping[str, Law]) -> tuple[Merit, dict[str, Category]]:
    """The tables with their categories by code; refuses (PackFault) unknown items, laws, months out of order."""
    reason: str = node.take("reason", str)
    at = node.node("clause")
    clause = Clause(at.law(laws), at.article(), reason)
    at.done()
    named, groups = {}, {}
    for item, told in node.node("items").entries():
        named[f"{MERIT_PREFIX}{item}"] = told.take("name", str)
        groups[f"{MERIT_PREFIX}{item}"] = told.take("group", str)
        told.done()
    tables = tuple(_table(one, laws, named) for one in node.nodes("tables"))
    node.done()
    if [table.starts for table in tables] != sorted({table.starts for table in tables}):
        raise node.fault('"tables" phải xếp theo tháng tăng dần, không trùng tháng')
    categories = {
        code: Category(
            code=code,
            name_vi=name,
            kind="merit",
            order=_FIRST_ORDER + position,
            is_hiv=False,
            beside_single_parent=False,
            until=None,
            successors=(),
            clauses={clause.law: clause},
            levels=tuple(_whole(table) for table in tables if code.removeprefix(MERIT_PREFIX) in table.amounts),
        )
        for position, (code, name) in enumerate(named.items())
    }
    return Merit(tables, groups), categories


def _whole(table: MeritTable) -> Level:
    """A merit allowance is the table's amount itself: once, from the table's first month."""
    return Level(table.starts.index, Decimal("1.0"), table.law, table.article, table.confidence)


def _table(node: Node, laws: Mapping[str, Law], named: Mapping[str, str]) -> MeritTable:
    amounts = node.node("amounts")
    table = MeritTable(
        law=node.law(laws),
        article=node.article(),
        confidence=node.confidence(),
        starts=node.month("from"),
        round_to=node.take("round_to", int),
        worship_a_year=node.take("worship_a_year", int, None),
        amounts={item: amounts.take(item, int) for item in list(amounts.left)},
    )
    node.done()
    for item in table.amounts:
        if f"{MERIT_PREFIX}{item}" not in named:
            raise amounts.fault(f'"items" không có "{item}"')
    return table
