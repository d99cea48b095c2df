"""Proofs: questions put to all data whose only right answer is "nothing". `ansinh verify` asks them; apps write them.

An app with something to prove has `PROOFS: tuple[Proof, ...]` on its queries face.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Break:
    """One row that breaks an invariant.

    `what` is Vietnamese and names the row so that an officer finds it: number, person, month, both sums.
    `facts` are the same as plain values (ids, whole đồng) for machines. `place_code` is the commune or body the row
    belongs to; "" where it belongs to none: then it is told whatever place is asked about.
    """

    what: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    place_code: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """One question over all data.

    `code` is stable ("line_equals_due"), `invariant` the number of the invariant it proves (1 to 11), `name_vi` what
    people call it. `find` gives every row that breaks it, all of them, writing nothing; the docstring of `find` says
    what is compared with what and is printed in docs/reference/proofs.md. `left_out` counts, under names in
    Vietnamese, what the proof rightly does not judge yet: no differences, but told.
    """

    code: str
    invariant: int
    name_vi: str
    find: Callable[[], list[Break]]
    left_out: Callable[[], Mapping[str, int]] | None = None

    @property
    def compares(self) -> str:
        """What is compared with what, as the docstring of `find` says it, on one line."""
        return " ".join((self.find.__doc__ or "").split())
