"""How a command answers: one JSON object on stdout with --json; words for people otherwise; progress on stderr."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ansinh.kernel.refusal import Refusal

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Answer:
    """The one place commands speak through."""

    as_json: bool = False

    @functools.cached_property
    def console(self) -> Console:
        """For progress bars; always on stderr."""
        from rich.console import Console  # a tenth of a second that most commands need not spend

        return Console(stderr=True, highlight=False)

    def say(self, text: str) -> None:
        """A word on the way, for the person watching."""
        click.echo(text, err=True)

    def give(self, facts: Mapping[str, Any], text: str) -> None:
        """The answer itself: the facts with --json, else the text."""
        click.echo(json.dumps(facts, ensure_ascii=False, default=str) if self.as_json else text)

    def refuse(self, refusal: Refusal) -> None:
        """Say why not: to the person on stderr, and with --json as an object on stdout."""
        click.echo(refusal.message, err=True)
        if self.as_json:
            plain = refusal.as_dict()
            facts = {"refused": plain["code"], "message": plain["message"], "facts": plain["facts"]}
            click.echo(json.dumps(facts, ensure_ascii=False, default=str))


def _note_json(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Answer).as_json = True


def json_option(command: F) -> F:
    """Give a command its --json."""
    return click.option(
        "--json", is_flag=True, expose_value=False, is_eager=True, callback=_note_json,
        help="Trả lời bằng đúng một đối tượng JSON.",
    )(command)  # fmt: skip
