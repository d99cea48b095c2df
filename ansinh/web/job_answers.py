"""What came of a job that is done, in words, and where to go on from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.jobs.queries import ShownJob
from ansinh.kernel.month import Month
from ansinh.web.naming import place_name
from ansinh.web.templatetags.office import count, dong


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job, and where to go on."""

    said: str
    address: str = ""
    title: str = ""
    # Lists that were refused: which place, and why.
    refusals: tuple[tuple[str, str], ...] = ()


def answer_of(job: ShownJob) -> Answer:
    """What a job that is done says."""
    answer = _ANSWERS[job.kind](job.result)
    if not answer.refusals:
        return answer
    on = Month.parse(job.arguments["month"]).first_day
    return replace(answer, refusals=tuple((place_name(code, on), said) for code, said in answer.refusals))


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


def _month(result: Mapping[str, Any]) -> Answer:
    facts = {name: count(result[name]) for name in ("done", "passed_over", "refused")}
    said = _("Xong %(done)s danh sách.") % facts
    if result["passed_over"]:
        said += " " + _("%(passed_over)s danh sách đã xong bước này từ trước.") % facts
    if result["refused"]:
        said += " " + _("%(refused)s danh sách chưa làm được, vì sao thì ghi bên dưới.") % facts
    refusals = tuple((one["place"], one["message"]) for one in result["refusals"])
    if "run_id" in result:
        return Answer(said, reverse("web:run", args=[result["run_id"]]), _("Xem danh sách"))
    return Answer(said, reverse("web:board"), _("Xem các kỳ chi trả"), refusals)


def _results(result: Mapping[str, Any]) -> Answer:
    address = reverse("web:results_file", args=[result["file_id"]])
    if result["state"] == "CHECKED":
        said = _("Đã đọc %(rows)s dòng, chưa ghi gì vào sổ. Hãy xem lại rồi bấm “Ghi nhận kết quả”.")
        return Answer(said % {"rows": count(result["rows"])}, address, _("Xem lại tệp"))
    said = _("Đã ghi nhận %(applied)s dòng: đã trả %(paid)s, chưa trả %(unpaid)s; để riêng %(aside)s dòng.")
    facts = {
        "applied": count(result["applied"]),
        "paid": dong(result["paid_dong"]),
        "unpaid": dong(result["unpaid_dong"]),
        "aside": count(result["set_aside"]),
    }
    return Answer(said % facts, address, _("Xem tệp kết quả"))


_ANSWERS: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
    "register_import": _register,
    **dict.fromkeys(("month_open", "month_compute", "month_check", "month_submit", "month_approve"), _month),
    **dict.fromkeys(("results_import", "results_apply"), _results),
}
