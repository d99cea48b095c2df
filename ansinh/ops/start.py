"""`ansinh start`: the database running and up to date, and nothing more."""

from __future__ import annotations

import click

from ansinh.ops.answer import Answer, json_option


@click.command("start")
@json_option
@click.pass_obj
def command(answer: Answer) -> None:
    """Khởi động cơ sở dữ liệu và cập nhật nó cho khớp với phần mềm."""
    from ansinh.ops.preparation import prepared_database
    from ansinh.platform.database import outside_url

    prepared_database(answer.say)
    ours = outside_url() is None
    where = "PostgreSQL đi kèm" if ours else "PostgreSQL theo DATABASE_URL"
    answer.give({"running": True, "embedded": ours}, f"Cơ sở dữ liệu sẵn sàng ({where}).")
