"""Questions about places. Every answer is of a day: the same code may mean another unit on another day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, cast

from django.db.models import Q, QuerySet

from ansinh.kernel.refusal import Refusal
from ansinh.places.models import Unit
from ansinh.places.rules import TWO_TIERS_FROM, NameIndex, kind_of_code, readings
from ansinh.places.types import Ambiguous, Heir, Kind, Place, Predecessor
from ansinh.platform import sql


class UnknownPlace(Refusal):
    """Không có địa bàn mã "{code}" vào ngày {on}. {hint}"""


def get_place(code: str, on: date) -> Place:
    """The unit of that code on that day; refuses (UnknownPlace) with the nearest that there are."""
    found = find_place(code, on)
    if found is None:
        hint, nearest = _hint(code, on)
        raise UnknownPlace(code=code, on=f"{on:%d/%m/%Y}", hint=hint, nearest=[place.code for place in nearest])
    return found


def find_place(code: str, on: date) -> Place | None:
    """The unit of that code on that day, if there was one."""
    return next((place for place in list_meanings(code) if place.valid_on(on)), None)


def find_last_place(code: str, on: date) -> Place | None:
    """What the code means on that day or meant last before it; else what it meant first; None for no code of ours."""
    meanings = list_meanings(code)
    begun = [place for place in meanings if place.starts_on <= on]
    return next(iter([*reversed(begun), *meanings]), None)


def find_last_places(codes: Iterable[str], on: date) -> dict[str, Place]:
    """The same of many codes, in one question; codes no place ever had are left out."""
    asked = tuple(dict.fromkeys(codes))
    know_places(asked)
    found = {code: find_last_place(code, on) for code in asked}
    return {code: place for code, place in found.items() if place is not None}


def know_places(codes: Iterable[str]) -> None:
    """Have what these codes mean at hand: whatever asks of them next asks the database nothing."""
    _known(codes)


def list_meanings(code: str) -> tuple[Place, ...]:
    """What a code meant from day to day, the earliest first; empty for a code no place ever had."""
    return _known([code]).get(code, ())


# What each code asked for means, by code. Every list, page and paper asks for the same few thousand again and again.
_meanings: dict[str, tuple[Place, ...]] = {}


def forget_places() -> None:
    """Read again what is kept for the life of the process: places change with a new program only."""
    _meanings.clear()
    list_codes_reached.cache_clear()
    days_within.cache_clear()


def _known(codes: Iterable[str]) -> Mapping[str, tuple[Place, ...]]:
    """The meanings of at least these codes, those not asked for before read in one question; unknown codes are not
    kept."""
    if lacking := {code for code in codes if code not in _meanings}:
        found: dict[str, list[Place]] = {}
        for unit in Unit.objects.filter(code__in=lacking).order_by("validity"):
            found.setdefault(unit.code, []).append(_place(unit))
        _meanings.update({code: tuple(meanings) for code, meanings in found.items()})
    return _meanings


def path_of(code: str, on: date) -> tuple[str, ...]:
    """The code itself, then the codes above it up to the province; refuses (UnknownPlace)."""
    return tuple(reversed(get_place(code, on).path))


def list_within(place: Place, on: date) -> tuple[Place, ...]:
    """The place and all below it on that day, top down in the order of their codes."""
    return _places(_within(place.path, on))


def list_communes(place: Place, on: date) -> tuple[Place, ...]:
    """The communes of a place on that day; of a commune, itself."""
    if place.kind == "commune" and place.valid_on(on):
        return (place,)
    return _places(_within(place.path, on).filter(kind="commune"))


def list_children(place: Place | None, on: date) -> tuple[Place, ...]:
    """The units directly below a place on that day; of None, the provinces."""
    return _places(_on(on).filter(parent_code=place.code) if place else _on(on).filter(kind="province"))


def list_commune_codes(place_code: str, on: date) -> tuple[str, ...]:
    """Codes of the communes of a place on that day; refuses (UnknownPlace)."""
    return tuple(list_commune_paths(place_code, on))


def list_commune_paths(place_code: str, on: date) -> dict[str, tuple[str, ...]]:
    """Each commune of a place on that day with its path as `path_of` gives it, in one question of the database."""
    place = get_place(place_code, on)
    if place.kind == "commune":
        return {place.code: tuple(reversed(place.path))}
    communes = _within(place.path, on).filter(kind="commune")
    pairs = communes.order_by("path").values_list("code", "path")
    return {code: tuple(reversed(path.split("/"))) for code, path in pairs}


def list_paths(codes: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
    """Those of the codes that were in force on that day, each with its path as `path_of` gives it."""
    wanted = list(codes)
    known = _known(wanted)
    valid = (place for code in wanted for place in known.get(code, ()) if place.valid_on(on))
    return {place.code: tuple(reversed(place.path)) for place in valid}


def list_codes_ever_within(code: str) -> frozenset[str]:
    """The code and every code that lay below it on any day; empty for a code no place ever had."""
    inside = (
        Q(path__endswith=f"/{code}") | Q(path=code) | Q(path__startswith=f"{code}/") | Q(path__contains=f"/{code}/")
    )
    return frozenset(Unit.objects.filter(inside).values_list("code", flat=True))


@lru_cache(maxsize=512)
def list_codes_reached(areas: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes whose people, then whose money, whoever works in these areas may have to look at; of any day.

    Codes of the areas, of all that ever lay in them and of ended units whose land came to them; money also of the
    districts these lay in that have ended. Kept for the life of the process: places change with a new program.
    """
    rows = sql.rows("places/list_codes_reached", {"areas": list(areas)})
    return tuple(row["code"] for row in rows if not row["held"]), tuple(row["code"] for row in rows)


