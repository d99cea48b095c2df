"""Names of places for a page, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ansinh.places.queries import find_place, get_place, list_within


def place_name(code: str, on: date) -> str:
    """The full name on that day; the code itself for a place that was not there."""
    place = find_place(code, on)
    return code if place is None else place.full_name


def place_names(codes: Iterable[str], on: date) -> dict[str, str]:
    """The full names of some places on that day, each asked once."""
    return {code: place_name(code, on) for code in dict.fromkeys(codes) if code}


def place_line(code: str, on: date) -> str:
    """ "Xã Ngọc Phái, Huyện Chợ Đồn, Tỉnh Bắc Kạn"."""
    place = find_place(code, on)
    if place is None:
        return code
    names = [get_place(above, on).full_name for above in reversed(place.path[:-1])]
    return ", ".join([place.full_name, *names])


def names_within(code: str, on: date) -> dict[str, str]:
    """Full names of a place and of all below it, by code."""
    return {place.code: place.full_name for place in list_within(get_place(code, on), on)}
