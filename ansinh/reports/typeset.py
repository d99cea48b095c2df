"""Sets texts with a template and the fonts this package carries: no network, no system fonts.

Setting takes memory (some 0.3 MB a row of a list) and keeps most of it for the next time: what is long is set in
processes of its own, which give it back.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from ansinh.kernel.refusal import Refusal

HERE = Path(__file__).parent
_TEMPLATES = HERE / "templates"


class SettingEnded(Refusal):
    """Tiến trình dàn trang đã dừng giữa chừng (mã thoát {code}), thường vì máy hết bộ nhớ hoặc bị người quản trị dừng.
    Chưa in được gì; hãy làm lại."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A document set in type; `joint` is what the template says of where it leaves off, None where it says nothing."""

    pdf: bytes
    joint: int | None = None


def typeset(template: str, paper: dict[str, Any], *, printed_at: int, tagged: bool = True) -> bytes:
    """The PDF of what a template makes of a paper; the same paper gives the same bytes. `printed_at`: Unix seconds."""
    return _set(template, paper, printed_at=printed_at, tagged=tagged)[0]


def typeset_apart(template: str, paper: dict[str, Any], *, printed_at: int) -> Typeset:
    """As `typeset`, without tags, in a process of its own. Refuses (SettingEnded) when that process is killed.

    It ends by itself soon after its caller does: nobody takes its answer.
    """
    asked = json.dumps({"template": template, "paper": paper, "printed_at": printed_at}, ensure_ascii=False)
    # Wherever this package was found it is found again.
    paths = (str(HERE.parents[1]), os.environ.get("PYTHONPATH", ""))
    ended = subprocess.run(
        [sys.executable, "-m", __name__],
        input=asked.encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        check=False,
    )
    if ended.returncode < 0:
        raise SettingEnded(code=ended.returncode)
    ended.check_returncode()
    answer = json.loads(ended.stdout)
    return Typeset(base64.b64decode(answer["pdf"]), answer["joint"])


@functools.cache
def fonts() -> typst.Fonts:
    """The fonts of this package, and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"])


def _set(template: str, paper: dict[str, Any], *, printed_at: int, tagged: bool) -> tuple[bytes, typst.Compiler]:
    """The PDF, and what made it: asked for a label, it sets nothing again."""
    compiler = typst.Compiler(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
    )
    drawn = compiler.compile(format="pdf", timestamp=printed_at, pdf_tags=tagged)
    if not isinstance(drawn, bytes):
        raise TypeError("one document asked for, several made")
    return drawn, compiler


def _answer_caller() -> None:
    """The life of a process of its own: one document asked for on standard input, given on standard output."""
    drawn, compiler = _set(**json.loads(sys.stdin.buffer.read()), tagged=False)
    found = json.loads(compiler.query("<joint>", field="value"))
    answer = {"pdf": base64.b64encode(drawn).decode(), "joint": found[0] if found else None}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _answer_caller()
