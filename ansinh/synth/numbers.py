"""Numbers of invented people: of identity, telephone, account. Well-formed, and nobody's."""

from __future__ import annotations

from ansinh.synth.drawing import Weighted
from ansinh.synth.scene import Invented, Scene

# Six digits of their own: a step that has no divisor in common with a million visits each of them once, so nobody of
# a province's first million people shares a number.
_OWN, _STEP = 1_000_000, 387_420_489
_CENTURY = 100
# Nine digits of cards before 2016, likewise.
_OLD_OWN, _OLD_STEP = 900_000_000, 387_420_489
_PREFIXES = ("032", "035", "036", "038", "039", "070", "079", "081", "085", "090", "093", "094", "096", "098", "058")
# As registers write banks, with how many digits an account there has.
_BANKS: Weighted[tuple[str, int]] = Weighted(
    [
        (("Agribank", 13), 34),
        (("Vietcombank", 10), 16),
        (("VietinBank", 12), 16),
        (("BIDV", 14), 13),
        (("LPBank", 12), 9),
        (("MB", 10), 6),
        (("Viettel Money", 10), 6),
    ]
)


def add_numbers(scene: Scene, one: Invented) -> None:
    """What is known of somebody's numbers, sealed."""
    chance, shares, member, block = scene.chance, scene.shares, one.member, scene.block
    if member.is_old and chance.happens(shares["old_number_only"]):
        block.add_number(one.person_id, "cmnd", old_number(one.person_id))
    elif not chance.happens(shares["no_number"]):
        block.add_number(one.person_id, "cccd", citizen_number(scene, one))
    telephones = shares["phone_of_the_old"] if member.is_old else shares["phone_of_grown_people"]
    if member.is_grown and chance.happens(telephones):
        block.add_number(one.person_id, "phone", f"{chance.one_of(_PREFIXES)}{chance.below(10_000_000):07d}")
    if chance.happens(shares["account_in_wards" if scene.share.is_ward else "account_elsewhere"]):
        bank, digits = _BANKS.draw(chance)
        block.add_number(one.person_id, "account", str(10 ** (digits - 1) + chance.below(9 * 10 ** (digits - 1))), bank)


def citizen_number(scene: Scene, one: Invented) -> str:
    """Twelve digits that agree with birth and sex; no two people of a province have the same."""
    year = one.birth.first_day.year
    century = 2 * (year // _CENTURY - 19) + (one.sex == "female")
    in_province = scene.share.first_in_province + one.person_id - scene.share.first_id
    own = in_province * _STEP % _OWN
    return f"{scene.chance.one_of(scene.province.numbers)}{century}{year % _CENTURY:02d}{own:06d}"


def old_number(person_id: int) -> str:
    """Nine digits, each given once."""
    return str(100_000_000 + person_id * _OLD_STEP % _OLD_OWN)
