"""Taking in a large register: one transaction; killed, nothing of it stands, and the whole file is taken again."""

from __future__ import annotations

from typing import Any

from ansinh.jobs.kinds.reaching import must_reach_place
from ansinh.jobs.types import Kind, Task
from ansinh.kernel.month import Month
from ansinh.payroll.queries import pack_listed_by
from ansinh.registry.actions import import_register


def _perform(task: Task) -> dict[str, Any]:
    month, place_code = Month.parse(task.arguments["month"]), task.arguments["place_code"]
    taken = import_register(
        content=task.content,
        file_name=task.file_name,
        place_code=place_code,
        month=month,
        by=task.by,
        at=task.clock(),
        law=pack_listed_by(place_code, month),
        progress=task.progress,
    )
    return {
        "file_id": taken.file_id,
        "rows": taken.rows,
        "accepted": taken.accepted,
        "set_aside": taken.set_aside,
        "proposals": taken.proposals,
        "already_known": taken.already_known,
    }


REGISTER_IMPORT = Kind(
    code="register_import",
    name_vi="Nhập sổ đối tượng",
    permission="registry.import_register",
    sight="registry.see_registers",
    check=must_reach_place,
    perform=_perform,
    resumes_vi="Cả tệp được ghi cùng lúc hoặc không dòng nào; làm lại là đọc lại cả tệp.",
    takes_file=True,
)
