"""A draft of levels: a small file in the pack's own words, read as strictly, laid over the pack as another pack."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import yaml

from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong, NotWholeDong
from ansinh.kernel.month import Month
from ansinh.policy.amounts import AmountRow
from ansinh.policy.citations import printed
from ansinh.policy.pack_categories import check_bands, read_level
from ansinh.policy.pack_loading import read_law
from ansinh.policy.pack_model import Law, Level, Pack
from ansinh.policy.pack_reading import Node, PackFault, understood

# The regimes a draft may set levels of.
REGIMES = ("tcxh", "social_pension")
# Somebody's handful of levels; more is no draft.
_LARGEST_FILE = 64 * 1024
# So many đồng a month are no standard amount but a slip of the hand.
_NO_LEVEL = 100_000_000
# How an instrument is called in spans and lines.
_CODE = re.compile(r"[a-z0-9_]{1,20}")


class DraftFault(PackFault):
    """Tệp mức dự kiến {file} có lỗi ở mục {place}: {cause}."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Levels not in the pack: standard amounts by regime (`area` None: the nation's), coefficients by category."""

    title: str
    laws: Mapping[str, Law]
    amounts: tuple[tuple[str, AmountRow], ...]
    coefficients: Mapping[str, tuple[Level, ...]]
    digest: str

    @property
    def starts(self) -> Month:
        """The first month anything of it counts."""
        months = [row.starts for _, row in self.amounts]
        return min([*months, *(Month(one.starts) for rows in self.coefficients.values() for one in rows)])

    @property
    def areas(self) -> frozenset[str | None]:
        """For which places it sets standard amounts; None: the nation."""
        return frozenset(row.area for _, row in self.amounts)


def read_draft(raw: bytes, file: str, pack: Pack) -> Draft:
    """The draft in a file; refuses (DraftFault) any fault, naming file, place and cause."""
    if len(raw) > _LARGEST_FILE:
        raise DraftFault(file=file, place="-", cause="tệp lớn hơn 64 KB; tệp mức dự kiến chỉ cần vài dòng")
    try:
        content = understood(raw, file)
    except PackFault as fault:
        raise DraftFault(**fault.facts) from fault
    # A few lines of references to each other can stand for more than a machine holds.
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(raw, Loader=yaml.SafeLoader)):
        raise DraftFault(file=file, place="-", cause="không dùng được tham chiếu (dấu * của YAML)")
    return draft_of(content, file, pack)


def draft_of(content: Any, file: str, pack: Pack) -> Draft:
    """The draft as its file's content says; refuses (DraftFault) what the pack could not hold."""
    try:
        return _draft(Node(content, file, ""), digest_of(content), pack)
    except PackFault as fault:
        raise DraftFault(**{**fault.facts, "place": fault.facts["place"].lstrip(".") or "-"}) from fault


def _draft(node: Node, digest: str, pack: Pack) -> Draft:
    title: str = node.take("title", str)
    laws = {code: read_law(code, item) for code, item in _under(node, "laws")}
    for code in laws:
        if code in pack.laws:
            raise node.fault(f'văn bản "{code}" đã có trong bộ quy định')
        if not _CODE.fullmatch(code):
            raise node.fault(f'mã văn bản "{code}" phải gồm 1–20 chữ thường không dấu, chữ số hoặc dấu _')
    known = {**pack.laws, **laws}
    amounts = tuple(_amount(item, known, pack) for item in node.nodes("levels", []))
    coefficients = {code: _coefficients(code, items, known, pack) for code, items in _lists(node, "coefficients")}
    node.done()
    if not amounts and not any(coefficients.values()):
        raise node.fault('phải có "levels" (mức chuẩn) hoặc "coefficients" (hệ số)')
    draft = Draft(title, laws, amounts, coefficients, digest)
    _refuse_broken_dong(node, lay_over(pack, draft), draft)
    return draft


@lru_cache(maxsize=64)
def lay_over(pack: Pack, draft: Draft) -> Pack:
    """The pack with the draft's levels in it, under a digest of its own.

    A local level takes the place of the area's earlier one of the regime from its first month on.
    """
    amounts = {regime: list(rows) for regime, rows in pack.amounts.items()}
    provincial = {regime: list(rows) for regime, rows in pack.provincial.items()}
    for regime, row in draft.amounts:
        if row.area is None:
            amounts[regime] = sorted([*amounts.get(regime, ()), row], key=lambda one: one.starts)
        else:
            provincial[regime] = [*(_ended(one, row) for one in provincial.get(regime, ())), row]
    categories = {
        code: replace(category, levels=(*category.levels, *draft.coefficients.get(code, ())))
        for code, category in pack.categories_by_code.items()
    }
    file_digest = digest_of([pack.file_digest, draft.digest])
    return replace(
        pack,
        file_digest=file_digest,
        digest=digest_of([file_digest, pack.settings.as_dict()]),
        laws={**pack.laws, **draft.laws},
        categories_by_code=categories,
        amounts={regime: tuple(rows) for regime, rows in amounts.items()},
        provincial={regime: tuple(rows) for regime, rows in provincial.items()},
    )


