"""Level packs as the office keeps them, and the packs of the law that lists go by with them."""

from __future__ import annotations

from collections.abc import Iterable

from ansinh.access.queries import reach_of
from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payroll.laws import LawBook, law_of, pack_with
from ansinh.payroll.level_packs import NoSuchLevelPack, read_level_pack
from ansinh.payroll.models import LevelPack, Run
from ansinh.places.queries import list_paths, path_of
from ansinh.policy import Draft, Pack, load_pack, read_draft
from ansinh.registry.types import PersonCard


def list_level_packs(*, by: Actor) -> list[LevelPack]:
    """Every level pack of places the actor works in, withdrawn ones too, newest first."""
    reaches = reach_of(by)
    found = LevelPack.objects.order_by("-pk")
    return [one for one in found if reaches(one.place_code, one.first_payroll.first_day)]


def get_level_pack(level_pack_id: int, *, by: Actor) -> LevelPack:
    """One of them; refuses (NoSuchLevelPack) one not there or not in the actor's areas."""
    found = LevelPack.objects.filter(pk=level_pack_id).first()
    if found is None or not by.reaches(path_of(found.place_code, found.first_payroll.first_day)):
        raise NoSuchLevelPack(level_pack_id=level_pack_id)
    return found


def read_levels(content: bytes, file_name: str, *, place_code: str, first_payroll: Month, by: Actor) -> Draft:
    """What a file says, as loading it for the place from that payroll would read it; refuses what loading refuses."""
    by.must_reach(path_of(place_code, first_payroll.first_day))
    return read_level_pack(content, file_name, place_code=place_code, first_payroll=first_payroll)


def levels_of_pack(pack: LevelPack) -> Draft:
    """What a pack said when it was loaded."""
    path = path_of(pack.place_code, pack.first_payroll.first_day)
    return read_draft(pack.text.encode(), pack.file_name, LawBook(without=pack.pk).pack(path, pack.first_payroll))


def runs_by_level_pack(level_pack_id: int) -> list[Run]:
    """The lists that went by a pack, cancelled ones left out, the first first."""
    runs = Run.objects.exclude(state="CANCELLED").exclude(level_packs="").order_by("month", "pk")
    return [run for run in runs if str(level_pack_id) in run.level_packs.split(",")]


def law_titles(run_ids: Iterable[int] = ()) -> dict[str, str]:
    """The instruments' titles by code: those the program knows, and those of level packs the runs went by."""
    chosen = Run.objects.filter(pk__in=list(run_ids)).order_by("pk").values_list("level_packs", flat=True)
    packs = [load_pack(), *(pack_with(numbers) for numbers in dict.fromkeys(chosen))]
    return {code: law.title for pack in packs for code, law in pack.laws.items()}


def pack_listed_by(place_code: str, month: Month) -> Pack:
    """The law with the levels the place's list of that month goes by; refuses (UnknownPlace) a place not there then."""
    return LawBook().pack(path_of(place_code, month.first_day), month)


def pack_of_person(card: PersonCard, month: Month) -> Pack:
    """The law with the levels the list of that month goes by where the person lives now."""
    home = max(card.residences, key=lambda one: one.starts, default=None)
    path = () if home is None else list_paths([home.commune_code], month.first_day).get(home.commune_code, ())
    return LawBook().pack(path, month)


def pack_of_run(run: Run) -> Pack:
    """The law with the levels that run goes by."""
    return law_of(run).pack
