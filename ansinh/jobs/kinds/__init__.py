"""Every kind of long job there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from ansinh.jobs.kinds.months import MONTH_STEPS
from ansinh.jobs.kinds.registers import REGISTER_IMPORT
from ansinh.jobs.kinds.results import RESULTS_APPLY, RESULTS_IMPORT
from ansinh.jobs.types import Kind
from ansinh.kernel.refusal import Refusal

KINDS: tuple[Kind, ...] = (REGISTER_IMPORT, *MONTH_STEPS, RESULTS_IMPORT, RESULTS_APPLY)


class UnknownKind(Refusal):
    """Không có loại việc chạy lâu "{kind}". Các loại đang có: {known}."""


class _Asked(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def arguments(self) -> Mapping[str, Any]: ...


def get_kind(code: str) -> Kind:
    """The kind of that code; refuses (UnknownKind)."""
    found = next((one for one in KINDS if one.code == code), None)
    if found is None:
        raise UnknownKind(kind=code, known=", ".join(one.code for one in KINDS))
    return found


def lane_of(job: _Asked) -> str:
    """Jobs of one lane wait for each other: they would wait inside the database, each holding a worker."""
    place, payer = str(job.arguments.get("place_code", "")), str(job.arguments.get("payer", ""))
    return f"{get_kind(job.kind).permission}:{place[:2]}{payer}" if place or payer else ""
