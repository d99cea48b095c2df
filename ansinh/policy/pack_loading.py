"""Loading the pack: each file into its part of the model, cross-checked, with one digest over all bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong
from ansinh.policy.amounts import AmountRow
from ansinh.policy.pack_categories import read_category
from ansinh.policy.pack_merit import read_merit
from ansinh.policy.pack_model import (
    ArguableBase,
    Category,
    FuneralRule,
    Law,
    Multiple,
    Pack,
    StartRule,
    StartRules,
    SuspendsAfter,
    Uncollected,
)
from ansinh.policy.pack_reading import Node, PackFault, read_yaml
from ansinh.policy.settings import NAMES, Settings, SettingText, chosen

_HOME = Path(__file__).parent / "pack"
_EMERGENCY_KINDS = ("multiple", "dong", "kg", "months", "dong_per_day")


class _Files:
    """The pack's files, read once, each adding its name and bytes to the digest."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.digest = hashlib.sha256()

    def node(self, name: str) -> Node:
        return Node(self._content(name), name, "")

    def nodes(self, name: str) -> list[Node]:
        content = self._content(name)
        if not isinstance(content, list):
            raise PackFault(file=name, place="-", cause="phải là danh sách")
        return [Node(item, name, f"[{index}]") for index, item in enumerate(content)]

    def names(self, folder: str) -> list[str]:
        return sorted(f"{folder}/{path.name}" for path in (self.home / folder).glob("*.yaml"))

    def _content(self, name: str) -> Any:
        content, raw = read_yaml(self.home / name)
        self.digest.update(name.encode() + b"\0" + raw + b"\0")
        return content


@cache
def load_pack(home: Path = _HOME) -> Pack:
    """The pack in that folder (the project's own by default), loaded once; refuses (PackFault) any fault in it."""
    files = _Files(home)
    head = files.node("pack.yaml")
    version: str = head.take("version", str)
    head.take("title", str)
    head.done()
    laws = {code: read_law(code, node) for code, node in files.node("laws.yaml").entries()}
    categories: dict[str, Category] = {}
    for name in files.names("categories"):
        categories |= {code: read_category(code, node, laws) for code, node in files.node(name).entries()}
    merit, honoured = read_merit(files.node("merit.yaml"), laws)
    categories |= honoured
    _check_successors(categories)
    texts = _setting_texts(files)
    funeral, multipliers, arguable = _funeral(files.node("funeral.yaml"), laws)
    emergency, kinds = _emergency(files.node("emergency.yaml"), laws)
    parts: dict[str, Any] = {
        "amounts": _amounts(files.node("standard_amounts.yaml"), laws),
        "provincial": _provincial(files),
        "groups_from": tuple(_groups(node, categories) for node in files.nodes("groups.yaml")),
        "start_rules": tuple(_start_rules(node, laws, categories) for node in files.nodes("start_rules.yaml")),
        "merit": merit,
        "uncollected": _uncollected(files.node("uncollected.yaml"), laws),
        "reasons": _wordings(files.node("reasons.yaml")),
        "fact_names": _wordings(files.node("fact_names.yaml")),
    }
    settings = chosen(texts, {})
    file_digest = files.digest.hexdigest()
    return Pack(
        version=version,
        file_digest=file_digest,
        digest=digest_of([file_digest, settings.as_dict()]),
        laws=laws,
        categories_by_code=categories,
        funeral_rules=funeral,
        funeral_multipliers=multipliers,
        arguable_base=arguable,
        emergency=emergency,
        emergency_kinds=kinds,
        setting_texts=texts,
        settings=settings,
        **parts,
    )


def read_law(code: str, node: Node) -> Law:
    """An instrument as written; refuses (PackFault) what is missing or not understood."""
    law = Law(
        code=code,
        title=node.take("title", str),
        in_force=node.day("in_force"),
        money_from=node.month("money_from"),
        out_of_force=node.day("out_of_force", None),
    )
    node.done()
    return law


def _check_successors(categories: Mapping[str, Category]) -> None:
    for category in categories.values():
        for successor in category.successors:
            if successor.category not in categories:
                cause = f'"successors" nêu diện không có: "{successor.category}"'
                raise PackFault(file="categories", place=category.code, cause=cause)


def _amounts(node: Node, laws: Mapping[str, Law]) -> dict[str, tuple[AmountRow, ...]]:
    amounts: dict[str, tuple[AmountRow, ...]] = {}
    for regime in list(node.left):
        rows = []
        for row in node.nodes(regime):
            starts, dong = row.month("from"), Dong(row.take("value", int))
            rows.append(AmountRow(starts, dong, row.law(laws), row.article(), row.confidence()))
            row.done()
        if [row.starts for row in rows] != sorted({row.starts for row in rows}):
            raise node.fault(f'các dòng của "{regime}" phải xếp theo tháng tăng dần, không trùng tháng')
        amounts[regime] = tuple(rows)
    return amounts


