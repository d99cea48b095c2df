"""What may be printed, and in which order. Pure.

The HIV rule (NĐ 20/2021/NĐ-CP Điều 8 khoản 1 điểm b): no name stands beside an HIV category or under its heading.
A mask that appears only where it hides someone betrays as much as the word. So the HIV groups share one neutral heading
with host groups on every list, whether anyone is hidden or not, and the hosts are chosen without looking at the hidden.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ansinh.kernel.names import sort_key, title_cased
from ansinh.kernel.refusal import Refusal
from ansinh.reports.types import Group, GroupCount, PaymentRow

# Fewer people than this in one cell may be guessed by a neighbour.
FEWEST = 5
OTHERS = "đối tượng khác"
EVERYONE = "Đối tượng hưởng trợ giúp xã hội"
NEUTRAL_REASON = "Theo quyết định"

_HIV = re.compile(r"\b(hiv|h\.i\.v|aids|sida|arv)\b|nhiễm h\b|suy giảm miễn dịch", re.IGNORECASE)


class NameBesideHiv(Refusal):
    """Không in được giấy này: "{text}" cho biết tình trạng HIV của người có tên trong danh sách.

    Hãy sửa nội dung đó rồi in lại.
    """


@dataclass(frozen=True, slots=True)
class PrintedGroup:
    """A heading as it is printed; `is_joint` is the neutral one that several groups share."""

    title: str
    order: int
    is_joint: bool = False


def printed_name(name: str) -> str:
    """A name as people write names: one that the register keeps in capitals only, with first capitals.

    >>> printed_name("NGUYỄN THỊ HOÀ"), printed_name("Hoàng Văn La")
    ('Nguyễn Thị Hoà', 'Hoàng Văn La')
    """
    return title_cased(name) if name.isupper() else name


def mentions_hiv(text: str) -> bool:
    """True when a text names HIV in any of the ways offices write it."""
    return _HIV.search(text) is not None


def is_hidden(group: Group) -> bool:
    """True for a group no name may stand under: marked so, or named so."""
    return group.is_hiv or mentions_hiv(group.title)


def veiled(text: str, *, otherwise: str) -> str:
    """The text, or `otherwise` in its place when it speaks of HIV."""
    return otherwise if mentions_hiv(text) else text


def refuse_hiv_beside_names(texts: Iterable[str]) -> None:
    """The last look before a paper with names leaves: refuses (NameBesideHiv) any text that speaks of HIV."""
    for text in texts:
        if mentions_hiv(text):
            raise NameBesideHiv(text=text)


def choose_hosts(census: Iterable[GroupCount], *, hidden_coefficients: AbstractSet[Decimal]) -> frozenset[str]:
    """The codes of the groups that share the neutral heading.

    Choose once a month over the widest roster at hand and use the same answer on every paper: two papers with different
    hosts could be subtracted from each other. `hidden_coefficients` are those the law can give to HIV categories: the
    hosts must hold FEWEST people or more at each, so that no coefficient stands out. The hidden are not looked at.
    """
    groups: dict[str, Group] = {}
    people: dict[str, Counter[Decimal | None]] = {}
    for count in census:
        if not is_hidden(count.group):
            groups[count.group.code] = count.group
            people.setdefault(count.group.code, Counter())[count.coefficient] += count.people
    hosts: list[str] = []
    covered: Counter[Decimal | None] = Counter()
    while len(hosts) < len(groups):
        lacking = {c: FEWEST - covered[c] for c in hidden_coefficients if covered[c] < FEWEST}
        if hosts and not lacking:
            break
        gains = {
            code: sum(min(people[code][c], lack) for c, lack in lacking.items()) for code in groups if code not in hosts
        }
        best = max(gains, key=lambda code: (gains[code], groups[code].order))
        if hosts and gains[best] == 0:
            break
        hosts.append(best)
        covered += people[best]
    return frozenset(hosts)


def printed_groups(people: Mapping[Group, int], hosts: AbstractSet[str]) -> dict[str, PrintedGroup]:
    """For each group on a list, by code, the heading it stands under; `people` says how many lines each has.

    `hosts` empty: the benefit knows no HIV category and groups print as they are, unless one turns up nevertheless.
    Where a place has too few people in the hosts, its last groups join them. Taking the hidden away changes no heading
    as long as anyone else is left; where nobody is, the list has the one heading for everyone.
    """
    hidden = [group for group in people if is_hidden(group)]
    plain = sorted((group for group in people if not is_hidden(group)), key=lambda group: (group.order, group.code))
    headings = {group.code: PrintedGroup(group.title, group.order) for group in plain}
    if not hosts and not hidden:
        return headings
    joined = [group for group in plain if group.code in hosts]
    for group in reversed(plain):
        if sum(people[other] for other in joined) >= FEWEST:
            break
        if group not in joined:
            joined.append(group)
    joined.sort(key=lambda group: (group.order, group.code))
    if not joined:
        return {group.code: PrintedGroup(EVERYONE, group.order, is_joint=True) for group in hidden}
    title = "; ".join([*(group.title for group in joined), OTHERS])
    joint = PrintedGroup(title, joined[-1].order, is_joint=True)
    return headings | {group.code: joint for group in [*joined, *hidden]}


def ordered_rows(
    rows: Iterable[PaymentRow],
    headings: Mapping[str, PrintedGroup],
    *,
    within: Literal["name", "hamlet"] = "name",
) -> list[tuple[PrintedGroup, list[PaymentRow]]]:
    """Rows under their printed headings, in the order of the paper; inside by name, or by hamlet and then name.

    The law's group plays no part inside a joint heading: the hidden are not a block of their own.
    """
    under: dict[PrintedGroup, list[PaymentRow]] = {}
    for row in rows:
        under.setdefault(headings[row.group.code], []).append(row)

    def place(row: PaymentRow) -> tuple[str, str, int, str]:
        hamlet = sort_key(row.hamlet) if within == "hamlet" else ""
        return hamlet, sort_key(row.name), row.born_year, row.book_no

    ordered = sorted(under.items(), key=lambda item: (item[0].order, item[0].title))
    return [(heading, sorted(members, key=place)) for heading, members in ordered]


def widened_cell(people: Sequence[int], at: int) -> range:
    """The neighbouring cells of a row of counts that must be shown as one, so that the cell `at` holds FEWEST or more.

    Grows to the left, then to the right. A row with too few people in all becomes one cell.
    """
    start, stop = at, at + 1
    while sum(people[start:stop]) < FEWEST and (start > 0 or stop < len(people)):
        if start > 0:
            start -= 1
        else:
            stop += 1
    return range(start, stop)


def merged_block(rows: Sequence[Sequence[int]], at: int) -> tuple[range, frozenset[int]]:
    """Which cells of a table of counts (rows are communes) are shown as one: the columns, and the rows it is done in.

    Every row whose cell `at` holds somebody but fewer than FEWEST is done, over the same columns. One such row alone
    could be found again by subtracting the others from the total, so the row with the next smallest cell joins it.
    """
    small = {index for index, row in enumerate(rows) if 0 < row[at] < FEWEST}
    if not small:
        return range(at, at + 1), frozenset()
    spans = [widened_cell(rows[index], at) for index in small]
    columns = range(min(span.start for span in spans), max(span.stop for span in spans))
    others = sorted(
        (index for index in range(len(rows)) if index not in small), key=lambda i: (rows[i][at] == 0, rows[i][at])
    )
    if len(small) == 1 and others:
        small.add(others[0])
    return columns, frozenset(small)
