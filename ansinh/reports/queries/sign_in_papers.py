"""The paper by which somebody signs in for the first time, or anew: handed over by the administrator, used once."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.actions import PaperIssued
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.reports.queries.papers import MEDIA_TYPES, Rendered
from ansinh.reports.typeset import typeset


def render_sign_in_paper(issued: PaperIssued, *, address: str, at: datetime) -> Rendered:
    """The paper as PDF, A5; `address`: of the page where the code is typed. The code stands nowhere else."""
    said = {
        "full_name": issued.full_name,
        "username": issued.username,
        "secret": issued.secret,
        "expires": f"{issued.expires_at.astimezone(LEGAL_DAYS):%H:%M ngày %d/%m/%Y}",
        "printed": f"{at.astimezone(LEGAL_DAYS):%H:%M ngày %d/%m/%Y}",
        "address": address,
    }
    drawn = typeset("sign_in_paper.typ", said, printed_at=int(at.timestamp()))
    return Rendered(f"giay-dang-nhap-{issued.username}.pdf", MEDIA_TYPES["pdf"], drawn)
