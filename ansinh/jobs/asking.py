"""Who may have a job done: whoever may do, there and now, what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.access.types import Actor
from ansinh.jobs.types import Kind
from ansinh.platform.action import NotPermitted


class NotYoursToHaveDone(NotPermitted):
    """{who} không được giao việc "{what}", nên cũng không giao cho tiến trình xử lý làm thay, không dừng hay làm tiếp
    việc ấy được. Hãy nhờ người được giao việc này."""


def must_do(kind: Kind, arguments: Mapping[str, Any], by: Actor) -> None:
    """Refuses what the kind refuses (a place out of reach first), whoever may not do what the job does
    (NotYoursToHaveDone), and whoever is not sure enough of a sign-in for it."""
    kind.check(arguments, by)
    if not by.may(kind.permission):
        raise NotYoursToHaveDone(who=by.name, what=kind.name_vi)
    by.must_be_sure(kind.permission, what=kind.name_vi)
    kind.check(arguments, by.within(kind.permission))
