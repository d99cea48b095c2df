"""The Actor: who acts, as what, where. Every action and every query of people or money takes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.access.states import PERMISSIONS, SEE_CATEGORIES, Role
from ansinh.kernel.refusal import Refusal

__all__ = ["EVERYWHERE", "SYSTEM", "Actor", "Appointment", "OutOfArea", "Role"]

# The area of somebody appointed for the whole country.
EVERYWHERE = ""


class OutOfArea(Refusal):
    """{who} không được giao việc ở địa bàn mã {place}. Hãy chọn địa bàn của mình, hoặc xin giao thêm địa bàn."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One role in one area: a place code (2, 3 or 5 digits) covering all below it, or EVERYWHERE."""

    role: Role
    area: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `user_id` 0 is the system itself at set-up."""

    user_id: int
    name: str
    appointments: tuple[Appointment, ...]

    def may(self, permission: str) -> bool:
        """Whether any of the actor's roles holds the permission."""
        return any(permission in PERMISSIONS[appointed.role] for appointed in self.appointments)

    @property
    def sees_categories(self) -> bool:
        """Whether a person's page names categories and reasons to the actor."""
        return any(appointed.role in SEE_CATEGORIES for appointed in self.appointments)

    @property
    def areas(self) -> tuple[str, ...]:
        """The place codes the actor works in; EVERYWHERE alone when one appointment is for the whole country."""
        areas = tuple(dict.fromkeys(appointed.area for appointed in self.appointments))
        return (EVERYWHERE,) if EVERYWHERE in areas else areas

    def reaches(self, path: Iterable[str]) -> bool:
        """Whether a place lies in the actor's areas; `path` is its code and the codes of all places above it."""
        return EVERYWHERE in self.areas or not set(self.areas).isdisjoint(path)

    def must_reach(self, path: tuple[str, ...]) -> None:
        """Refuses (OutOfArea) a place outside the actor's areas."""
        if not self.reaches(path):
            raise OutOfArea(who=self.name, place=path[0])


SYSTEM = Actor(0, "Hệ thống", (Appointment(Role.ADMINISTRATOR, EVERYWHERE),))
