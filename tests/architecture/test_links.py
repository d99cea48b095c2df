"""A link in the documents that leads nowhere costs a reader more than no link."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.sources import ROOT, files

_LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)")


def dead_links(path: Path) -> list[str]:
    """The relative links of a page that lead to no file."""
    links = _LINK.findall(path.read_text(encoding="utf-8"))
    return [f"{path.name}: {link}" for link in links if not (path.parent / link).exists()]


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *files("docs", "ansinh", "examples", suffix=".md")]
    assert len(pages) > 10
    assert [dead for page in pages for dead in dead_links(page)] == []


def test_a_planted_dead_link_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("[here](page.md) [gone](nowhere.md#part) [web](https://example.org)")
    assert dead_links(page) == ["page.md: nowhere.md"]