@lru_cache(maxsize=512)
def days_within(areas: tuple[str, ...]) -> Mapping[str, tuple[tuple[date, date | None], ...]]:
    """For each code that ever lay in these areas, from which day to before which (None: to this day) it lay there.

    Kept for the life of the process, as `list_codes_reached` is.
    """
    days: dict[str, list[tuple[date, date | None]]] = {}
    for code, path, validity in Unit.objects.order_by("validity").values_list("code", "path", "validity"):
        if not set(areas).isdisjoint(path.split("/")):
            days.setdefault(code, []).append((validity.lower, validity.upper))
    return {code: tuple(found) for code, found in days.items()}


def ancestors(place: Place, on: date) -> tuple[Place, ...]:
    """The units above a place on that day, the nearest first."""
    above = _places(_on(on).filter(code__in=place.path[:-1]))
    return tuple(sorted(above, key=lambda unit: -unit.level))


def deciding_bodies(place: Place, on: date) -> tuple[Place, ...]:
    """Who decides and lists for a place: districts to 30/6/2025, communes from 1/7/2025 (Luật 72/2025, NĐ 147/2025).

    The place may lie above them (a province: all its bodies), below (a commune: its district) or be one itself.
    Refuses (UnknownPlace) a place that is not there on the day.
    """
    place = get_place(place.code, on)
    if on >= TWO_TIERS_FROM:
        return list_communes(place, on)
    if place.kind == "commune":
        return (get_place(place.parent_code, on),)
    return _places(_within(place.path, on).filter(kind="district"))


def successors(place: Place, on: date) -> tuple[Heir, ...]:
    """Who has the place's land on a later day, through every change; itself while it is unchanged.

    Districts ended on 1/7/2025 with no heir of their own rank: theirs are the heirs of their communes.
    """
    ids = [place.id]
    shared_out = place.kind == "district" and on >= TWO_TIERS_FROM
    if shared_out:
        last_day = (place.ends_on or TWO_TIERS_FROM) - timedelta(days=1)
        ids += [commune.id for commune in list_communes(place, last_day)]
    answers = sql.rows("places/list_heirs", {"ids": ids, "on": on})
    split = {row["id"]: row["shared"] or (shared_out and len(answers) > 1) for row in answers}
    return tuple(
        Heir(heir, "split" if split[heir.id] else "whole") for heir in _places(Unit.objects.filter(id__in=split))
    )


def list_predecessors(codes: Iterable[str], on: date) -> tuple[Predecessor, ...]:
    """The ended places, through every change, whose land came to the codes' places of that day; earliest end first.

    Also what the codes meant before they came to mean another place. A divided place comes once for each of its
    heirs, asked for or not; a code whose place went on whole under it (a renaming, a merger into it) did not end.
    """
    rows = sql.rows("places/list_predecessors", {"codes": list(codes), "on": on})
    return tuple(Predecessor(**row) for row in rows)


