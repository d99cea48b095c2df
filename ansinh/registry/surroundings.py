"""What the pure reader of registers must be told: the law of the month, the bases, the communes, the office's words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ansinh.kernel.digest import digest_of
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.places.queries import CommuneIndex, get_place, list_within, path_of
from ansinh.places.types import Ambiguous, Place
from ansinh.platform.cancelling import Progress, no_progress
from ansinh.policy import Pack, load_pack
from ansinh.registry.models import CategoryWording
from ansinh.registry.workbook import PackLaw, SeveralCommunes, Surroundings

# Months before the register's own whose bases make an old amount a warning for the file, not a fault of each row.
_BASES_LOOK_BACK = 12


class _Communes:
    """The communes of the place, by any way their name is written."""

    def __init__(self, place: Place, month: Month) -> None:
        self._place, self._day = place, month.first_day
        self._index = CommuneIndex(place.code, self._day)

    def find(self, text: str) -> str | SeveralCommunes | None:
        found = self._index.find(text)
        if isinstance(found, Ambiguous):
            return SeveralCommunes(tuple(f"{self._names[code]} ({code})" for code in found.codes))
        return found

    def names(self) -> tuple[str, ...]:
        return tuple(self._names.values())

    @cached_property
    def _names(self) -> dict[str, str]:
        """By code; a name can be copied into the register and is then understood. Most imports never ask."""
        units = {unit.code: unit for unit in list_within(self._place, self._day)}
        communes = [unit for unit in units.values() if unit.kind == "commune"]
        districts = {unit.code: unit.full_name for unit in units.values() if unit.kind == "district"}
        if len(districts) < 2:
            return {unit.code: unit.full_name for unit in communes}
        return {unit.code: f"{unit.full_name}, {districts[unit.parent_code]}" for unit in communes}


def surroundings_of(
    place_code: str, month: Month, progress: Progress | None, *, law: Pack | None = None
) -> Surroundings:
    """Everything the reader asks, for one place and month."""
    pack = law or load_pack()
    place = get_place(place_code, month.first_day)
    path = path_of(place_code, month.first_day)
    paths: dict[str, str] = {}

    def near(one: str, other: str) -> bool:
        """Communes directly below the same unit."""
        for code in (one, other):
            if code not in paths:
                paths[code] = path_of(code, month.first_day)[1]
        return paths[one] == paths[other]

    return Surroundings(
        month=month,
        law=PackLaw(pack),
        bases=_bases(pack, month, path),
        communes=_Communes(place, month),
        only_commune=place.code if place.kind == "commune" else None,
        near=near,
        wordings={**_merit_names(pack), **dict(CategoryWording.objects.values_list("wording", "category"))},
        progress=progress or no_progress,
    )


def _merit_names(pack: Pack) -> dict[str, str]:
    """Merit allowances go by their names in the table; nobody has listed other ways offices write them."""
    return {one.name_vi: one.code for one in pack.categories if one.kind == "merit"}


def _bases(pack: Pack, month: Month, path: tuple[str, ...]) -> Mapping[str, tuple[Dong, ...]]:
    """By regime, and by merit allowance: the base of the month, then other bases of the months before, each once."""
    bases: dict[str, tuple[Dong, ...]] = {}
    for key in pack.amount_keys:
        found = (pack.find_amount(key, month + -back, path) for back in range(_BASES_LOOK_BACK + 1))
        bases[key] = tuple(dict.fromkeys(one.dong for one in found if one is not None))
    return bases


def wordings_digest() -> str:
    """Tells whether the office has taught new wordings since a file was read: the same file then says more."""
    return digest_of(sorted(CategoryWording.objects.values_list("wording_key", "category")))
