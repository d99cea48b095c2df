"""Nothing grows too large to read: 400 lines a file, 50 lines a function; each module says what it is for."""

from __future__ import annotations

import ast

from tests.architecture.sources import ROOT, files

MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 50


def too_long(name: str, text: str) -> list[str]:
    """What in a file exceeds its measure."""
    found = [f"{name}: {len(text.splitlines())} lines"] if len(text.splitlines()) > MOST_LINES else []
    if name.endswith(".py"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    found.append(f"{name}:{node.lineno} {node.name}: {lines} lines")
    return found


def test_files_and_functions_stay_small() -> None:
    paths = [*files("ansinh", "tests", "tools", "bench", suffix=".py"), *files("ansinh", suffix=".sql")]
    paths += files("ansinh", suffix=".html")
    assert [fault for p in paths for fault in too_long(str(p.relative_to(ROOT)), p.read_text(encoding="utf-8"))] == []


def test_every_module_opens_with_its_purpose() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in files("ansinh", "tests", suffix=".py")}
    silent = [str(p.relative_to(ROOT)) for p, text in texts.items() if text and not ast.get_docstring(ast.parse(text))]
    assert silent == []


def test_a_planted_giant_is_seen() -> None:
    body = "    x = 1\n" * 50
    assert too_long("a.py", f"def f():\n{body}") == ["a.py:1 f: 51 lines"]
    assert too_long("a.sql", "SELECT 1\n" * 401)
