"""What the pure reader of registers must be told: the law of the month, the bases, the communes, the office's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.places.queries import CommuneIndex, get_place, path_of
from ansinh.policy import Pack, load_pack
from ansinh.registry.models import CategoryWording
from ansinh.registry.workbook import PackLaw, Surroundings, no_progress

# Months before the register's own whose bases make an old amount a warning for the file, not a fault of each row.
_BASES_LOOK_BACK = 12


class _Communes:
    """The communes of the place, by any way their name is written; several fitting is none."""

    def __init__(self, place_code: str, month: Month) -> None:
        self._index = CommuneIndex(place_code, month.first_day)

    def find(self, text: str) -> str | None:
        found = self._index.find(text)
        return found if isinstance(found, str) else None


def surroundings_of(place_code: str, month: Month, progress: Callable[[int, int], None] | None) -> Surroundings:
    """Everything the reader asks, for one place and month."""
    pack = load_pack()
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
        communes=_Communes(place_code, month),
        only_commune=place.code if place.kind == "commune" else None,
        near=near,
        wordings=dict(CategoryWording.objects.values_list("wording", "category")),
        progress=progress or no_progress,
    )


def _bases(pack: Pack, month: Month, path: tuple[str, ...]) -> Mapping[str, tuple[Dong, ...]]:
    """By regime: the base of the month, then other bases of the months before, each once."""
    bases: dict[str, tuple[Dong, ...]] = {}
    for regime, rows in pack.amounts.items():
        months = [month + -back for back in range(_BASES_LOOK_BACK + 1) if month + -back >= rows[0].starts]
        bases[regime] = tuple(dict.fromkeys(pack.standard_amount(regime, one, path).dong for one in months))
    return bases
