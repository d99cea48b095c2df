"""A run read as papers: the records they are made from, and the papers by name as files."""

from __future__ import annotations

from ansinh.reports.queries.papers import PAPERS, NothingToPrint, Rendered, UnknownPaper, render_paper
from ansinh.reports.queries.records import RunPapers

__all__ = ["PAPERS", "NothingToPrint", "Rendered", "RunPapers", "UnknownPaper", "render_paper"]
