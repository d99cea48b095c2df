"""What the database must keep by itself: triggers, constraints, unique indexes and the policies of who sees which rows,
as the models and migrations made them.

Nobody keeps a list by hand: what a migration creates is expected for as long as no later one drops it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState

from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof

_BODY = re.compile(r"\$(\w*)\$(.*?)\$\1\$", re.DOTALL)
_COMMENT = re.compile(r"--[^\n]*")
_FUNCTION = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION (\w+) ?\(.*\$(\d+)\$", re.IGNORECASE)
_TRIGGER = re.compile(
    r"CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER (\w+) .*? ON (\w+) .*EXECUTE FUNCTION (\w+)", re.IGNORECASE
)
_UNIQUE_INDEX = re.compile(r"CREATE UNIQUE INDEX (?:IF NOT EXISTS )?(\w+) ON (\w+)", re.IGNORECASE)
_TABLE = re.compile(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\w+) \((.*)\)", re.IGNORECASE)
_ADDED = re.compile(r"ALTER TABLE (?:ONLY )?(\w+) .*?ADD CONSTRAINT (\w+)", re.IGNORECASE)
_NAMED = re.compile(r"^CONSTRAINT (\w+)", re.IGNORECASE)
_POLICY = re.compile(
    r"CREATE POLICY (\w+) ON (\w+) FOR (\w+) TO (\w+) USING \((.*?)\)(?: WITH CHECK .*)?$", re.IGNORECASE
)
_VIEW = re.compile(r"CREATE (?:OR REPLACE )?VIEW (\w+) AS (.*)", re.IGNORECASE)
_SETTING = re.compile(r"current_setting\('([\w.]+)'")
_DROPPED_POLICY = re.compile(r"DROP POLICY (\w+) ON (\w+)", re.IGNORECASE)
_DROPPED = re.compile(
    r"(?:DROP (?:TRIGGER|INDEX|TABLE) |ALTER TABLE \w+ DROP CONSTRAINT )(?:IF EXISTS )?(\w+)", re.IGNORECASE
)
_DROPPED_FUNCTIONS = re.compile(r"DROP FUNCTION (.*)", re.IGNORECASE)


@dataclass
class Expected:
    """What must stand: triggers with the function they call, names of constraints and unique indexes, by table.

    `keys` are foreign keys and unique columns of models, whose names Django chooses: (table, kind, column).
    """

    triggers: dict[tuple[str, str], str] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)
    keys: set[tuple[str, str, str]] = field(default_factory=set)
    bodies: dict[str, str] = field(default_factory=dict)
    # For which command and role a policy is, and the settings its condition asks, by table and name.
    policies: dict[tuple[str, str], tuple[str, str, frozenset[str]]] = field(default_factory=dict)
    # The settings a view asks that policies look through.
    views: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """Every table something is expected of."""
        return {name for name, *_ in chain(self.triggers, self.names, self.keys)}

    def read(self, text: str) -> None:
        """Add what a migration's SQL creates, take away what it drops."""
        bodies: list[str] = []

        def kept_apart(found: re.Match[str]) -> str:
            bodies.append(found[2])
            return f"${len(bodies) - 1}$"

        plain = _COMMENT.sub("", _BODY.sub(kept_apart, text))
        for statement in plain.split(";"):
            self._read_statement(" ".join(statement.split()), bodies)

    def _read_statement(self, said: str, bodies: list[str]) -> None:
        if found := _FUNCTION.match(said):
            self.bodies[found[1]] = bodies[int(found[2])]
        elif found := _TRIGGER.match(said):
            self.triggers[found[2], found[1]] = found[3]
        elif found := _UNIQUE_INDEX.match(said):
            self.names.add((found[2], found[1]))
        elif found := _TABLE.match(said):
            self.names.update((found[1], name) for name in _constraints_of(found[1], found[2]))
        elif found := _ADDED.match(said):
            self.names.add((found[1], found[2]))
        elif found := _POLICY.match(said):
            self.policies[found[2], found[1]] = (found[3], found[4], frozenset(_SETTING.findall(found[5])))
        elif found := _VIEW.match(said):
            self.views[found[1]] = frozenset(_SETTING.findall(found[2]))
        elif found := _DROPPED_POLICY.match(said):
            self.policies.pop((found[2], found[1]), None)
        elif found := _DROPPED.match(said):
            self._drop(found[1])
        elif found := _DROPPED_FUNCTIONS.match(said):
            for name in re.findall(r"(\w+) ?\(", found[1]):
                self.bodies.pop(name, None)

    def _drop(self, name: str) -> None:
        self.triggers = {key: value for key, value in self.triggers.items() if name not in key}
        self.names = {key for key in self.names if name not in key}


