"""A run read as papers: the records they are made from, and the papers by name as files."""

from __future__ import annotations

from ansinh.reports.access_report import NOTES as ACCESS_NOTES
from ansinh.reports.access_report import AccessReport
from ansinh.reports.queries.access_reports import read_access_report, render_access_report
from ansinh.reports.queries.papers import PAPERS, NothingToPrint, Rendered, UnknownPaper, render_paper
from ansinh.reports.queries.payer_lists import NothingToHandOver
from ansinh.reports.queries.records import RunPapers
from ansinh.reports.queries.settlements import SETTLEMENT_PAPERS, render_settlement
from ansinh.reports.queries.sign_in_papers import render_sign_in_paper
from ansinh.reports.queries.slips import NobodyToSign, render_slip
from ansinh.reports.queries.trail import render_head, render_trail
from ansinh.reports.queries.transfer_requests import NoRequestToPrint, render_transfer_request

__all__ = [
    "ACCESS_NOTES",
    "PAPERS",
    "SETTLEMENT_PAPERS",
    "AccessReport",
    "NoRequestToPrint",
    "NobodyToSign",
    "NothingToHandOver",
    "NothingToPrint",
    "Rendered",
    "RunPapers",
    "UnknownPaper",
    "read_access_report",
    "render_access_report",
    "render_head",
    "render_paper",
    "render_settlement",
    "render_sign_in_paper",
    "render_slip",
    "render_trail",
    "render_transfer_request",
]
