"""Files handed to a command."""

from __future__ import annotations

from pathlib import Path

from ansinh.kernel.refusal import Refusal


class FileUnreadable(Refusal):
    """Không đọc được tệp {path}: {why}. Hãy kiểm tra tên tệp và quyền đọc."""


def read_file(file: Path) -> bytes:
    """What a file holds; refuses (FileUnreadable) one that cannot be read."""
    try:
        return file.read_bytes()
    except OSError as fault:
        raise FileUnreadable(path=file, why=fault.strerror or type(fault).__name__) from fault