def search_places(text: str, on: date, *, within: Place | None = None, limit: int = 20) -> tuple[Place, ...]:
    """Units of a day by name or code as people type them: "ngoc phai", "Xã Ngọc Phái", "tt. bang lung", "020".

    Accents do not matter; each word asked must begin a word of the name. The whole name or code first, then what
    begins so, then provinces before districts before communes.
    """
    path = "/".join(within.path) if within else ""
    asked_code = text.strip()
    if asked_code.isdigit() and len(asked_code) > 1:
        codes = _within(within.path, on) if within else _on(on)
        if by_code := _places(codes.filter(code__startswith=asked_code)):
            return tuple(sorted(by_code, key=lambda place: (place.code != asked_code, place.level, place.path)))[:limit]
    found: dict[int, None] = {}
    # The whole of what was typed first: "phuong vien" is Xã Phương Viên before it is any ward called Viên.
    for reading in reversed(readings(text)):
        asked = {"words": reading.loose.split(), "phrase": reading.loose, "type": reading.type or ""}
        rows = sql.rows("places/search_units", {**asked, "within": path, "on": on, "limit": limit})
        found |= dict.fromkeys(row["id"] for row in rows)
    order = {unit_id: number for number, unit_id in enumerate(list(found)[:limit])}
    return tuple(sorted(_places(Unit.objects.filter(id__in=order)), key=lambda place: order[place.id]))


class CommuneIndex:
    """The communes of a place on a day, in memory, found by any way their name is written.

    For imports: one question of the database, then `find` a hundred thousand times.
    """

    def __init__(self, within: str | None, on: date) -> None:
        """Of the place with that code, or of the whole country; refuses (UnknownPlace)."""
        communes = _on(on).filter(kind="commune")
        self._names = NameIndex(
            _places(communes) if within is None else list_communes(get_place(within, on), on),
            above=_places(_on(on).exclude(kind="commune")),
        )

    def find(self, text: object) -> str | Ambiguous | None:
        """The code of the one commune meant; None if no name fits; Ambiguous if several do.

        Takes names ("TT. Bằng Lũng", "xa ngoc phai", "P5", "Thuỷ Phù, TX Hương Thủy") and codes as text or number.
        """
        return self._names.find(text)

    def __len__(self) -> int:
        return len(self._names)


def _on(on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(validity__contains=on)


def _within(path: tuple[str, ...], on: date) -> QuerySet[Unit]:
    top = "/".join(path)
    return _on(on).filter(Q(path=top) | Q(path__startswith=f"{top}/"))


def _places(units: QuerySet[Unit]) -> tuple[Place, ...]:
    return tuple(_place(unit) for unit in units.order_by("path"))


def _place(unit: Unit) -> Place:
    span = cast(Any, unit.validity)  # a psycopg Range of date; the field's type says less
    return Place(
        id=unit.pk,
        code=unit.code,
        kind=cast(Kind, unit.kind),
        type=unit.type,
        name=unit.name,
        parent_code=unit.parent_code,
        path=tuple(unit.path.split("/")),
        starts_on=span.lower,
        ends_on=span.upper,
    )


def _hint(code: str, on: date) -> tuple[str, tuple[Place, ...]]:
    """What to say of a code that is not there, and the places it might have been."""
    if (kind := kind_of_code(code)) is None:
        return "Mã tỉnh có 2 chữ số, mã huyện 3 chữ số (đến 30/06/2025), mã xã 5 chữ số; giữ cả số 0 ở đầu.", ()
    if other_days := list_meanings(code):
        before = [place for place in other_days if place.ends_on is not None and place.ends_on <= on]
        known = before[-1] if before else other_days[0]
        heirs = tuple(heir.place for heir in successors(known, on)) if before else ()
        return _other_days(known, heirs), heirs
    if kind == "district" and on >= TWO_TIERS_FROM:
        return "Từ 01/07/2025 không còn cấp huyện; hãy dùng mã xã hoặc mã tỉnh.", ()
    nearest = _nearest(code, kind, on)
    return f"Gần nhất có: {_listed(nearest)}." if nearest else "Hãy nạp bảng địa bàn trước.", nearest


def _other_days(known: Place, heirs: tuple[Place, ...]) -> str:
    if known.ends_on is None or not heirs:
        return f"Mã này là {known.full_name} từ ngày {known.starts_on:%d/%m/%Y}; hãy xem lại ngày."
    last_day = known.ends_on - timedelta(days=1)
    return f"Mã này là {known.full_name} đến hết ngày {last_day:%d/%m/%Y}; nay thuộc {_listed(heirs)}."


def _nearest(code: str, kind: Kind, on: date) -> tuple[Place, ...]:
    codes = _on(on).filter(kind=kind).values_list("code", flat=True)
    wanted = sorted(codes, key=lambda known: (abs(int(known) - int(code)), known))[:3]
    return _places(_on(on).filter(code__in=wanted))


def _listed(places: Iterable[Place]) -> str:
    named = [str(place) for place in places]
    return ", ".join(named[:5]) + (f" và {len(named) - 5} nơi khác" if len(named) > 5 else "")
