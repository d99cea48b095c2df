"""What may stand beside a name on a screen: an HIV category never does.

A mask worn only by those it hides would betray them, so on lists the HIV groups share one heading with the largest
other group of the same run (NĐ 20/2021/NĐ-CP Điều 8 khoản 1 điểm b: status is not made public).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ansinh.kernel.month import Month
from ansinh.policy import load_pack

OTHERS = "Đối tượng khác"
JOINT = "chung"


@dataclass(frozen=True, slots=True)
class Heading:
    """A group as lists show it. `key` is what addresses carry; `groups` are the law's groups under it."""

    key: str
    title: str
    groups: tuple[str, ...]

    @property
    def is_joint(self) -> bool:
        """Whether this is the heading the hidden share with their host."""
        return self.key == JOINT


def is_hidden(category: str) -> bool:
    """Whether nothing of this category may stand beside a name."""
    return load_pack().category(category).is_hiv


def hidden_groups(month: Month) -> frozenset[str]:
    """The printed groups of a month that hold an HIV category."""
    pack = load_pack()
    return frozenset(pack.group_of(one.code, month) for one in pack.categories if one.is_hiv)


def headings(sizes: Mapping[str, int], month: Month) -> dict[str, Heading]:
    """For each group of a list (with how many lines it has) the heading it stands under.

    The host is chosen without looking at the hidden, and is the same whether anybody is hidden there or not.
    """
    hidden = hidden_groups(month)
    plain = [group for group in sizes if group not in hidden]
    host = max(plain, key=lambda group: (sizes[group], group), default=None)
    joined = tuple(group for group in sizes if group in hidden or group == host)
    title = OTHERS if host is None else f"{host}; {OTHERS.lower()}"
    joint = Heading(JOINT, title, joined)
    return {group: joint if group in joined else Heading(group, group, (group,)) for group in sizes}
