"""Every page says who may open it: a sight it shows, an act it does, or that it is for everybody signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from ansinh.access.roles import ROLES, SIGHTS, every_act
from ansinh.web.seeing import does, for_everybody, shows

_SAID = ("shows", "does", "for_everybody")
# Pages of Django's own: they hold nothing of people or money.
_OTHERS = ("django.", "allauth.")


def _views() -> Iterator[tuple[str, Callable[..., Any]]]:
    waiting: list[tuple[str, Any]] = [("/", one) for one in get_resolver().url_patterns]
    while waiting:
        above, one = waiting.pop()
        address = above + str(one.pattern)
        if isinstance(one, URLResolver):
            waiting += [(address, below) for below in one.url_patterns]
        elif isinstance(one, URLPattern) and not one.callback.__module__.startswith(_OTHERS):
            yield address, one.callback


def says_who(view: Callable[..., Any]) -> bool:
    """Whether a view says who may open it, or that nobody need sign in."""
    return any(getattr(view, said, None) for said in _SAID) or getattr(view, "login_required", True) is False


def test_every_page_says_who_may_open_it() -> None:
    views = list(_views())
    assert len(views) > 80
    assert [address for address, view in views if not says_who(view)] == []


def test_pages_name_acts_and_sights_of_the_table() -> None:
    known = every_act() | set(SIGHTS)
    asked = {one for _, view in _views() for said in ("shows", "does") for one in getattr(view, said, ())}
    assert asked - known == set()


def test_every_sight_is_somebodys() -> None:
    held = frozenset[str]().union(*(terms.sights for terms in ROLES.values()))
    assert held == set(SIGHTS)


def test_a_page_that_says_nothing_is_seen() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert not says_who(page)
    assert says_who(shows("registry.see_people")(page))
    assert says_who(does("registry.place_hold")(page))
    assert says_who(for_everybody(page))
    with pytest.raises(TypeError):
        shows("registry.see_peopel")
