"""What came of a job that is done, in words, and where to go on from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.jobs.queries import ShownJob
from ansinh.web.templatetags.office import count


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job, and where to go on."""

    said: str
    address: str = ""
    title: str = ""


def answer_of(job: ShownJob) -> Answer:
    """What a job that is done says."""
    return _ANSWERS[job.kind](job.result)


def _register(result: Mapping[str, Any]) -> Answer:
    facts = {
        "rows": count(result["rows"]),
        "accepted": count(result["accepted"]),
        "aside": count(result["set_aside"]),
        "proposals": count(result["proposals"]),
    }
    said = _("Đã đọc %(rows)s dòng: nhận %(accepted)s, để riêng %(aside)s dòng cần sửa.") % facts
    if result["proposals"]:
        said += " " + _("Có %(proposals)s thay đổi so với sổ hiện có đang chờ bạn quyết định.") % facts
    return Answer(said, reverse("web:register", args=[result["file_id"]]), _("Xem tệp đã nhập"))


_ANSWERS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {"register_import": _register}
