"""The papers of a run by name, ready to print or send on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ansinh.access.types import Actor
from ansinh.kernel.names import folded
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.queries import get_run
from ansinh.places.queries import get_place
from ansinh.platform.cancelling import Progress
from ansinh.reports.change_list import change_list_paper
from ansinh.reports.layout import Paper
from ansinh.reports.one_off_list import one_off_list_paper
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.pdf import render_pdf
from ansinh.reports.queries.records import RunPapers
from ansinh.reports.summary import commune_summary_paper, group_summary_paper, group_table_paper
from ansinh.reports.xlsx import render_xlsx

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class UnknownPaper(Refusal):
    """Không có giấy tờ "{paper}". Các loại có: {known}."""


class NothingToPrint(Refusal):
    """Xã mã {commune} không có ai trong kỳ chi trả số {run_id}, nên không có gì để in. Hãy chọn xã khác."""


class NotOfOneOff(Refusal):
    """Đợt chi một lần không có "{title}", chỉ có danh sách chi trả. Hãy in danh sách chi trả."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A file to hand out."""

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of paper: its title in Vietnamese, the start of its file's name, how it is laid out."""

    title: str
    file_stem: str
    lay_out: Callable[[RunPapers], Paper]


def _list_paper(papers: RunPapers) -> Paper:
    """The list people sign: of the month, or of what is given once."""
    if papers.run.occasion_id is not None:
        return one_off_list_paper(papers.one_off_list())
    return payment_list_paper(papers.payment_list())


PAPERS: dict[str, _Kind] = {
    "payment_list": _Kind("Danh sách chi trả", "danh-sach-chi-tra", _list_paper),
    "change_list": _Kind(
        "Danh sách tăng, giảm", "danh-sach-tang-giam", lambda papers: change_list_paper(papers.change_list())
    ),
    "summary_by_group": _Kind(
        "Tổng hợp theo nhóm", "tong-hop-theo-nhom", lambda papers: group_summary_paper(papers.summary())
    ),
    "summary_by_commune": _Kind(
        "Tổng hợp theo xã", "tong-hop-theo-xa", lambda papers: commune_summary_paper(papers.summary())
    ),
    "group_table": _Kind(
        "Bảng số người và kinh phí theo nhóm", "bang-theo-nhom", lambda papers: group_table_paper(papers.summary())
    ),
}


def render_paper(
    *,
    paper: str,
    run_id: int,
    commune: str,
    form: Literal["pdf", "xlsx"],
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> Rendered:
    """One paper of a run, of one commune where named. `progress`: lines done, lines in all, of a long PDF.

    Refuses UnknownPaper, NoSuchRun, NotOfOneOff, NothingToPrint, NameBesideHiv, SettingEnded.
    """
    if paper not in PAPERS:
        raise UnknownPaper(paper=paper, known=", ".join(PAPERS))
    kind = PAPERS[paper]
    run = get_run(run_id, by=by)
    if run.occasion_id is not None and paper != "payment_list":
        raise NotOfOneOff(title=kind.title)
    papers = RunPapers(run, by=by, commune=commune, at=at)
    if commune and paper != "change_list" and not papers.names_anybody:
        raise NothingToPrint(commune=commune, run_id=run_id)
    laid_out = kind.lay_out(papers)
    content = render_pdf(laid_out, progress=progress) if form == "pdf" else render_xlsx(laid_out)
    place = get_place(commune or run.place_code, run.month.first_day)
    named = folded(place.full_name).replace(" ", "-")
    return Rendered(f"{kind.file_stem}-{named}-{run.month}.{form}", MEDIA_TYPES[form], content)
