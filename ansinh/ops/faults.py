"""The outermost door of the command line: refusals are told, what was not foreseen is written down."""

from __future__ import annotations

import getpass
import socket
import traceback
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import click

from ansinh.kernel.refusal import Refusal
from ansinh.ops.answer import Answer
from ansinh.platform.home import DiskFull, current_home
from ansinh.platform.origin import COMMAND, Origin, coming_from
from ansinh.platform.redaction import redacted

REFUSED = 1
FAULT = 70  # EX_SOFTWARE of sysexits.h


class SomebodyFaster(Refusal):
    """Một lệnh khác đang sửa cùng dữ liệu nên lệnh này đã lùi lại, chưa thay đổi gì. Hãy chạy lại."""


@dataclass(frozen=True, slots=True)
class Door:
    """Around a whole command. What click itself says (usage, interruption) passes through untouched."""

    answer: Answer
    _inside: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> None:
        self._inside.enter_context(coming_from(_origin()))

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside.close()
        if not isinstance(fault, Exception) or isinstance(fault, (click.ClickException, click.exceptions.Exit)):
            return
        refusal = _as_refusal(fault)
        if refusal is not None:
            self.answer.refuse(refusal)
            raise SystemExit(REFUSED) from fault
        place = _written_down(fault)
        said = redacted(f"{type(fault).__name__}: {fault}")
        self.answer.say(f"Phần mềm gặp lỗi ngoài dự kiến ({said}).\nChi tiết đã ghi ở: {place}")
        raise SystemExit(FAULT) from fault


def _origin() -> Origin:
    """This machine and the operating system's user; a user without a name in the system is told by number."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "?"
    return Origin(COMMAND, socket.gethostname(), "", user)


def _as_refusal(fault: BaseException | None) -> Refusal | None:
    """The refusal, or what a lost database or a full disk means, however deep Django has wrapped it."""
    if isinstance(fault, Refusal):
        return fault
    import psycopg  # slow to import, and most commands that refuse never needed it

    from ansinh.platform.stamp import DatabaseUnreachable

    while fault is not None:
        if isinstance(fault, Refusal):
            return fault
        if isinstance(fault, psycopg.errors.DiskFull):
            return DiskFull(path=current_home().root)
        if isinstance(fault, (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable)):
            return SomebodyFaster()
        if isinstance(fault, psycopg.OperationalError):
            return DatabaseUnreachable(why=redacted(str(fault).strip()))
        fault = fault.__cause__
    return None


def _written_down(fault: Exception) -> Path | str:
    """The file that holds the traceback; where none can be written, it goes to stderr."""
    text = redacted("".join(traceback.format_exception(fault)))
    path = current_home().log / f"fault-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
    except OSError:
        click.echo(text, err=True)
        return "ngay phía trên"
    return path
