"""Teach the register an office's own wording of a category."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.names import folded
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.policy import load_pack
from ansinh.registry.models import CategoryWording


class UnknownCategoryCode(Refusal):
    """Không có diện hưởng mã "{category}". Các mã hiện có: {known}."""


@dataclass(frozen=True, slots=True)
class WordingAdded:
    """The wording now known."""

    wording: str
    category: str


@action(permission="registry.add_wording", name="Khai cách ghi của đơn vị")
def add_wording(*, wording: str, category: str, by: Actor, at: datetime) -> WordingAdded:
    """From now on files that say `wording` mean `category`; a wording already known gets its new meaning."""
    known = sorted(one.code for one in load_pack().categories)
    if category not in known:
        raise UnknownCategoryCode(category=category, known=", ".join(known))
    CategoryWording.objects.update_or_create(
        wording_key=folded(wording), defaults={"wording": wording, "category": category, "recorded_at": at}
    )
    return WordingAdded(wording, category)
