"""The Actor: who acts, as what, where. Every action and every query of people or money takes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ansinh.access.roles import FRESH_SIGN_IN, LEVEL_NAMES, PAYERS_ROLES, ROLES, SECOND_FACTOR, SIGHTS, Role
from ansinh.kernel.refusal import Refusal
from ansinh.platform.audit import note_place

__all__ = [
    "ASSURED",
    "EVERYWHERE",
    "FRESH_SIGN_IN",
    "LEVEL_NAMES",
    "PAYERS_ROLES",
    "ROLES",
    "SECOND_FACTOR",
    "SIGHTS",
    "SYSTEM",
    "Actor",
    "Appointment",
    "Assurance",
    "OtherPayer",
    "OutOfArea",
    "Role",
    "SecondFactorNeeded",
    "SignInAgainNeeded",
]

# The area of somebody appointed for the whole country.
EVERYWHERE = ""


class OutOfArea(Refusal):
    """{who} không được giao việc ở địa bàn mã {place}. Hãy chọn địa bàn của mình, hoặc xin giao thêm địa bàn."""


class OtherPayer(Refusal):
    """{who} không làm việc cho tổ chức chi trả mã {payer}. Hãy chọn tổ chức của mình."""


class SecondFactorNeeded(Refusal):
    """Việc "{what}" cần đăng nhập hai bước. Hãy bật bước hai ở trang "Bảo mật của tôi", rồi làm tiếp."""


class SignInAgainNeeded(Refusal):
    """Việc "{what}" cần xác nhận lại đúng là bạn. Hãy nhập lại mật khẩu hoặc mã bước hai, rồi làm tiếp."""


@dataclass(frozen=True, slots=True)
class Assurance:
    """How sure we are of who acts: a second factor was shown at sign-in; the sign-in is of a moment ago."""

    second_factor: bool
    fresh: bool


# The command line: whoever sits there holds the home's own keys already.
ASSURED = Assurance(second_factor=True, fresh=True)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One role in one area: a place code (2, 3 or 5 digits) covering all below it, or EVERYWHERE.

    `payer_code`: whose staff a payer's coordinator or teller is; they see that payer's money only.
    """

    role: Role
    area: str
    payer_code: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the appointments in force. `user_id` 0 is the system itself.

    `asked_for`: the acts or sights this is about; only appointments whose role holds one of them then count.
    """

    user_id: int
    name: str
    appointments: tuple[Appointment, ...]
    assurance: Assurance = ASSURED
    asked_for: tuple[str, ...] = ()

    def may(self, permission: str) -> bool:
        """Whether any of the actor's roles holds the act or sight, wherever that is."""
        return any(ROLES[appointed.role].holds(permission) for appointed in self.appointments)

    def within(self, *permissions: str) -> Actor:
        """The same person where they hold one of these: who prepares in A and inspects in B acts in A alone."""
        return replace(self, asked_for=permissions)

    def must_be_sure(self, permission: str, *, what: str = "") -> None:
        """Refuses (SecondFactorNeeded, SignInAgainNeeded) an act the sign-in is not sure enough for."""
        if permission in SECOND_FACTOR and not self.assurance.second_factor:
            raise SecondFactorNeeded(what=what or permission)
        if permission in FRESH_SIGN_IN and not self.assurance.fresh:
            raise SignInAgainNeeded(what=what or permission)

    @property
    def counted(self) -> tuple[Appointment, ...]:
        """The appointments that count for what this is about; asked for nothing, all but an administrator's."""
        if self.user_id == SYSTEM_ID:
            return self.appointments
        if self.asked_for:
            return tuple(one for one in self.appointments if any(map(ROLES[one.role].holds, self.asked_for)))
        return tuple(one for one in self.appointments if one.role is not Role.ADMINISTRATOR)

    @property
    def sees_categories(self) -> bool:
        """Whether a person's page names categories and reasons to the actor."""
        return any(ROLES[one.role].holds("registry.see_categories") for one in self.counted)

    @property
    def areas(self) -> tuple[str, ...]:
        """The place codes the actor works in; EVERYWHERE alone when one appointment is for the whole country."""
        areas = tuple(dict.fromkeys(one.area for one in self.counted))
        return (EVERYWHERE,) if EVERYWHERE in areas else areas

    @property
    def payers(self) -> frozenset[str] | None:
        """The codes of the payers whose money alone is shown; None: not limited."""
        if any(one.role not in PAYERS_ROLES for one in self.counted):
            return None
        return frozenset(one.payer_code for one in self.counted)

    def serves(self, payer: str) -> bool:
        """Whether the money of a payer is shown to the actor."""
        return self.payers is None or payer in self.payers

    def must_serve(self, payer: str) -> None:
        """Refuses (OtherPayer) a payer the actor does not work for."""
        if not self.serves(payer):
            raise OtherPayer(who=self.name, payer=payer)

    def reaches(self, path: Iterable[str]) -> bool:
        """Whether a place lies in the actor's areas; `path` is its code and the codes of all places above it.

        The first one reached inside an act is the place the audit trail says it concerns, if it names none itself.
        """
        codes = tuple(path)
        reached = EVERYWHERE in self.areas or not set(self.areas).isdisjoint(codes)
        if reached and codes:
            note_place(codes[0])
        return reached

    def must_reach(self, path: tuple[str, ...]) -> None:
        """Refuses (OutOfArea) a place outside the actor's areas."""
        if not self.reaches(path):
            raise OutOfArea(who=self.name, place=path[0])


SYSTEM_ID = 0
SYSTEM = Actor(SYSTEM_ID, "Hệ thống", (Appointment(Role.ADMINISTRATOR, EVERYWHERE),))
