"""`ansinh worker`: does long jobs; as many of it as there are processors to spare, on any machine that reaches the
database. Killed, its jobs are found and done by another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ansinh.kernel.refusal import Refusal
from ansinh.ops.answer import Answer

_PATIENCE = (1, 2, 5, 10, 15)
_STOPPING_SECONDS = 20


@click.command("worker")
@click.option(
    "--concurrency", default=2, show_default=True, type=click.IntRange(1, 32), help="Số việc làm cùng một lúc."
)
@click.option("--beside", type=int, hidden=True, help="Dừng khi tiến trình mang số này không còn.")
@click.pass_obj
def command(answer: Answer, concurrency: int, beside: int | None) -> None:
    """Làm các việc chạy lâu đang chờ; chạy được nhiều tiến trình, trên nhiều máy."""
    from ansinh.ops.preparation import prepared_database
    from ansinh.ops.web_login import serve_as_web

    # Signed in as the web is: a job sees what its asker sees, and steps up only inside an act.
    serve_as_web(prepared_database(answer.say))
    from ansinh.jobs.actions import WorkerInterrupted, work
    from ansinh.ops.acting import now

    answer.say(f"Tiến trình xử lý sẵn sàng, làm {concurrency} việc cùng lúc (dừng bằng Ctrl-C).")
    failures = 0
    while True:
        begun = time.monotonic()
        try:
            work(concurrency=concurrency, clock=now, stays=lambda: beside is None or os.getppid() == beside)
        except WorkerInterrupted as interrupted:
            failures = 0 if time.monotonic() - begun > _PATIENCE[-1] else failures + 1
            answer.say(f"Mất kết nối cơ sở dữ liệu ({_first_line(interrupted)}); thử lại…")
            time.sleep(_PATIENCE[min(failures, len(_PATIENCE)) - 1])
            _database_again(answer)
        else:
            answer.say("Đã dừng tiến trình xử lý.")
            return


def _database_again(answer: Answer) -> None:
    """Our own server is started anew when it is gone; one outside is waited for by the next attempt."""
    from django.db import connections

    from ansinh.ops.preparation import reachable_database

    connections.close_all()
    try:
        reachable_database(answer.say)
    except Refusal as refusal:
        answer.say(refusal.message)


def _first_line(fault: Exception) -> str:
    return (str(fault).strip() or "không còn trả lời").splitlines()[0]


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker of its own process, for as long as this one lives; however this one ends."""
    words = [sys.executable, "-m", "ansinh.ops.main", "worker", "--concurrency", "1", "--beside", str(os.getpid())]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(_STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
