"""The reference pages, each built from what the code itself declares: machines, permissions, commands, floors."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click

import ansinh
from ansinh.kernel.machine import Machine
from ansinh.ops import reference_law, reference_proofs, reference_roles
from ansinh.ops.main import ENTRIES, cli
from ansinh.platform.action import RegisteredAction, registered_actions

_PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
_WRITTEN = "<!-- Trang này sinh từ mã nguồn bằng lệnh: ansinh docs write -->"


def written_pages() -> dict[str, str]:
    """The text of every generated page, by file name."""
    bodies = {
        "states.md": _states(),
        "permissions.md": _permissions(),
        "roles.md": reference_roles.roles_page(),
        "commands.md": _commands(),
        "floors.md": _floors(),
        "categories.md": reference_law.categories_page(),
        "standard-amounts.md": reference_law.amounts_page(),
        "law-settings.md": reference_law.settings_page(),
        "findings.md": reference_law.findings_page(),
        "proofs.md": reference_proofs.proofs_page(),
    }
    return {name: f"{_WRITTEN}\n\n{body.rstrip()}\n" for name, body in bodies.items()}


def every_action() -> tuple[RegisteredAction, ...]:
    """Every action of every app, all their modules imported."""
    for _ in _modules("actions"):
        pass  # importing registers
    return registered_actions()


def _modules(room: str) -> Iterator[ModuleType]:
    """That room of every app that has it, with the modules inside when it is a folder."""
    for app in sorted(module.name for module in pkgutil.iter_modules(ansinh.__path__) if module.ispkg):
        package = importlib.import_module(f"ansinh.{app}")
        if room not in {module.name for module in pkgutil.iter_modules(package.__path__)}:
            continue
        found = importlib.import_module(f"ansinh.{app}.{room}")
        yield found
        for inner in pkgutil.iter_modules(getattr(found, "__path__", [])):
            yield importlib.import_module(f"{found.__name__}.{inner.name}")


def _states() -> str:
    lines = ["# Trạng thái và bước chuyển", "", "Mỗi bảng là một máy trạng thái; cột cuối là nguyên tắc bốn mắt."]
    for module in _modules("states"):
        for machine in (value for value in vars(module).values() if isinstance(value, Machine)):
            names: dict[str, str] = getattr(module, "STATE_NAMES", {})
            app = module.__name__.split(".")[1]
            lines += ["", f"## {app}.{machine.name}", "", "```mermaid", machine.mermaid(), "```"]
            lines += ["", "| trạng thái | tên trên màn hình |", "|---|---|"]
            lines += [f"| `{state}` | {names.get(state, '')} |" for state in machine.states]
            lines += ["", "| bước | từ | đến | vai trò | không được là người đã |", "|---|---|---|---|---|"]
            lines += [
                f"| `{s.action}` | `{s.source}` | `{s.target}` | {s.role} | {f'`{s.not_by}`' if s.not_by else ''} |"
                for s in machine.steps
            ]
    return "\n".join(lines)


def _permissions() -> str:
    # Read as a table, like the machines above: nothing here depends on what stands in it.
    table = importlib.import_module("ansinh.access.roles").ROLES
    names = {role: terms.name_vi for role, terms in table.items()}
    lines = ["# Hành động và quyền", "", "Tên của quyền, của hành động và của dòng nhật ký là một.", ""]
    lines += ["| quyền | " + " | ".join(names.values()) + " | lời hứa |"]
    lines += ["|---|" + ":-:|" * len(names) + "---|"]
    for known in every_action():
        marks = ["✓" if table[role].holds(known.permission) else "" for role in names]
        lines.append(f"| `{known.permission}` | {' | '.join(marks)} | {known.summary.replace('|', '/')} |")
    return "\n".join(lines)


def _commands() -> str:
    lines = ["# Dòng lệnh", "", "Mã thoát: 0 xong · 1 bị từ chối, có nói lý do · 2 gõ sai · 70 lỗi phần mềm.", ""]
    lines += ["| lệnh | việc | `--json` |", "|---|---|:-:|"]
    with click.Context(cli) as context:
        for name in ENTRIES:
            command = cli.get_command(context, name)
            if command is not None:
                lines += _rows(f"ansinh {name}", command)
    return "\n".join(lines)


def _rows(path: str, command: click.Command) -> list[str]:
    if isinstance(command, click.Group):
        return [row for name in sorted(command.commands) for row in _rows(f"{path} {name}", command.commands[name])]
    words = [p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)]
    options = [f"[{max(p.opts, key=len)}]" for p in command.params if isinstance(p, click.Option) and p.name != "json"]
    json = "✓" if any(p.name == "json" for p in command.params) else ""
    usage = " ".join([path, *options, *words]).replace("|", "\\|")
    return [f"| `{usage}` | {(command.help or '').splitlines()[0]} | {json} |"]


def _floors() -> str:
    contracts = tomllib.loads(_PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(contract for contract in contracts if contract["id"] == "floors")
    lines = ["# Các tầng", "", "Mỗi tầng chỉ gọi xuống dưới; `|` là các gian cùng tầng, không gọi nhau; "]
    lines += ["trong ngoặc là gian đã dành chỗ mà chưa xây.", "", "```text", *floors["layers"], "```"]
    lines += ["", "| luật | điều giữ |", "|---|---|"]
    lines += [f"| {contract['id']} | {contract['name']} |" for contract in contracts]
    return "\n".join(lines)
