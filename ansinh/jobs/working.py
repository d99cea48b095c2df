"""A worker: takes jobs from the queue, some at a time, tells that it lives, and finds jobs whose worker has died."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

import psycopg
from django.db import Error, connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ProcrastinateException
from procrastinate.psycopg_connector import PsycopgConnector

from ansinh.jobs.beat import own_params
from ansinh.jobs.queue import QUEUE
from ansinh.jobs.sweeping import BEAT_SECONDS, STALLED_SECONDS, empty_given_up, sweep
from ansinh.jobs.tasks import ending
from ansinh.jobs.types import Clock

# Seconds between two looks for orphans; between two for files nobody needs.
_LOOK, _HOUR = 3.0, 3600.0
# Seconds jobs under way have to come to their next step once the worker shall end; after that it ends as it stands,
# which every kind of job survives.
_GRACE = 10.0
_log = logging.getLogger(__name__)


class WorkerInterrupted(Exception):
    """The database, or the way to it, is gone; jobs under way have been rolled back and will be found again."""


def work(*, concurrency: int, clock: Clock, stays: Callable[[], bool] = lambda: True) -> None:
    """Work until told to end (SIGTERM, Ctrl-C) or `stays()` no more; raises WorkerInterrupted when it cannot go on."""
    try:
        asyncio.run(_work(concurrency, clock, stays))
    except (ProcrastinateException, psycopg.Error, Error) as fault:
        raise WorkerInterrupted(str(fault) or type(fault).__name__) from fault
    if not ending.is_set():
        # What the library calls a normal end: it could not say that it lives.
        raise WorkerInterrupted


async def _work(concurrency: int, clock: Clock, stays: Callable[[], bool]) -> None:
    # One connection to listen on, one to take jobs, one to tell of itself.
    connector = PsycopgConnector(kwargs=own_params(), min_size=1, max_size=3)
    with app.replace_connector(connector) as own:
        async with own.open_async():
            loop = asyncio.get_running_loop()
            side = asyncio.create_task(_look_around(clock, stays))
            worker = asyncio.create_task(
                own.run_worker_async(
                    queues=[QUEUE],
                    concurrency=concurrency,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=BEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                    additional_context={"clock": clock},
                )
            )
            for sign in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(sign, _end, worker)
            try:
                done, _ = await asyncio.wait({worker, side}, return_when=asyncio.FIRST_COMPLETED)
                for one in done:
                    _end_if_asked(one, worker)
                with suppress(asyncio.CancelledError):
                    await worker
            finally:
                side.cancel()
                with suppress(asyncio.CancelledError):
                    await side


def _end_if_asked(one: asyncio.Task[None], worker: asyncio.Task[None]) -> None:
    """The look-around ended first: whoever we stayed for is gone, or the database is (raised here)."""
    if one is not worker:
        worker.cancel()
        one.result()


def _end(worker: asyncio.Task[None]) -> None:
    """Take no more jobs; those under way stop at their next step, or in ten seconds with the process."""
    ending.set()
    last = threading.Timer(_GRACE, os._exit, [0])
    last.daemon = True
    last.start()
    worker.cancel()


async def _look_around(clock: Clock, stays: Callable[[], bool]) -> None:
    """Every few seconds find jobs whose worker died; every hour empty files of jobs given up."""
    since = _HOUR
    while stays():
        await asyncio.to_thread(_tidy, clock, since >= _HOUR)
        since = 0.0 if since >= _HOUR else since + _LOOK
        await asyncio.sleep(_LOOK)
    ending.set()


def _tidy(clock: Clock, whole: bool) -> None:
    try:
        if found := sweep(clock=clock):
            _log.warning("Tìm thấy %s việc bị ngắt, đã cho chờ làm lại.", found)
        if whole:
            empty_given_up()
    finally:
        connection.close()