def _constraints_of(table: str, columns: str) -> Iterator[str]:
    """The names of a table's constraints: as written, or as PostgreSQL chooses them."""
    for part in _parts(columns):
        if named := _NAMED.match(part):
            yield named[1]
            continue
        column, _, rest = part.partition(" ")
        if part.upper().startswith("PRIMARY KEY") or "PRIMARY KEY" in rest.upper():
            yield f"{table}_pkey"
        if re.search(r"\bCHECK \(", rest, re.IGNORECASE):
            yield f"{table}_{column}_check"
        if re.search(r"\bREFERENCES\b", rest, re.IGNORECASE):
            yield f"{table}_{column}_fkey"
        if re.search(r"\bUNIQUE\b", rest, re.IGNORECASE):
            yield f"{table}_{column}_key"


def _parts(columns: str) -> Iterator[str]:
    """What stands between the commas that no bracket encloses."""
    depth, begun = 0, 0
    for at, sign in enumerate(columns):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield columns[begun:at].strip()
            begun = at + 1
    yield columns[begun:].strip()


def expected_protections() -> Expected:
    """What the models and the SQL of every migration of ours say must stand."""
    expected = Expected()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("ansinh.")}
    for migration, _ in plan:
        if migration.app_label in ours:
            for text in _statements(migration.operations):
                expected.read(text)
    for config in apps.get_app_configs():
        for model in config.get_models() if config.label in ours else ():
            if model._meta.managed:
                _expect_of_model(model, expected)
    return expected


def _statements(operations: Iterable[Any]) -> Iterator[str]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _statements(operation.database_operations)
        elif isinstance(operation, RunSQL):
            said = operation.sql
            yield from [said] if isinstance(said, str) else [one if isinstance(one, str) else one[0] for one in said]


def _expect_of_model(model: type[models.Model], expected: Expected) -> None:
    table = model._meta.db_table
    expected.names.update((table, constraint.name) for constraint in model._meta.constraints)
    for column in model._meta.local_concrete_fields:
        held = column.column or column.name
        if isinstance(column, models.ForeignKey) and getattr(column, "db_constraint", True):
            expected.keys.add((table, "f", held))
        if column.unique:
            expected.keys.add((table, "p" if column.primary_key else "u", held))


def find_weakened() -> list[Break]:
    """Triggers, constraints, unique indexes and their functions in the database against those the program made.

    Missing ones, switched off ones, ones that call something else or whose function was rewritten, and a database set
    to run without triggers.
    """
    expected = expected_protections()
    found = sql.rows("platform/list_protections", {"tables": sorted(expected.tables)})
    partitions: dict[str, set[str]] = {}
    for row in found:
        partitions.setdefault(row["parent"], set()).add(row["table_name"])
    return [
        *_of_triggers(expected, [row for row in found if row["kind"] in {"trigger", "inner trigger"}], partitions),
        *_of_constraints(expected, [row for row in found if row["kind"] in {"constraint", "index"}]),
        *_of_functions(expected.bodies),
        *_of_policies(expected),
        *_of_settings(),
    ]


