"""`ansinh audit`: searched, taken out, its head kept and compared, by the command line of a home of its own."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansinh.ops.audit import NotAHead, read_head
from ansinh.platform.home import Home
from tests.ops.homes import fresh_home, started
from tests.ops.test_command_line import ansinh


@pytest.fixture
def home() -> Iterator[Home]:
    with fresh_home("audit") as made:
        started(made)
        yield made


def answered(home: Home, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the JSON of one command."""
    asked = ansinh(home, "audit", *words, "--json")
    out, said = asked.communicate()
    assert out, said
    return asked.returncode, json.loads(out)


def test_the_head_kept_is_compared_and_what_is_taken_out_is_told(home: Home, tmp_path: Path) -> None:
    code, head = answered(home, "head", "--pdf", str(tmp_path / "dau.pdf"))
    assert (code, head["number"] > 0) == (0, True)
    assert (tmp_path / "dau.pdf").read_bytes().startswith(b"%PDF")
    kept, forged = tmp_path / "dau.json", tmp_path / "khac.json"
    kept.write_text(json.dumps(head))
    forged.write_text(json.dumps({**head, "hash": "0" * 64}))
    assert answered(home, "check", str(kept))[1]["state"] == "same"
    code, compared = answered(home, "check", str(forged))
    assert (code, compared["state"]) == (1, "different")
    assert answered(home, "check", str(tmp_path))[0] == 1

    code, taken = answered(home, "export", str(tmp_path / "nhat-ky.csv"), "--channel", "command")
    rows = list(csv.reader((tmp_path / "nhat-ky.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (code, taken["entries"]) == (0, len(rows) - 1)
    _, found = answered(home, "search", "--limit", "1")
    (last,) = found["entries"]
    assert (last["action"], last["what"], last["channel"]) == ("access.export_audit", "Xuất nhật ký", "command")
    assert last["agent"]
    assert answered(home, "search", "--number", str(last["number"]))[1]["hash"] == last["hash"]
    assert answered(home, "search", "--number", "999999")[0] == 1


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"day": null, "number": "x", "hash": "", "at": null}'])
def test_a_file_that_is_no_head_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "dau.json"
    file.write_text(text)
    with pytest.raises(NotAHead):
        read_head(file)
