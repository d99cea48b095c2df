"""Take very many people at once into an empty register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.platform.cancelling import Progress
from ansinh.registry.loading import bare_tables, copy_block, rows_in, set_sequences
from ansinh.registry.types import LoadedBlock, PeopleLoaded


class RegisterNotEmpty(Refusal):
    """Cơ sở dữ liệu này đã có người trong sổ, nên không nạp hàng loạt vào được: dữ liệu đang có sẽ bị lẫn.
    Hãy dùng một cơ sở dữ liệu mới, ví dụ đặt ANSINH_HOME ở một thư mục mới."""


@action(permission="registry.load_people", name="Nạp người hàng loạt")
def load_people(
    *,
    blocks: Iterable[LoadedBlock],
    people: int,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
) -> PeopleLoaded:
    """All of the blocks or nothing, checked by every constraint of the register before it is committed.

    `people`: how many are to come, for telling progress. Refuses a register that knows anybody (RegisterNotEmpty).
    """
    if rows_in(["registry_person"]):
        raise RegisterNotEmpty()
    came = rows = 0
    with bare_tables():
        for block in blocks:
            rows += copy_block(block)
            came += block.people
            if progress is not None:
                progress(came, people)
        set_sequences()
    return PeopleLoaded(came, rows)
