"""An action is one verb, one transaction, one permission, one audit entry; keyword-only, the clock passed in."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from ansinh.kernel.refusal import Refusal
from ansinh.platform.audit import gathered, record
from ansinh.platform.keeping import kept_of
from ansinh.platform.row_security import whole_view

P = ParamSpec("P")
R = TypeVar("R")


class NotPermitted(Refusal):
    """{who} không được giao việc "{what}". Hãy nhờ người được giao việc này, hoặc đề nghị quản trị viên giao thêm."""


class ClockWithoutZone(Refusal):
    """Thời điểm {at} không có múi giờ, nên không ghi được vào nhật ký. Hãy truyền thời điểm có múi giờ."""


class ActorLike(Protocol):
    """Who acts, as far as the plumbing must know."""

    @property
    def user_id(self) -> int: ...
    @property
    def name(self) -> str: ...
    def may(self, permission: str) -> bool: ...
    def must_be_sure(self, permission: str, *, what: str = "") -> None: ...
    def within(self, *permissions: str) -> ActorLike: ...


@dataclass(frozen=True, slots=True)
class RegisteredAction:
    """What documents and tests read of an action."""

    app: str
    name: str
    permission: str
    # As people call it: "Phê duyệt danh sách".
    name_vi: str
    summary: str
    function: Callable[..., Any]


_registered: dict[str, RegisteredAction] = {}


def registered_actions() -> tuple[RegisteredAction, ...]:
    """Every action imported so far, by permission."""
    return tuple(_registered[key] for key in sorted(_registered))


def action(*, permission: str, name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make `app.verb_object` an action: `by` must hold the permission; work and audit entry commit together.

    Asked in this order: does a role of theirs hold it, is the sign-in sure enough, and where: `by` reaches only
    the places and payers of appointments that hold it. `name` is what people call it in Vietnamese, in refusals and
    documents.

    The work sees the whole database: who may do it where was asked before, and a part would give wrong sums.

    The audit entry holds what `keeping` names of the keyword arguments and of the result's fields.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        app, _, verb = permission.partition(".")
        if verb != function.__name__:
            raise TypeError(f"{function.__name__} must carry the verb of its permission {permission}")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by, at = cast(ActorLike, kwargs["by"]), cast(datetime, kwargs["at"])
            if at.tzinfo is None:
                raise ClockWithoutZone(at=at.isoformat())
            if not by.may(permission):
                raise NotPermitted(who=by.name, what=name, permission=permission)
            by.must_be_sure(permission, what=name)
            # Only where the actor holds this very permission: whoever inspects elsewhere acts at home alone.
            kwargs["by"] = by.within(permission)
            with whole_view(), gathered():
                result = function(*args, **kwargs)
                kept = kept_of(kwargs, result)
                record(
                    by=by, at=at, action=permission, facts=kept.facts, person_id=kept.person_id,
                    place_code=kept.place_code, reason=kept.reason,
                )  # fmt: skip
            return result

        run.permission = permission  # type: ignore[attr-defined]
        run.audit_name = permission  # type: ignore[attr-defined]
        summary = (inspect.getdoc(function) or "").splitlines()[0:1]
        _registered[permission] = RegisteredAction(app, verb, permission, name, "".join(summary), run)
        return run

    return decorate
