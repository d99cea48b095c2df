"""The documents hold together: links lead somewhere, commands exist, the glossary knows the program's words."""

from __future__ import annotations

import importlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.apps import apps

from ansinh.access.types import Role
from ansinh.kernel.machine import Machine
from ansinh.ops.main import cli
from ansinh.policy import load_pack
from tests.architecture.sources import ROOT

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"(?:^\$ |`)(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?ansinh ([^`\n]+)", re.MULTILINE)
_PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
_NAMES = [str(page.relative_to(ROOT)) for page in _PAGES]


@pytest.mark.parametrize("page", _PAGES, ids=_NAMES)
def test_links_lead_somewhere(page: Path) -> None:
    lost = [link for link in _links(page) if not _leads_somewhere(page, link)]
    assert lost == []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Here\n[a](page.md#here) [b](gone.md) [c](page.md#gone)\n```\n[d](not-a-link)\n```\n", "utf-8")
    assert [link for link in _links(page) if not _leads_somewhere(page, link)] == ["gone.md", "page.md#gone"]


def test_every_page_is_reached_from_the_index() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page.suffix == ".md" and page.exists() and page not in seen:
            seen.add(page)
            waiting += [page.parent / link.split("#")[0] for link in _links(page) if link.split("#")[0]]
    assert [name for name, page in zip(_NAMES, _PAGES, strict=True) if page not in seen] == []


@pytest.mark.parametrize("page", _PAGES, ids=_NAMES)
def test_commands_shown_exist(page: Path) -> None:
    """Each `ansinh …` shown names a command and options the command line has."""
    assert [shown for shown in _COMMAND.findall(page.read_text("utf-8")) if _unknown_in(shown)] == []


def test_an_unknown_command_is_seen() -> None:
    assert _unknown_in("month fly 2020-08") == "fly"
    assert _unknown_in("month open 2020-08 --loud") == "--loud"
    assert _unknown_in("month open 2020-08 --place 064 --json") == ""


def test_the_glossary_knows_every_table() -> None:
    tables = {model.__name__ for model in apps.get_models() if model.__module__.startswith("ansinh.")}
    assert _missing(tables) == set()


def test_the_glossary_knows_every_state() -> None:
    states = {state for machine in _machines() for state in machine.states}
    assert states, "no machine was found"
    assert _missing(states) == set()


def test_the_glossary_knows_categories_and_roles() -> None:
    # Items of the merit tables are the law's own names, told in docs/reference/categories.md.
    assert _missing({category.code for category in load_pack().categories if category.kind != "merit"}) == set()
    assert _missing({role.value for role in Role}) == set()


def _missing(words: set[str]) -> set[str]:
    glossary = (ROOT / "docs" / "reference" / "glossary.md").read_text("utf-8")
    return words - set(re.findall(r"`(\w+)`", glossary))


def _machines() -> Iterator[Machine]:
    for path in sorted((ROOT / "ansinh").glob("*/states.py")):
        module = importlib.import_module(f"ansinh.{path.parent.name}.states")
        yield from (value for value in vars(module).values() if isinstance(value, Machine))


def _links(page: Path) -> list[str]:
    text = _BLOCK.sub("", page.read_text("utf-8"))
    return [link for link in _LINK.findall(text) if not link.startswith(("http://", "https://", "mailto:"))]


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    if not target.exists():
        return False
    return not anchor or anchor in {_anchor(line) for line in target.read_text("utf-8").splitlines() if line[:1] == "#"}


def _anchor(heading: str) -> str:
    """As GitHub makes it: small letters, signs dropped, spaces to hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lstrip("#").strip().lower()).replace(" ", "-")


def _unknown_in(shown: str) -> str:
    """The first word of a shown command line the program does not know; empty when it knows them all."""
    command: click.Command = cli
    with click.Context(cli) as context:
        for word in shlex.split(shown.replace("…", "")):
            options = {option for param in command.params for option in param.opts}
            if isinstance(command, click.Group):
                found = command.get_command(context, word)
                if found is None:
                    return "" if word in context.help_option_names else word
                command = found
            elif word.startswith("--") and command.name != "manage" and word not in options:
                return word
    return ""
