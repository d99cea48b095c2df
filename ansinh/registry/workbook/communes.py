"""The commune a text of the register means, asked once for each text; and what to say of one that is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ansinh.kernel.names import folded
from ansinh.registry.workbook.nearest import NearestNames
from ansinh.registry.workbook.types import CommuneFinder, SeveralCommunes

_TYPE = re.compile(r"(xa|phuong|thi tran|dac khu|tt\.?|p\.?|x\.?)\s+")
# So many places of one name are told with their names; no name of Vietnam is borne by more in one province.
_MOST_CANDIDATES = 6


class Communes:
    """Remembers what each text meant."""

    def __init__(self, finder: CommuneFinder) -> None:
        self._finder = finder
        self._met: dict[str, str | SeveralCommunes | None] = {}
        self._nearest: NearestNames | None = None

    def find(self, text: str, districts: Iterable[str] = ()) -> str | None:
        """The code of the one commune a text means, told apart by the districts named beside it; else None."""
        found = self._look_up(text)
        if isinstance(found, SeveralCommunes):
            fitting = (self._look_up(f"{text}, {district}") for district in districts if district)
            found = next((one for one in fitting if isinstance(one, str)), None)
        return found if isinstance(found, str) else None

    def _look_up(self, text: str) -> str | SeveralCommunes | None:
        if text not in self._met:
            self._met[text] = self._finder.find(text)
        return self._met[text]

    def facts_of_unknown(self, texts: Sequence[str]) -> dict[str, str]:
        """What can be said of texts that mean no one commune: the candidates, else the names nearest to them."""
        for text in texts:
            found = self._look_up(text)
            if isinstance(found, SeveralCommunes):
                named = found.names[:_MOST_CANDIDATES]
                return {"text": text, "candidates": "; ".join(named)}
        for text in texts:
            if near := self._near(text):
                return {"text": text, "nearest": "; ".join(near)}
        return {"text": " / ".join(texts)}

    def _near(self, text: str) -> tuple[str, ...]:
        if self._nearest is None:
            names = self._finder.names()
            self._nearest = NearestNames((key, name) for name in names for key in _keys(name))
        whole, bare = _keys(text)
        return self._nearest.to(whole) or self._nearest.to(bare)


def _keys(name: str) -> tuple[str, str]:
    """A name as compared, with its type and without; what follows a comma is its district."""
    whole = folded(name.partition(",")[0])
    return whole, _TYPE.sub("", whole, count=1) if _TYPE.match(whole) else whole
