"""Anticipated refusals. Each subclass lives in the module that raises it; its docstring is the Vietnamese message."""

from __future__ import annotations

import inspect
import re
from typing import Any, ClassVar


class Refusal(Exception):
    """Không thực hiện được yêu cầu này."""

    # Stable machine-readable name, e.g. "not_whole_dong"; the text may improve, the code may not change.
    code: ClassVar[str] = "refusal"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **facts: Any) -> None:
        super().__init__(facts)
        self.facts: dict[str, Any] = facts

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by its facts, so that it crosses from one process to another as it is."""
        return _refused, (type(self), self.facts)

    @property
    def message(self) -> str:
        """What, which, why and what to do next, in Vietnamese, for the person reading."""
        template = inspect.cleandoc(type(self).__doc__ or Refusal.__doc__ or "")
        return " ".join(template.format(**self.facts).split())

    def __str__(self) -> str:
        return self.message

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON answers: code, message and the facts as text or whole numbers."""
        facts = {k: v if isinstance(v, (int, list, dict)) else str(v) for k, v in self.facts.items()}
        return {"code": self.code, "message": self.message, "facts": facts}


def _refused(kind: type[Refusal], facts: dict[str, Any]) -> Refusal:
    return kind(**facts)
