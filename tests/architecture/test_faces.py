"""Only an app's face may be imported by another app; what is behind it stays free to change."""

from __future__ import annotations

from collections.abc import Iterable

import grimp

FACES = {"actions", "queries", "types", "events", "ports"}
# Every public module of these is meant for all; `states` are tables a door prints.
OPEN = {"kernel", "platform", "policy"}
# The settings and the wiring put the doors together.
WIRING = {"config"}


def trespasses(imports: Iterable[tuple[str, str]]) -> list[str]:
    """The imports that pass an app's border anywhere but at its face."""
    found = []
    for importer, imported in imports:
        (_, app, *_), (_, other, *rooms) = importer.split("."), imported.split(".")
        if app == other or other in OPEN or app in WIRING:
            continue
        if not rooms or rooms[0] not in FACES:
            found.append(f"{importer} -> {imported}")
    return found


def test_apps_meet_at_their_faces_only() -> None:
    graph = grimp.build_graph("ansinh")
    pairs = [(module, other) for module in graph.modules for other in graph.find_modules_directly_imported_by(module)]
    assert trespasses((a, b) for a, b in pairs if a.count(".") and b.count(".")) == []


def test_a_planted_trespass_is_seen() -> None:
    assert trespasses([("ansinh.payroll.actions", "ansinh.registry.models")])
    assert not trespasses([("ansinh.payroll.actions", "ansinh.registry.queries")])
