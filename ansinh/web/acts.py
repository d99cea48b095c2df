"""Buttons of the money pages: a verb as this person meets it, allowed or with the reason why not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ansinh.access.types import Actor
from ansinh.web import wording
from ansinh.web.money_words import DOERS


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with its address. `confirm` is said before the press; `form` holds what must be typed for it."""

    key: str
    title: str
    address: str
    hint: str = ""
    why_not: str = ""
    confirm: str = ""
    form: forms.Form | None = None
    look: str = "primary"
    # Only leads to where the verb is done.
    is_link: bool = False
    # What is said, with a clock, while it takes its time.
    busy: str = ""

    @property
    def allowed(self) -> bool:
        """Whether this person may do it now."""
        return not self.why_not

    @property
    def opens(self) -> bool:
        """Whether a press first opens a panel."""
        return bool(self.confirm or self.form)


def why_not(permission: str, by: Actor, hindrances: Iterable[tuple[object, str]] = ()) -> str:
    """Why this person cannot do it now, empty when they can: the work of another, or the first hindrance that holds."""
    if not by.may(permission):
        return _("Việc của: %(who)s.") % {"who": doer_of(permission)}
    return next((said for holds, said in hindrances if holds), "")


def doer_of(permission: str) -> Promise | str:
    """Who does it, by the name of their role."""
    return wording.ROLES[DOERS[permission]]
