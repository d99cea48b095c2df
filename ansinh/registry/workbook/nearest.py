"""The known names closest to one that is not known: a slip of the keyboard then needs no search."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# Less alike than this (of 1) is another name, not a slip.
_ALIKE = 0.82
_MOST_NAMES = 3
# A file with more different unknown names than this has another trouble than spelling; the rest is not compared.
_MOST_TEXTS = 300


class NearestNames:
    """Known names under the keys they are compared by; each text is compared once."""

    def __init__(self, keyed: Iterable[tuple[str, str]]) -> None:
        """Pairs of key and name; one name may have several keys."""
        self._names: dict[str, list[str]] = {}
        for key, name in keyed:
            self._names.setdefault(key, []).append(name)
        self._met: dict[str, tuple[str, ...]] = {}

    def to(self, key: str) -> tuple[str, ...]:
        """At most three names, the closest first; none where nothing is close."""
        if key not in self._met:
            if len(self._met) >= _MOST_TEXTS:
                return ()
            alike = get_close_matches(key, self._names, n=2 * _MOST_NAMES, cutoff=_ALIKE)
            names = dict.fromkeys(name for close in alike for name in self._names[close])
            self._met[key] = tuple(names)[:_MOST_NAMES]
        return self._met[key]
