"""Nothing of people leaves untold, and the trail keeps nobody: looks of every page, arguments of every act."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import get_origin, get_type_hints

from ansinh.audit.fact_words import FACT_NAMES
from ansinh.audit.rules import SAID_ELSEWHERE
from ansinh.audit.types import LOOKS
from ansinh.ops.reference import every_action
from ansinh.platform.action import RegisteredAction
from ansinh.platform.keeping import DIGESTS, KEPT_TEXTS, NEVER_KEPT, RECORDS, kept_of
from ansinh.registry.types import Paper
from tests.architecture.sources import ROOT, files

# Views that give a file without people, or whose act is the telling. Each with its reason.
UNTOLD_FILES = {
    "payer_list": "the act reports.export_payer_list leaves the entry",
    "issue_paper": "the act access.issue_sign_in_paper leaves the entry",
    "told": "the act access.issue_sign_in_paper leaves the entry",
}
_POISON = "Lý Ngọc An 045190001234 0912.345.678 nhiễm HIV"


def givers(source: str) -> Iterator[tuple[str, bool]]:
    """Functions that give a file or write one, and whether each tells of it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            called = {
                one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
                for one in ast.walk(node)
                if isinstance(one, ast.Call)
            }
            if called & {"file_answer", "write_bytes"} and node.name != "file_answer":
                yield node.name, bool(called & {"told_export", "tell_export"})


def test_every_file_is_told_of_before_it_is_given() -> None:
    untold = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in [*files("ansinh/web", suffix=".py"), *files("ansinh/ops", suffix=".py")]
        for name, told in givers(path.read_text(encoding="utf-8"))
        if not told and name not in UNTOLD_FILES
    ]
    assert untold == [], "call told_export (web) or tell_export (ops), or say in UNTOLD_FILES why not"


def test_a_view_that_forgets_is_seen() -> None:
    planted = "def view(request):\n    return file_answer(b'', name='a.pdf')\n"
    assert list(givers(planted)) == [("view", False)]


def told_names(path: Path) -> set[str]:
    """The sights a module tells, where it names them in the call."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    tellers = {"told_export", "tell_export", "told_look", "tell_look", "tell_sign_in"}
    return {
        said.value
        for call in calls
        if getattr(call.func, "id", "") in tellers
        for said in call.args
        if isinstance(said, ast.Constant) and isinstance(said.value, str)
    }


def test_every_look_has_a_name_and_every_name_is_told_somewhere() -> None:
    told = set().union(*(told_names(path) for path in files("ansinh", suffix=".py")))
    assert told - LOOKS.keys() == set()


def test_every_text_an_act_takes_or_gives_is_kept_or_never_kept_by_name() -> None:
    """A new text argument must be put in KEPT_TEXTS or NEVER_KEPT of ansinh/platform/keeping.py, on purpose."""
    known = KEPT_TEXTS | DIGESTS | NEVER_KEPT | RECORDS
    unsaid = set()
    for act in every_action():
        function = inspect.unwrap(act.function)
        given = inspect.signature(function).parameters
        texts = {name for name, one in given.items() if _is_text(str(one.annotation))}
        result = function.__globals__.get(str(inspect.signature(function).return_annotation))
        if isinstance(result, type) and is_dataclass(result):
            texts |= {one.name for one in fields(result) if _is_text(str(one.type))}
        unsaid |= {f"{act.permission}: {name}" for name in texts - known}
    assert unsaid == set()


def _is_text(annotation: str) -> bool:
    return annotation.removesuffix(" | None") == "str" or annotation.startswith("Literal[")


@dataclass(frozen=True)
class _Result:
    full_name: str = _POISON
    message: str = _POISON
    note: str = _POISON


def test_no_act_leaves_a_name_a_number_or_a_status() -> None:
    """Every act called with a person in every text: of those kept, the numbers and the status are hidden; names can
    only come in where an officer types a sentence or the number of a paper."""
    assert KEPT_TEXTS.isdisjoint(NEVER_KEPT)
    paper = Paper(_POISON, date(2020, 8, 1), _POISON, _POISON)
    for act in every_action():
        names = inspect.signature(inspect.unwrap(act.function)).parameters
        kept = kept_of({name: paper if name == "paper" else _POISON for name in names}, _Result())
        told = {name: value for name, value in kept.facts.items() if name != "decided_on"}
        assert told.keys() <= KEPT_TEXTS, act.permission
        for hidden in ("045190001234", "0912", "HIV"):
            assert [name for name, value in told.items() if hidden in str(value)] == [], act.permission
        assert "HIV" not in kept.reason


def kept_names(act: RegisteredAction) -> Iterator[str]:
    """What the trail may keep of an act's arguments and result, by the names it keeps them under."""
    function = inspect.unwrap(act.function)
    told = get_type_hints(function)
    result = told.pop("return")
    if is_dataclass(result):
        told |= get_type_hints(result)
    for name, kind in told.items():
        unkept = name in NEVER_KEPT | RECORDS | {"by", "at", "progress"}
        if unkept or (kind is str and name not in KEPT_TEXTS | DIGESTS):
            continue
        several = get_origin(kind) in (tuple, list, frozenset, set, Sequence, Iterable)
        yield f"{name}_count" if several else name


def test_every_fact_of_an_act_has_a_word() -> None:
    """A new argument or field of a result needs its Vietnamese name in ansinh/audit/fact_words.py."""
    nameless = {(act.permission, name) for act in every_action() for name in kept_names(act) if name not in FACT_NAMES}
    assert {one for one in nameless if one[1] not in SAID_ELSEWHERE} == set()
