"""Names of places and of paying organisations for a page, each looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ansinh.funds.queries import list_payers
from ansinh.kernel.month import Month
from ansinh.places.queries import find_last_place, find_last_places, get_place, know_places, list_within
from ansinh.places.types import Place


def place_name(code: str, on: date) -> str:
    """The full name on that day; of a place that had ended by then its last name, marked; else the code itself."""
    place = find_last_place(code, on)
    return code if place is None else _named(place, on)


def place_names(codes: Iterable[str], on: date) -> dict[str, str]:
    """The full names of some places on that day, asked together."""
    asked = [code for code in dict.fromkeys(codes) if code]
    known = find_last_places(asked, on)
    return {code: _named(known[code], on) if code in known else code for code in asked}


def place_names_then(places: Iterable[tuple[str, Month]]) -> dict[str, str]:
    """The full names of some places, each as of a month of its own, asked together."""
    asked = [(code, month.first_day) for code, month in dict.fromkeys(places) if code]
    know_places(code for code, _ in asked)
    return {code: place_name(code, on) for code, on in asked}


def _named(place: Place, on: date) -> str:
    still = place.ends_on is None or on < place.ends_on
    return place.full_name if still else _("%(place)s (cũ)") % {"place": place.full_name}


def place_line(code: str, on: date) -> str:
    """ "Xã Ngọc Phái, Huyện Chợ Đồn, Tỉnh Bắc Kạn"."""
    place = find_last_place(code, on)
    if place is None:
        return code
    then = (
        min(max(on, place.starts_on), place.ends_on - timedelta(days=1)) if place.ends_on else max(on, place.starts_on)
    )
    names = [get_place(above, then).full_name for above in reversed(place.path[:-1])]
    return ", ".join([place_name(code, on), *names])


def names_within(code: str, on: date, *, also: Iterable[str] = ()) -> dict[str, str]:
    """Full names of a place, of all below it, and of `also` some codes that may have ended before, by code."""
    names = {place.code: place.full_name for place in list_within(get_place(code, on), on)}
    return {**place_names((one for one in also if one not in names), on), **names}


def payer_names() -> dict[str, str]:
    """Names of the paying organisations, by code."""
    return {payer.code: payer.name for payer in list_payers()}


def payer_name(code: str) -> str:
    """The name of a paying organisation; the code itself where it is not known."""
    return payer_names().get(code, code)
