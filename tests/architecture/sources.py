"""The project's own files, for the tests that read them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "ansinh"


def files(*folders: str, suffix: str) -> Iterator[Path]:
    """Files of that suffix below the named folders of the project, migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


@cache
def floor_of() -> dict[str, int]:
    """Each app's floor counted from the top, as the import contract names it."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers = next(contract for contract in tools["importlinter"]["contracts"] if contract["id"] == "floors")["layers"]
    return {app.strip(" ()"): floor for floor, layer in enumerate(layers) for app in layer.split("|")}
