"""Levels agreed as data: laid over whatever pack the program carries, also one that has come to hold them itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ansinh.kernel.digest import digest_of
from ansinh.kernel.month import Month
from ansinh.policy.drafts import draft_of, lay_over
from ansinh.policy.pack_model import Pack
from ansinh.policy.pack_reading import understood


@lru_cache(maxsize=256)
def lay_agreed(pack: Pack, text: str, file: str) -> Pack:
    """The pack with the levels a file says, read once as strictly and agreed to since.

    What the pack holds itself meanwhile, a later release of it, counts as the pack says. Refuses (DraftFault) what
    cannot be laid over: a level by an instrument neither of them knows.
    """
    content = _without_known(understood(text.encode(), file), pack)
    if not content.get("levels") and not content.get("coefficients"):
        return pack
    return lay_over(pack, draft_of(content, file, pack))


def digest_of_levels(text: str, file: str) -> str:
    """Of what a file says, as its draft had it when it was read; refuses (PackFault) what is no YAML."""
    return digest_of(understood(text.encode(), file))


def _without_known(content: Mapping[str, Any], pack: Pack) -> dict[str, Any]:
    laws = {code: law for code, law in content.get("laws", {}).items() if code not in pack.laws}
    levels = [level for level in content.get("levels", []) if not _has_level(pack, level)]
    coefficients = {
        code: rows
        for code, told in content.get("coefficients", {}).items()
        if (rows := [row for row in told if not _has_coefficient(pack, code, row)])
    }
    rest = {"title": content["title"], "laws": laws, "levels": levels, "coefficients": coefficients}
    return {key: value for key, value in rest.items() if value}


def _has_level(pack: Pack, level: Mapping[str, Any]) -> bool:
    regime, area = level["regime"], level.get("area")
    rows = pack.amounts.get(regime, ()) if area is None else pack.provincial.get(regime, ())
    return any(row.area == area and row.starts == Month.parse(level["from"]) for row in rows)


def _has_coefficient(pack: Pack, code: str, row: Mapping[str, Any]) -> bool:
    return any(Month(level.starts) == Month.parse(row["from"]) for level in pack.category(code).levels)
