"""`ansinh docs …`: pages written from the code itself, so that they cannot drift from it."""

from __future__ import annotations

from pathlib import Path

import click

from ansinh.kernel.refusal import Refusal
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.reference import written_pages

_FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


class StalePages(Refusal):
    """Các trang sau không còn khớp với mã nguồn: {pages}. Hãy chạy "ansinh docs write" rồi lưu kết quả."""


@click.group("docs")
def command() -> None:
    """Tài liệu sinh từ mã nguồn."""


@command.command("write")
@json_option
@click.pass_obj
def write(answer: Answer) -> None:
    """Viết lại các trang trong docs/reference."""
    stale = stale_pages()
    _FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (_FOLDER / name).write_text(written_pages()[name], encoding="utf-8")
    answer.give({"written": stale}, f"Đã viết lại {len(stale)} trang.")


@command.command("check")
@json_option
@click.pass_obj
def check(answer: Answer) -> None:
    """Báo lỗi nếu có trang đã cũ."""
    stale = stale_pages()
    if stale:
        raise StalePages(pages=", ".join(stale))
    answer.give({"stale": []}, "Tài liệu khớp với mã nguồn.")


def stale_pages() -> list[str]:
    """The pages whose text on disk is not what the code says now."""
    pages = written_pages()
    return [name for name, text in pages.items() if not _same(_FOLDER / name, text)]


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
