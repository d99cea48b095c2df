"""The law a list goes by: the program's pack, the level packs approved for the place, less the levels not taken yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ansinh.entitlement.queries import Law
from ansinh.kernel.month import Month
from ansinh.payroll.level_starts import Schedule, levels_of
from ansinh.payroll.models import LevelPack, Run
from ansinh.places.queries import find_last_place, successors
from ansinh.policy import Pack, lay_agreed, load_pack


@dataclass(frozen=True, slots=True)
class LawTaken:
    """A law and the numbers of the level packs in it, ascending, as a run remembers them."""

    law: Law
    level_packs: str

    @property
    def columns(self) -> dict[str, str]:
        """As a run keeps it."""
        return {
            "pack_digest": self.law.pack.digest,
            "levels_not_taken": ",".join(sorted(self.law.levels_not_taken)),
            "level_packs": self.level_packs,
        }


class LawBook:
    """What two people agreed to about levels, read once: laws of any place and payroll follow from it."""

    def __init__(self, *, without: int = 0) -> None:
        """`without`: the number of a level pack to leave out; 0: none."""
        self.schedule = Schedule()
        self._packs = tuple(LevelPack.objects.filter(state="APPROVED").exclude(pk=without).order_by("pk"))
        self._heirs: dict[tuple[str, Month], frozenset[str]] = {}

    def packs(self, path: Sequence[str], payroll: Month) -> tuple[LevelPack, ...]:
        """The level packs a place lists by in that payroll. `path`: the place's code, then the codes above it."""
        begun = (one for one in self._packs if one.first_payroll <= payroll)
        return tuple(one for one in begun if self.covers(one.place_code, path, payroll))

    def covers(self, place_code: str, path: Sequence[str], payroll: Month) -> bool:
        """Whether what is agreed for one place holds for another: it, or what has its land since it ended, is above."""
        return place_code in path or not self._heirs_of(place_code, payroll).isdisjoint(path)

    def _heirs_of(self, place_code: str, payroll: Month) -> frozenset[str]:
        key = place_code, payroll
        if key not in self._heirs:
            last = find_last_place(place_code, payroll.first_day)
            ended = last is not None and not last.valid_on(payroll.first_day)
            heirs = successors(last, payroll.first_day) if last is not None and ended else ()
            self._heirs[key] = frozenset(heir.place.code for heir in heirs)
        return self._heirs[key]

    def pack(self, path: Sequence[str], payroll: Month) -> Pack:
        """The pack with those laid over it."""
        return laid_over(load_pack(), self.packs(path, payroll))

    def law(self, path: Sequence[str], payroll: Month) -> Law:
        """The law that payroll's list goes by."""
        return Law(self.pack(path, payroll), self.schedule.not_taken(path, payroll))

    def taken(self, path: Sequence[str], payroll: Month) -> LawTaken:
        """The same, with what a run is to remember of it."""
        numbers = ",".join(str(one.pk) for one in self.packs(path, payroll))
        return LawTaken(self.law(path, payroll), numbers)


def law_at(path: Sequence[str], payroll: Month) -> Law:
    """The law a place's list of that payroll goes by. `path`: the place's code, then the codes above it."""
    return LawBook().law(path, payroll)


def law_of(run: Run) -> Law:
    """The law a run goes by, as frozen when it was opened; under another release of the pack, what that makes of it."""
    return Law(pack_with(run.level_packs), levels_of(run))


def pack_with(level_packs: str) -> Pack:
    """The program's pack with the level packs of those numbers (comma-separated) laid over it."""
    numbers = [int(number) for number in level_packs.split(",") if number]
    return laid_over(load_pack(), LevelPack.objects.filter(pk__in=numbers).order_by("pk") if numbers else ())


def laid_over(pack: Pack, added: Iterable[LevelPack]) -> Pack:
    """The pack with level packs laid over it, one after the other."""
    for one in added:
        pack = lay_agreed(pack, one.text, one.file_name)
    return pack