def _of_triggers(
    expected: Expected, found: list[dict[str, Any]], partitions: Mapping[str, set[str]]
) -> Iterator[Break]:
    for row in found:
        if not row["sound"]:
            yield _broken(row["table_name"], row["name"], "trigger đang bị tắt")
    calls = {(row["table_name"], row["name"]): row["detail"] for row in found}
    for (table, name), function in expected.triggers.items():
        for held in (table, *sorted(partitions.get(table, ()))):
            if (held, name) not in calls:
                yield _broken(held, name, "không còn trigger")
            elif calls[held, name] != function:
                yield _broken(held, name, f"trigger gọi hàm {calls[held, name]}, phải là {function}")


def _of_constraints(expected: Expected, found: list[dict[str, Any]]) -> Iterator[Break]:
    for row in found:
        if not row["sound"]:
            yield _broken(row["table_name"], row["name"], "ràng buộc không còn hiệu lực")
    names = {(row["table_name"], row["name"]) for row in found}
    keys = {(row["table_name"], row["detail"], row["columns"]) for row in found}
    for table, name in sorted(expected.names - names):
        yield _broken(table, name, "không còn ràng buộc")
    for table, kind, column in sorted(expected.keys - keys):
        yield _broken(table, f"{kind}:{column}", "không còn khóa")


def _of_functions(bodies: Mapping[str, str]) -> Iterator[Break]:
    held = {row["name"]: row["body"] for row in sql.rows("platform/list_functions", {"names": sorted(bodies)})}
    for name, body in sorted(bodies.items()):
        if name not in held:
            yield _broken("", name, "không còn hàm")
        elif held[name].split() != body.split():
            yield _broken("", name, "thân hàm đã bị sửa")


def _of_policies(expected: Expected) -> Iterator[Break]:
    """A table whose rows the web may see unasked: switched off, its policy gone, changed or one too many."""
    rows = sql.rows("platform/list_policies", {"tables": sorted({table for table, _ in expected.policies})})
    for table in sorted({row["table_name"] for row in rows if not row["secured"]}):
        yield _broken(table, "row_security", "đã bị tắt kiểm soát theo dòng")
    found = {(row["table_name"], row["name"]): row for row in rows if row["name"]}
    for (table, name), (command, role, settings) in sorted(expected.policies.items()):
        row = found.pop((table, name), None)
        if row is None:
            yield _broken(table, name, "không còn chính sách theo dòng")
        elif (row["command"], row["roles"]) != (command, role) or not _asks(row["condition"], settings):
            yield _broken(table, name, "chính sách theo dòng đã bị sửa")
    for table, name in sorted(found):
        yield _broken(table, name, "chính sách theo dòng lạ")
    views = {row["name"]: row["body"] for row in sql.rows("platform/list_views", {"names": sorted(expected.views)})}
    for name, settings in sorted(expected.views.items()):
        if not _asks(views.get(name, ""), settings):
            yield _broken(name, "view", "không còn hoặc đã bị sửa")


def _asks(said: str, settings: frozenset[str]) -> bool:
    """Whether a condition as the database tells it asks exactly these settings."""
    return bool(said) and frozenset(re.findall(r"current_setting\('([\w.]+)'", said)) == settings


def _of_settings() -> Iterator[Break]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        if (role := cursor.fetchone()[0]) != "origin":
            yield _broken("", "session_replication_role", f"đang là {role}: mọi trigger bị bỏ qua")


def _broken(table: str, name: str, why: str) -> Break:
    where = f"Bảng {table}, {name}" if table else f"Cơ sở dữ liệu, {name}"
    return Break(f"{where}: {why}", {"table": table, "name": name, "why": why})


PROOFS: tuple[Proof, ...] = (
    Proof("database_guards", 10, "Các chốt bảo vệ của cơ sở dữ liệu còn đủ và đang bật", find_weakened),
)
