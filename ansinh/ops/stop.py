"""`ansinh stop`: end the embedded server; nothing is lost, the next command starts it again."""

from __future__ import annotations

import click

from ansinh.ops.answer import Answer, json_option


@click.command("stop")
@json_option
@click.pass_obj
def command(answer: Answer) -> None:
    """Dừng PostgreSQL đi kèm, sau khi mọi thứ đã ghi xong."""
    from ansinh.platform.embedded.server import stop_server
    from ansinh.platform.home import current_home

    stopped = stop_server(current_home())
    answer.give({"stopped": stopped}, "Đã dừng PostgreSQL đi kèm." if stopped else "PostgreSQL đi kèm không chạy.")
