"""`ansinh policy …`: the law, tried on written cases. Pure: neither database nor Django is touched."""

from __future__ import annotations

from pathlib import Path

import click

from ansinh.ops.answer import Answer, json_option


@click.group("policy")
def command() -> None:
    """Luật: chạy các tình huống mẫu."""


@command.command("cases")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@json_option
@click.pass_obj
def cases(answer: Answer, files: tuple[Path, ...]) -> int:
    """Chạy các tình huống trong FILES (tệp YAML hoặc thư mục); dòng cuối là "N passed, N failed"."""
    from ansinh.policy.cases import run_files

    lines: list[str] = []
    paths = [inner for path in files for inner in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    passed, failed = run_files(paths, lines.append if answer.as_json else click.echo)
    facts = {"passed": passed, "failed": failed, "report": lines}
    answer.give(facts, f"{passed} passed, {failed} failed")
    return 1 if failed else 0
