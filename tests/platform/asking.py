"""One value of the database, and a word written into it: what the tests of several sessions and processes do."""

from __future__ import annotations

from django.db import connection

from ansinh.kernel.refusal import Refusal


class NotThisOne(Refusal):
    """Không làm phần "{part}"."""


def asked(question: str) -> str:
    """One value of the database, as text."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return str(cursor.fetchone()[0])


def noted(word: str) -> None:
    """A row of the table these tests make."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO noted (word) VALUES (%s)", [word])
