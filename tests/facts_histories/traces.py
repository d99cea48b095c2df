"""Whether anything was left behind: a fingerprint of every row of the register and the lists."""

from __future__ import annotations

from django.db import connection

_TRACED = ("registry_", "entitlement_", "payroll_", "funds_")
_statement: list[str] = []


class WrongAnswer(AssertionError):
    """The program answered otherwise than the paper says it must."""


def traces() -> str:
    """Every row of the apps of the register and the lists, and the length of the audit trail."""
    with connection.cursor() as cursor:
        if not _statement:
            cursor.execute(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
            )
            tables = [name for (name,) in cursor.fetchall() if name.startswith(_TRACED)]
            sums = [
                f"(SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {table} t)"  # noqa: S608
                for table in tables
            ]
            sums.append("(SELECT count(*) FROM platform_auditentry)")
            _statement.append(f"SELECT {', '.join(sums)}")
        cursor.execute(_statement[0])
        return str(cursor.fetchone())