def _ended(row: AmountRow, newer: AmountRow) -> AmountRow:
    """The row, ended where a newer one of its area begins."""
    replaced = row.area == newer.area and row.starts < newer.starts and (row.ends is None or row.ends > newer.starts)
    return replace(row, ends=newer.starts) if replaced else row


def _under(node: Node, key: str) -> Sequence[tuple[str, Node]]:
    return tuple(node.node(key).entries()) if key in node.left else ()


def _lists(node: Node, key: str) -> Sequence[tuple[str, list[Node]]]:
    if key not in node.left:
        return ()
    table = node.node(key)
    return tuple((code, table.nodes(code)) for code in list(table.left))


def _amount(node: Node, laws: Mapping[str, Law], pack: Pack) -> tuple[str, AmountRow]:
    regime: str = node.take("regime", str)
    if regime not in REGIMES:
        raise node.fault(f'không có chế độ "{regime}" (có: {", ".join(REGIMES)})')
    value: int = node.take("value", int)
    if not 0 < value < _NO_LEVEL:
        raise node.fault(f'"value" phải lớn hơn 0 và nhỏ hơn {Dong(_NO_LEVEL)} đồng')
    starts, ends = node.month("from"), node.month("until", None)
    area = node.take("area", str, None)
    article = node.article() if "article" in node.left else ""
    if area is None:
        row = _national(node, AmountRow(starts, Dong(value), node.law(laws), article, _confidence(node)), regime, pack)
        if ends is not None:
            raise node.fault('mức toàn quốc không ghi "until": mức đó hưởng đến khi có mức sau')
    else:
        resolution: str = node.take("law", str)
        said = f"{printed(article)} {resolution}" if article else resolution
        row = AmountRow(starts, Dong(value), said, said, _confidence(node), ends, area)
        _refuse_beside(node, row, pack.provincial.get(regime, ()))
    if ends is not None and ends <= starts:
        raise node.fault('"until" phải sau "from"')
    node.done()
    return regime, row


def _national(node: Node, row: AmountRow, regime: str, pack: Pack) -> AmountRow:
    known = pack.amounts.get(regime, ())
    if not row.article:
        raise node.fault('thiếu "article": mức toàn quốc phải chỉ điều khoản, ví dụ d4.k2')
    if known and row.starts < known[0].starts:
        raise node.fault(f"chế độ {regime} chỉ có từ tháng {known[0].starts.vi}")
    if any(one.starts == row.starts for one in known):
        raise node.fault(f"đã có mức toàn quốc của chế độ {regime} từ tháng {row.starts.vi}")
    return row


def _refuse_beside(node: Node, row: AmountRow, known: Sequence[AmountRow]) -> None:
    """Two rows of one area that begin in the same month would leave the lower one without a meaning."""
    if any(one.area == row.area and one.starts == row.starts for one in known):
        raise node.fault(f"địa bàn {row.area} đã có mức của chế độ này từ tháng {row.starts.vi}")


def _confidence(node: Node) -> str:
    """A draft need not say how sure its source is: its paper is at hand."""
    return node.confidence() if "confidence" in node.left else "secondary_source"


def _coefficients(code: str, items: Sequence[Node], laws: Mapping[str, Law], pack: Pack) -> tuple[Level, ...]:
    category = pack.categories_by_code.get(code)
    if category is None:
        raise PackFault(file=items[0].file if items else "-", place=f"coefficients.{code}", cause="không có diện này")
    rows = []
    for item in items:
        item.left.setdefault("confidence", "secondary_source")
        row = read_level(item, laws)
        if any(one.starts == row.starts for one in category.levels):
            raise item.fault(f"diện này đã có hệ số từ tháng {Month(row.starts).vi}")
        rows.append(row)
    if rows:
        check_bands(items[0], replace(category, levels=tuple(rows)))
    return tuple(rows)


def _refuse_broken_dong(node: Node, pack: Pack, draft: Draft) -> None:
    """Every coefficient of a month times every standard amount of the draft must be whole đồng."""
    for regime, row in draft.amounts:
        for category in pack.categories:
            if category.regime == regime:
                _whole(node, row, pack.levels_in(category.code, row.starts))
    for code, levels in draft.coefficients.items():
        regime = pack.category(code).regime
        for amount in (*pack.amounts[regime], *pack.provincial.get(regime, ())):
            _whole(node, amount, levels)


def _whole(node: Node, row: AmountRow, levels: Sequence[Level]) -> None:
    for level in levels:
        try:
            row.dong.times(level.value)
        except NotWholeDong as fault:
            raise node.fault(fault.message) from fault
