"""A fault report on disk or on the screen tells where, never a secret or a person's number."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.ops.answer import Answer
from ansinh.ops.faults import FAULT, Door

SECRETS = ("004081000123", "s3cret", "k3j9x0q7w2m5n8b1v4c6z0a9s8d7f6g5")


def test_a_fault_report_is_redacted_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANSINH_HOME", str(tmp_path))
    text = "postgresql://office:s3cret@db/ansinh 004081000123 k3j9x0q7w2m5n8b1v4c6z0a9s8d7f6g5"
    with pytest.raises(SystemExit) as left, Door(Answer()):
        int(text)
    assert left.value.code == FAULT
    (report,) = (tmp_path / "log").glob("fault-*.txt")
    told = report.read_text(encoding="utf-8") + "".join(capsys.readouterr())
    assert [secret for secret in SECRETS if secret in told] == []
    assert "ValueError" in told
    assert "test_faults_told.py" in told
    assert report.stat().st_mode & 0o077 == 0
