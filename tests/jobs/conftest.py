"""Jobs really commit: each test has a database of its own, and the people who ask for them."""

from __future__ import annotations

from typing import Any

import pytest

from ansinh.jobs.actions import start_job
from ansinh.jobs.models import Job
from tests.committing import transactional_db
from tests.registry.conftest import AN, register
from tests.seeding import AT, NGOC_PHAI, Desk, open_desk

__all__ = ["transactional_db"]

AUGUST_HERE = {"place_code": NGOC_PHAI, "month": "2020-08"}


@pytest.fixture
def desk(first_load: object, transactional_db: None) -> Desk:
    return open_desk()


def ask(desk: Desk, *, content: bytes = b"", **arguments: Any) -> int:
    """The officer asks for a register of Ngọc Phái to be taken in; the job's number."""
    asked = start_job(
        kind="register_import", arguments={**AUGUST_HERE, **arguments}, content=content or register(AN),
        file_name="so.xlsx", by=desk.officer, at=AT,
    )  # fmt: skip
    return asked.job_id


def state_of(job_id: int) -> str:
    """Where a job stands."""
    return str(Job.objects.values_list("state", flat=True).get(pk=job_id))
