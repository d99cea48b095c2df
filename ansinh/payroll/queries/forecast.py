"""What coming lists would say, as things stand and otherwise: records and how sums become them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.forecasting import SIDES, Sums, Tally
from ansinh.payroll.states import ARREARS, RECOVERY, REGULAR
from ansinh.policy import Pack


@dataclass(frozen=True, slots=True)
class Two:
    """The same sum as things stand and otherwise."""

    now: Dong
    then: Dong

    @property
    def more(self) -> Dong:
        """How much more it would be; negative: less."""
        return self.then - self.now


@dataclass(frozen=True, slots=True)
class GroupForecast:
    """One printed group: whom it touches, their regular money, and what makes earlier months good (or takes back)."""

    name: str
    people: int
    regular: Two
    late: Two


@dataclass(frozen=True, slots=True)
class ListForecast:
    """One coming list. `people`: whose lines would differ; `listed`: who would be in it.

    `late`: arrears and recoveries together, by entitlement month.
    """

    month: Month
    people: int
    listed: int
    regular: Two
    arrears: Two
    recovery: Two
    late: tuple[tuple[Month, Two], ...]
    groups: tuple[GroupForecast, ...]

    @property
    def total(self) -> Two:
        """All the list's lines."""
        parts = (self.regular, self.arrears, self.recovery)
        return Two(Dong(sum(int(one.now) for one in parts)), Dong(sum(int(one.then) for one in parts)))


@dataclass(frozen=True, slots=True)
class Forecast:
    """A place's coming lists, each as things stand and otherwise; `people`: whom it touches in any of them.

    The ages and decisions known now are followed month by month; nobody who may join or die is guessed.
    """

    place_code: str
    title: str
    people: int
    lists: tuple[ListForecast, ...]
    groups: tuple[GroupForecast, ...]

    @property
    def total(self) -> Two:
        """All lists together."""
        return Two(
            Dong(sum(int(one.total.now) for one in self.lists)), Dong(sum(int(one.total.then) for one in self.lists))
        )


def forecast_of(place_code: str, title: str, tally: Tally, pack: Pack) -> Forecast:
    """What was found, told."""
    lists = tuple(
        _told(listed, sums, _groups([(listed, tally)], pack, place_code))
        for listed, sums in sorted(tally.months.items())
    )
    groups = _groups([(listed, tally) for listed in tally.months], pack, place_code)
    people = set[int]().union(*(sums.moved for sums in tally.months.values()))
    return Forecast(place_code, title, len(people), lists, groups)


def _told(month: Month, sums: Sums, groups: tuple[GroupForecast, ...]) -> ListForecast:
    late = sorted({at for _, at in sums.late})
    return ListForecast(
        month=month,
        people=len(sums.moved),
        listed=sums.listed,
        regular=_two([sums], REGULAR),
        arrears=_two([sums], ARREARS),
        recovery=_two([sums], RECOVERY),
        late=tuple((Month(at), Two(*(Dong(sums.late[side, at]) for side in SIDES))) for at in late),
        groups=groups,
    )


def _two(cells: Iterable[Sums], *kinds: str) -> Two:
    held = list(cells)
    return Two(*(Dong(sum(one.kinds[side, kind] for one in held for kind in kinds)) for side in SIDES))


def _groups(lists: list[tuple[Month, Tally]], pack: Pack, place_code: str) -> tuple[GroupForecast, ...]:
    """The printed groups in order, as the last list prints them; of one commune, without what would tell of HIV."""
    last = max(month for month, _ in lists)
    cells: dict[str, list[Sums]] = {}
    for month, tally in lists:
        for (listed, benefit), sums in tally.benefits.items():
            if listed == month:
                cells.setdefault(pack.group_of(benefit, last), []).append(sums)
    order = {name: number for number, name in enumerate(pack.list_groups(last))}
    named = sorted(cells.items(), key=lambda one: order.get(one[0], len(order)))
    if len(place_code) == 5:
        named = _veiled(named, frozenset(pack.group_of(one.code, last) for one in pack.categories if one.is_hiv))
    return tuple(
        GroupForecast(
            name,
            len(set[int]().union(*(one.moved for one in held))),
            _two(held, REGULAR),
            _two(held, ARREARS, RECOVERY),
        )
        for name, held in named
    )


def _veiled(named: list[tuple[str, list[Sums]]], hidden: frozenset[str]) -> list[tuple[str, list[Sums]]]:
    """Groups of one commune: those that would tell of HIV joined with the last of the others, whether there are any
    or not (NĐ 20/2021/NĐ-CP Điều 8 khoản 1 điểm b)."""
    plain = [one for one in named if one[0] not in hidden]
    veiled = [cell for name, held in named if name in hidden for cell in held]
    if not plain:
        return [("Đối tượng khác", veiled)] if veiled else []
    name, held = plain[-1]
    return [*plain[:-1], (f"{name}; đối tượng khác", [*held, *veiled])]