def _provincial(files: _Files) -> dict[str, tuple[AmountRow, ...]]:
    found: dict[str, list[AmountRow]] = {}
    for name in files.names("provinces"):
        node = files.node(name)
        node.take("province", str)
        node.take("name", str)
        for row in node.nodes("levels"):
            regime: str = row.take("regime", str)
            if regime not in ("tcxh", "social_pension"):
                raise row.fault(f'không có chế độ "{regime}"')
            resolution: str = row.take("law", str)
            level = AmountRow(
                starts=row.month("from"),
                ends=row.month("until", None),
                dong=Dong(row.take("value", int)),
                law=resolution,
                article=resolution,
                confidence=row.confidence(),
                area=row.take("area", str),
                except_areas=frozenset(row.take("except_areas", list, [])),
            )
            row.done()
            found.setdefault(regime, []).append(level)
        node.done()
    return {regime: tuple(rows) for regime, rows in found.items()}


def _groups(node: Node, categories: Mapping[str, Category]) -> tuple[Any, dict[str, str]]:
    starts = node.month("from")
    table: dict[str, str] = {}
    for group in node.nodes("groups"):
        name: str = group.take("name", str)
        for code in group.take("categories", list):
            if code not in categories or code in table:
                raise group.fault(f'diện "{code}" không có hoặc đứng hai lần')
            table[code] = name
        group.done()
    node.done()
    return starts, table


def _start_rules(node: Node, laws: Mapping[str, Law], categories: Mapping[str, Category]) -> StartRules:
    rules: dict[str, StartRule] = {}
    for item in node.nodes("rules"):
        code: str = item.take("category", str)
        setting = item.take("setting", str, None)
        if code not in categories:
            raise item.fault(f'không có diện "{code}"')
        if setting is not None and setting not in NAMES:
            raise item.fault(f'không có thiết lập "{setting}"')
        rules[code] = StartRule(_start(item, "starts"), item.take("age", int, None), setting)
        item.done()
    found = StartRules(
        from_day=node.day("from_day"),
        law=node.law(laws),
        article=node.article(),
        rules=rules,
        otherwise=StartRule(_start(node, "otherwise")),
    )
    node.confidence()
    node.done()
    return found


def _start(node: Node, key: str) -> Any:
    allowed = get_args(get_type_hints(StartRule)["starts"])
    value = node.take(key, str)
    if value not in allowed:
        raise node.fault(f'"{key}" phải là một trong {", ".join(allowed)}')
    return value


def _funeral(node: Node, laws: Mapping[str, Law]) -> tuple[tuple[FuneralRule, ...], dict[str, Multiple], ArguableBase]:
    rules = []
    for item in node.nodes("rules"):
        rules.append(
            FuneralRule(
                from_day=item.day("from_day"),
                law=item.law(laws),
                article=item.article(),
                age_with_other_allowance=item.take("age_with_other_allowance", int),
                poor_age=item.take("poor_age", int, None),
                applied_counts=item.take("applied_counts", bool, False),
            )
        )
        item.confidence()
        item.done()
    multipliers = {key: _multiple(item, laws) for key, item in node.node("multipliers").entries()}
    base = node.node("arguable_base")
    arguable = ArguableBase(base.month("from_month"), base.day("until_day"), base.month("earlier_month"))
    base.law(laws)
    base.article()
    base.done()
    node.done()
    return tuple(rules), multipliers, arguable


def _multiple(node: Node, laws: Mapping[str, Law]) -> Multiple:
    setting = node.take("setting", str, None)
    found = Multiple(node.decimal("value"), node.law(laws), node.article(), node.day("from_day", None), setting)
    if setting is not None and setting not in NAMES:
        raise node.fault(f'không có thiết lập "{setting}"')
    node.confidence()
    node.done()
    return found


def _emergency(node: Node, laws: Mapping[str, Law]) -> tuple[dict[str, tuple[Multiple, ...]], dict[str, str]]:
    values: dict[str, tuple[Multiple, ...]] = {}
    kinds: dict[str, str] = {}
    for code, item in node.entries():
        kinds[code] = item.take("kind", str)
        if kinds[code] not in _EMERGENCY_KINDS:
            raise item.fault(f'"kind" phải là một trong {", ".join(_EMERGENCY_KINDS)}')
        values[code] = tuple(_multiple(row, laws) for row in item.nodes("values"))
        item.done()
    return values, kinds


def _uncollected(node: Node, laws: Mapping[str, Law]) -> Uncollected:
    suspends = []
    for item in node.nodes("suspends"):
        since, law = item.month("from_month"), item.law(laws)
        suspends.append(SuspendsAfter(since, law, item.article(), item.take("months", int)))
        item.confidence()
        item.done()
    found = Uncollected(node.take("warns_at", int), tuple(suspends))
    node.done()
    return found


def _wordings(node: Node) -> dict[str, str]:
    return {code: node.take(code, str) for code in list(node.left)}


def _setting_texts(files: _Files) -> dict[str, SettingText]:
    texts: dict[str, SettingText] = {}
    node = files.node("settings.yaml")
    for name, item in node.entries():
        values = item.node("values")
        meanings = {value: values.take(value, str) for value in list(values.left)}
        texts[name] = SettingText(name, item.take("asks", str), item.take("default", str), meanings)
        item.done()
        allowed = get_args(get_type_hints(Settings)[name]) if name in NAMES else ()
        if set(meanings) != set(allowed) or texts[name].default not in meanings:
            raise item.fault(f"các giá trị phải đúng là {', '.join(allowed) or '(không có thiết lập này)'}")
    if set(texts) != set(NAMES):
        raise node.fault(f"thiếu thiết lập {', '.join(sorted(set(NAMES) - set(texts)))}")
    return texts
