"""What a SQL file says of itself, and what it really does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import exp

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_WRITES = (exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.TruncateTable)


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL file: its app, its header by heading, the tables it writes and all it touches."""

    name: str
    app: str
    header: dict[str, str]
    count: int
    writes: frozenset[str]
    touches: frozenset[str]

    def declared(self, heading: str) -> frozenset[str]:
        """The table names under a heading of the header."""
        return frozenset(re.findall(r"\b[a-z]+(?:_[a-z]+)+\b", self.header.get(heading, "")))


def read_statement(path: Path) -> Statement:
    """The statement in a file."""
    return statement_in(path.read_text(encoding="utf-8"), app=path.parent.parent.name, name=path.stem)


def statement_in(text: str, *, app: str, name: str) -> Statement:
    """A statement parsed; placeholders are read as numbered parameters."""
    trees = [tree for tree in sqlglot.parse(numbered(text), read="postgres") if tree is not None]
    written = {table_of(node) for tree in trees for node in tree.find_all(*_WRITES)}
    named = {cte.alias for tree in trees for cte in tree.find_all(exp.CTE)}
    tables = [table for tree in trees for table in tree.find_all(exp.Table)]
    # FOR UPDATE OF names an alias of a table already counted.
    touched = {table.name for table in tables if table.find_ancestor(exp.Lock) is None} - named
    return Statement(name, app, header_of(text), len(trees), frozenset(written), frozenset(touched - {""}))


def numbered(text: str) -> str:
    """The text with its named placeholders as $1, $2 …"""
    names = list(dict.fromkeys(_PLACEHOLDER.findall(text)))
    return _PLACEHOLDER.sub(lambda found: f"${names.index(found[1]) + 1}", text)


def placeholders(text: str) -> dict[str, None]:
    """Every named placeholder, bound to nothing."""
    return dict.fromkeys(_PLACEHOLDER.findall(text))


def header_of(text: str) -> dict[str, str]:
    """The comment a file opens with, by heading; a line without a heading continues the one above."""
    header: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        said = line.removeprefix("--")
        if found := re.match(r" (what|reads|writes|safe to repeat): ", said):
            heading = found[1]
            said = said[found.end() :]
        header[heading] = f"{header.get(heading, '')} {said.strip()}".strip()
    return header


def table_of(node: exp.Expression) -> str:
    """The table a writing statement writes."""
    target = node.this.this if isinstance(node.this, exp.Schema) else node.this
    return target.name if isinstance(target, exp.Table) else str(target)
