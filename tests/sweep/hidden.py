"""What no answer may say: a status beside a name, a whole number. Asked of every page, paper, export and command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ansinh.policy import load_pack

# All ways offices write it, and the codes of the program's own categories.
_CODES = "|".join(sorted(re.escape(one.code) for one in load_pack().categories if one.is_hiv))
_STATUS = re.compile(
    rf"\bh\.?\s?i\.?\s?v\b|\baids\b|\bsida\b|\barv\b|nhiễm h\b|suy giảm miễn dịch|\b(?:{_CODES})\b", re.IGNORECASE
)
_AROUND = 50

# Where somebody's status may stand beside their own name, and why. Nowhere else.
STATUS_ALLOWED: Mapping[str, str] = {
    "web:person": "one person's own page, to who decides about them; of everybody in the same words and form",
    "web:why": "the reason of one amount, to who decides about the person",
    "web:story": "one person's own story, to who decides about them",
    "web:record_change": "the choice of all categories, the same for everybody",
    "web:undo_change": "one change of one person, to who decides about them",
    "web:explained": "one person's month for machines, to who decides about them",
    "web:simulation": "the law's own words and amounts; nobody is named",
    "web:level_packs": "the law's own words and amounts; nobody is named",
    "web:level_pack": "the law's own words and amounts; nobody is named",
    "web:marked": "the office's own file given back to it as it came",
}

# Where a whole number may stand, and why: the law or a payer needs it. Nowhere else.
NUMBERS_ALLOWED: Mapping[str, str] = {
    "web:reveal_number": "one number shown once to who says why, told in the audit trail",
    "ansinh person reveal": "the same on the command line",
    "web:payer_list": "a bank pays into whole account numbers (list of a released batch, told in the audit trail)",
    "web:marked": "the office's own file given back to it as it came, told in the audit trail",
    "web:marked_results": "the payer's own file given back to it as it came, told in the audit trail",
}


def status_told(said: str, names: Iterable[str]) -> list[str]:
    """The places of an answer that tell a status, where the answer names any of these people."""
    if not any(name in said for name in names):
        return []
    return [" ".join(said[max(at.start() - _AROUND, 0) : at.end() + _AROUND].split()) for at in _STATUS.finditer(said)]


def numbers_told(said: str, numbers: Iterable[str]) -> list[str]:
    """The whole numbers an answer holds, also written in groups."""
    joined = re.sub(r"(?<=\d)[ .\-](?=\d)", "", said)
    return [number for number in numbers if number in said or number in joined]


def hidden_faults(door: str, said: str, *, names: Iterable[str], numbers: Iterable[str]) -> list[str]:
    """What is wrong with an answer of a door (an address's name, a command's words); nothing when it keeps silent."""
    faults = []
    if door not in STATUS_ALLOWED:
        faults += [f"{door} tells a status: …{one}…" for one in status_told(said, names)]
    if door not in NUMBERS_ALLOWED:
        faults += [f"{door} tells a whole number: {one}" for one in numbers_told(said, numbers)]
    return faults
