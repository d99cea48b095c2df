"""The words of long jobs: their states and kinds, each said once."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.jobs.queries import KINDS
from ansinh.jobs.types import STATE_NAMES

TABLES: dict[str, Mapping[str, Promise]] = {
    "job": {state: _(name) for state, name in STATE_NAMES.items()},
    "job_kind": {kind.code: _(kind.name_vi) for kind in KINDS},
    "job_resumes": {kind.code: _(kind.resumes_vi) for kind in KINDS},
}
