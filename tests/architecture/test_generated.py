"""What is written from the code is fresh: reference pages, migrations, the summaries of the command line."""

from __future__ import annotations

import click
import pytest
from django.core.management import call_command

from ansinh.ops import docs
from ansinh.ops.main import ENTRIES, cli
from ansinh.ops.reference import written_pages


def test_reference_pages_are_fresh() -> None:
    assert docs.stale_pages() == [], "run: ansinh docs write"


def test_a_page_changed_by_hand_is_seen(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "_FOLDER", tmp_path)
    assert docs.stale_pages() == list(written_pages())


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_summaries_are_the_commands_own_words() -> None:
    with click.Context(cli) as context:
        commands = {name: cli.get_command(context, name) for name in ENTRIES}
    said = {name: (command.help or "").splitlines()[0] for name, command in commands.items() if command}
    assert said == {name: entry.summary for name, entry in ENTRIES.items()}
