"""Long work: what waits, runs and has ended; one job with its progress; stopping it, going on with it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ansinh.access.types import Actor
from ansinh.jobs.actions import cancel_job, resume_job
from ansinh.jobs.queries import ShownJob, get_job, get_kind, list_jobs, worker_lives
from ansinh.jobs.types import CANCELLED, DONE, FAILED
from ansinh.kernel.month import Month
from ansinh.web.job_answers import answer_of
from ansinh.web.naming import place_name
from ansinh.web.seeing import acting, does, shows

_JOBS_A_PAGE = 25


@require_GET
@shows("jobs.see_jobs")
def jobs(request: HttpRequest) -> HttpResponse:
    """The visitor's own jobs and those of their places, what is not over first."""
    by = acting(request)
    page = Paginator(list_jobs(by=by), _JOBS_A_PAGE).get_page(request.GET.get("page"))
    unended = any(not one.is_over for one in page.object_list)
    context = {
        "page": page,
        "rows": [(one, _place(one)) for one in page.object_list],
        "unended": unended,
        "nobody_works": unended and not worker_lives(),
    }
    return render(request, "web/jobs/jobs.html", context)


@require_GET
@shows("jobs.see_jobs")
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job: how far it is, what came of it, what can be done; asks again by itself until it is over."""
    by = acting(request)
    one = get_job(job_id, by=by)
    context = {
        "job": one,
        "place": _place(one),
        "month": Month.parse(one.arguments["month"]) if one.arguments.get("month") else None,
        "answer": answer_of(one) if one.state == DONE else None,
        "may_stop": not one.is_over and not one.is_stopping and _theirs(one, by, "jobs.cancel_job"),
        "may_resume": one.state in {FAILED, CANCELLED} and _theirs(one, by, "jobs.resume_job"),
        "nobody_works": not one.is_over and not worker_lives(),
    }
    return render(request, "web/jobs/job.html", context)


def _theirs(one: ShownJob, by: Actor, act: str) -> bool:
    return by.may(act) and (
        by.may(get_kind(one.kind).permission) or (act == "jobs.cancel_job" and one.asked_by == by.user_id)
    )


def _place(one: ShownJob) -> str:
    return place_name(one.place_code, timezone.localdate(one.asked_at)) if one.place_code else ""


@require_POST
@does("jobs.cancel_job")
def stop(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop a job: at once while it waits, at its next step when it runs."""
    moved = cancel_job(job_id=job_id, by=acting(request), at=timezone.now())
    if moved.state == CANCELLED:
        messages.success(request, _("Đã dừng việc này trước khi bắt đầu."))
    else:
        messages.info(request, _("Việc sẽ dừng ở bước kế tiếp; phần đã lưu được giữ lại."))
    return redirect("web:job", job_id)


@require_POST
@does("jobs.resume_job")
def resume(request: HttpRequest, job_id: int) -> HttpResponse:
    """Let a job that failed or was stopped wait for a worker again."""
    resume_job(job_id=job_id, by=acting(request), at=timezone.now())
    messages.success(request, _("Việc đang chờ làm tiếp; phần đã lưu không làm lại."))
    return redirect("web:job", job_id)
