"""`ansinh manage …`: Django's own commands on this installation's database, for developers and administrators."""

from __future__ import annotations

import click

# These read or write files only: no server is started for them.
_WITHOUT_DATABASE = frozenset({"help", "check", "diffsettings", "makemessages", "compilemessages", "findstatic"})


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Chạy một lệnh quản trị của Django, ví dụ: ansinh manage dbshell."""
    from django.core.management import execute_from_command_line

    from ansinh.ops.preparation import django_on, django_ready, reachable_database

    if not words or words[0] in _WITHOUT_DATABASE or words[0].startswith("-"):
        django_ready()
    else:
        django_on(reachable_database())
    execute_from_command_line(["ansinh manage", *words])
