"""A run's lines as the records papers are made from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import chain

from ansinh.access.queries import list_user_names
from ansinh.access.types import Actor
from ansinh.kernel.legal_days import LEGAL_DAYS
from ansinh.kernel.money import Dong, total
from ansinh.kernel.month import Month, MonthSpan
from ansinh.payout.queries import carried_by_person, list_held_of_run, withheld_by_person
from ansinh.payout.types import Carried, HeldMoney, Withholding
from ansinh.payroll.queries import (
    Change,
    LineFilter,
    ListedLine,
    Run,
    compare_with_month_before,
    get_occasion,
    list_lines,
    list_payees,
    pack_of_run,
)
from ansinh.payroll.types import MERIT, OCCASION_KIND_NAMES
from ansinh.places.queries import get_place
from ansinh.policy import Pack
from ansinh.registry.queries import HOLD_KINDS
from ansinh.reports.one_off_list import OneOffList, OneOffRow
from ansinh.reports.queries.carried import CarriedPerson, carried_figures, people_off_the_list, with_carried
from ansinh.reports.queries.sheets import office_sheet, paper_place, spoken
from ansinh.reports.queries.withheld import with_withheld, withheld_figures
from ansinh.reports.rules import choose_hosts, printed_name
from ansinh.reports.types import (
    PAYMENT_LIST_TITLES,
    SUBJECTS,
    Back,
    ChangeKind,
    ChangeList,
    ChangeRow,
    Figures,
    Group,
    GroupCount,
    HeldRow,
    PaymentList,
    PaymentRow,
    Sheet,
    Summary,
    SummaryCell,
)

_KINDS = {"joined": ChangeKind.JOINED, "left": ChangeKind.LEFT, "changed": ChangeKind.ADJUSTED}


class RunPapers:
    """The records of one run's papers, each read once; `commune` narrows to one commune's own paper."""

    def __init__(self, run: Run, *, by: Actor, commune: str, at: datetime) -> None:
        self.run, self.by, self.commune, self.at = run, by, commune, at
        self.pack = pack_of_run(run)
        self.groups = _groups(self.pack, run.month)
        self.lines = list_lines(run, by=by, wanted=LineFilter(order="group")).lines
        self.census = _census(self.lines, self.groups)
        # Of a benefit that knows no HIV category nothing need be hidden.
        hidden = _hidden_coefficients(self.pack, run.month)
        self.hosts = frozenset() if run.programme == MERIT else choose_hosts(self.census, hidden_coefficients=hidden)

    def sheet(self) -> Sheet:
        """What the paper says about itself."""
        return office_sheet(
            get_place(self.commune or self.run.place_code, self.run.month.first_day),
            month=self.run.month,
            is_signed=self.run.state == "APPROVED",
            digest=self._digest(),
            at=self.at,
            signed_on=self._signed_on(),
            approvals=self._approvals(),
        )

    def payment_list(self) -> PaymentList:
        """The list of the commune (or of the whole run), one row a person and benefit.

        Money not collected before stands in the person's row, or in one of its own for somebody no longer listed.
        """
        rows = self._rows()
        homes = _homes(rows)
        at_home = {homes[one.person_id, one.commune_code]: one for one in self.carried if _place_of(one) in homes}
        listed = (with_carried(row, at_home.get(key)) for key, row in self._payment_rows(rows).items())
        gone = (person.row for person in self._off_the_list(homes))
        title = PAYMENT_LIST_TITLES[self.run.programme]
        return PaymentList(self.sheet(), (*listed, *gone), self.hosts, title, held=self._held())

    def _held(self) -> tuple[HeldRow, ...]:
        """Whose money is kept back, one row a person for this list and one for those before."""
        of_person: dict[tuple[bool, int], list[HeldMoney]] = defaultdict(list)
        for one in list_held_of_run(self.run.pk, by=self.by):
            if self.commune in ("", one.commune_code):
                of_person[one.is_earlier, one.person_id].append(one)
        return tuple(
            HeldRow(
                name=printed_name(orders[0].full_name),
                dong=total(order.amount_dong for order in orders),
                why=HOLD_KINDS[orders[0].kind],
                is_earlier=is_earlier,
            )
            for (is_earlier, _), orders in of_person.items()
        )

    def one_off_list(self) -> OneOffList:
        """The list of what is given once, of the commune (or of the whole run), one row a payee."""
        assert self.run.occasion_id is not None  # noqa: S101 - only lists given once are laid out so
        occasion = get_occasion(self.run.occasion_id, by=self.by)
        payees = list_payees(occasion.occasion_id, by=self.by) if occasion.for_year is not None else ()
        martyrs = {one.person_id: ", ".join(one.martyrs) for one in payees}
        rows = tuple(
            OneOffRow(
                name=printed_name(line.full_name),
                born_year=line.birth.first_day.year,
                hamlet=line.hamlet,
                article=line.article,
                amount_dong=line.amount_dong,
                collector=printed_name(line.collector),
                relation=line.collector_relation,
                martyrs=martyrs.get(line.person_id, ""),
            )
            for line in self._wanted()
        )
        title = f"Danh sách chi: {occasion.title}"
        return OneOffList(self.sheet(), title, occasion.decision, occasion.per_household, rows)

    def change_list(self) -> ChangeList:
        """Who joined, left or has another amount."""
        changes = compare_with_month_before(self.run, by=self.by)
        wanted = [change for change in changes if self.commune in ("", change.commune_code)]
        on = self.run.month.first_day
        communes = {code: spoken(get_place(code, on)) for code in {change.commune_code for change in wanted}}
        rows = tuple(self._change_row(change, communes[change.commune_code]) for change in wanted)
        return ChangeList(self.sheet(), rows, self.hosts, self.census, _about(self.run))

    def summary(self) -> Summary:
        """Figures by commune and group."""
        on = self.run.month.first_day
        lines_of: dict[tuple[str, str], list[ListedLine]] = defaultdict(list)
        for line in self._wanted():
            lines_of[line.commune_code, line.group_name].append(line)
        cells = defaultdict(Figures, {key: _figures(lines) for key, lines in lines_of.items()})
        for commune, group, figures in chain(self._carried_figures(), self._withheld_figures()):
            cells[commune, group] = Figures.sum_of((cells[commune, group], figures))
        return Summary(
            self.sheet(),
            tuple(
                SummaryCell(paper_place(get_place(code, on), self.run.month), self.groups[group], figures)
                for (code, group), figures in sorted(cells.items())
            ),
            self.hosts,
            _about(self.run),
        )

    @cached_property
    def carried(self) -> tuple[Carried, ...]:
        """What is not collected of earlier lists and presented with this run, of the wanted communes."""
        everybody = carried_by_person(self.run.pk, by=self.by).values()
        return tuple(one for one in everybody if self.commune in ("", one.commune_code))

    @property
    def names_anybody(self) -> bool:
        """Whether a paper of the wanted communes would name anybody at all."""
        return any(True for _ in self._wanted()) or bool(self.carried)

    def _rows(self) -> dict[tuple[int, int], list[ListedLine]]:
        """The lines by person and grant, as they stand in rows."""
        rows: dict[tuple[int, int], list[ListedLine]] = defaultdict(list)
        for line in self._wanted():
            rows[line.person_id, line.grant_id].append(line)
        _join_settlements(rows)
        return rows

    def _off_the_list(self, homes: Mapping[tuple[int, str], tuple[int, int]]) -> tuple[CarriedPerson, ...]:
        return people_off_the_list(
            (one for one in self.carried if _place_of(one) not in homes),
            month=self.run.month,
            group_of=self._group_of,
        )

    def _group_of(self, benefit: str) -> Group:
        """The printed group of a benefit; what was given once stands under a heading of its own, behind the law's."""
        if name := OCCASION_KIND_NAMES.get(benefit):
            return Group(name, name, len(self.groups) + 1)
        return self.groups[self.pack.group_of(benefit, self.run.month)]

    def _carried_figures(self) -> Iterator[tuple[str, str, Figures]]:
        """Commune, group title and money of everybody who has something to collect."""
        if not self.carried:
            return
        rows = self._rows()
        homes = _homes(rows)
        for one in self.carried:
            if home := homes.get(_place_of(one)):
                yield one.commune_code, _first(rows[home]).group_name, carried_figures(one)
        for person in self._off_the_list(homes):
            yield person.carried.commune_code, person.row.group.title, carried_figures(person.carried)

    def _wanted(self) -> Iterable[ListedLine]:
        return (line for line in self.lines if self.commune in ("", line.commune_code))

    def _signed_on(self) -> date | None:
        """The day of the last approval, in Vietnam's calendar; a list not approved is not signed."""
        signed_at = self.run.countersigned_at or self.run.approved_at
        at = signed_at if self.run.state == "APPROVED" else None
        return at.astimezone(LEGAL_DAYS).date() if at else None

    def _approvals(self) -> tuple[str, ...]:
        """Both who approved a list above a threshold, and when; of a list one person approved nothing is said."""
        run = self.run
        if run.countersigned_by is None or run.approved_by is None:
            return ()
        names = list_user_names((run.approved_by, run.countersigned_by))
        signed = (("một", run.approved_by, run.approved_at), ("hai", run.countersigned_by, run.countersigned_at))
        return tuple(
            f"Phê duyệt lần {turn}: {names.get(who, '')}, {at.astimezone(LEGAL_DAYS):%H:%M %d/%m/%Y}"
            for turn, who, at in signed
            if at is not None
        )

    def _digest(self) -> str:
        if self.commune:
            sealed = self.run.commune_lists.filter(commune_code=self.commune).values_list("digest", flat=True).first()
            return sealed or ""
        return self.run.list_digest

    @cached_property
    def withheld(self) -> dict[int, Withholding]:
        """Whose payment is not what the list says of them."""
        return withheld_by_person(self.run.pk, by=self.by)

    def _payment_rows(self, rows: Mapping[tuple[int, int], list[ListedLine]]) -> dict[tuple[int, int], PaymentRow]:
        """Each row as it is paid: what waits to be recovered and what is withheld told person by person."""
        of_person: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key in rows:
            of_person[key[0]].append(key)
        made = {key: self._payment_row(lines) for key, lines in rows.items()}
        for person_id in self.withheld.keys() & of_person.keys():
            keys = of_person[person_id]
            paid = with_withheld([made[key] for key in keys], self.withheld[person_id])
            made.update(zip(keys, paid, strict=True))
        return made

    def _withheld_figures(self) -> Iterator[tuple[str, str, Figures]]:
        """Commune, group title and money of everybody whose payment is not what the list says."""
        if not self.withheld:
            return
        rows = self._rows()
        for key, row in self._payment_rows(rows).items():
            if row.claimed_dong or row.withheld_dong:
                yield rows[key][0].commune_code, _first(rows[key]).group_name, withheld_figures(row)

    def _payment_row(self, lines: list[ListedLine]) -> PaymentRow:
        first = _first(lines)
        regular = [line for line in lines if line.kind == "regular"]
        return PaymentRow(
            name=printed_name(first.full_name),
            born_year=first.birth.first_day.year,
            hamlet=first.hamlet,
            group=self.groups[first.group_name],
            coefficient=regular[0].coefficient if regular and self.run.programme != MERIT else None,
            decision_no=first.decision_no,
            book_no=first.book_no,
            regular_dong=total(line.amount_dong for line in regular),
            arrears=_back([line for line in lines if line.kind == "arrears"]),
            recovery=_back([line for line in lines if line.kind == "recovery"]),
        )

    def _change_row(self, change: Change, commune: str) -> ChangeRow:
        category = self.pack.category(change.benefit)
        return ChangeRow(
            kind=_KINDS[change.kind],
            name=printed_name(change.full_name),
            born_year=change.birth.first_day.year,
            address=", ".join(filter(None, (change.hamlet, commune))),
            group=self.groups[self.pack.group_of(change.benefit, self.run.month)],
            category=category.name_vi,
            coefficient=change.now_coefficient if self.run.programme != MERIT else None,
            coefficient_before=change.before_coefficient if self.run.programme != MERIT else None,
            before_dong=change.before_dong,
            now_dong=change.now_dong,
            decision_no=change.decision_no,
            decided_on=change.decided_on,
            from_month=self.run.month,
            reason=_event(change, self.run.month),
            detail=change.reason,
            granted_from=change.granted_from if change.kind == "joined" else None,
            is_hiv=category.is_hiv,
        )


# Events in words that fit any category; what the law says of the category stands in the detail.
_EVENTS = {"joined": "Quyết định hưởng mới", "left": "Thôi hưởng", "changed": "Điều chỉnh mức hưởng"}
_NEW_HERE = "Mới đưa vào danh sách"


def _about(run: Run) -> str:
    """What the month's papers of the run's programme are about."""
    return SUBJECTS.get(run.programme, SUBJECTS["assistance"])


def _event(change: Change, month: Month) -> str:
    """What happened; a decision of an earlier month is not called a new one."""
    return _NEW_HERE if change.kind == "joined" and change.granted_from != month else _EVENTS[change.kind]


def _first(lines: list[ListedLine]) -> ListedLine:
    """The line a row takes its name, group and decision from."""
    return next((line for line in lines if line.kind == "regular"), lines[0])


def _place_of(carried: Carried) -> tuple[int, str]:
    """Whose it is and where: somebody who moved collects it where it is presented, in a row of its own."""
    return carried.person_id, carried.commune_code


def _homes(rows: Mapping[tuple[int, int], list[ListedLine]]) -> dict[tuple[int, str], tuple[int, int]]:
    """The row that takes what somebody has to collect in a commune: of several the first with regular money."""
    homes: dict[tuple[int, str], tuple[int, int]] = {}
    for key, lines in sorted(rows.items(), key=lambda item: _first(item[1]).kind != "regular"):
        homes.setdefault((key[0], lines[0].commune_code), key)
    return homes


def _join_settlements(rows: dict[tuple[int, int], list[ListedLine]]) -> None:
    """Money of earlier months only, of a grant that became another, stands in the row where the person signs.

    Somebody with no regular money this month keeps their own row.
    """
    regular = {key[0]: key for key, lines in reversed(rows.items()) if any(line.kind == "regular" for line in lines)}
    for key in list(rows):
        home = regular.get(key[0])
        if home is not None and home != key and not any(line.kind == "regular" for line in rows[key]):
            rows[home].extend(rows.pop(key))


def _groups(pack: Pack, month: Month) -> dict[str, Group]:
    """Every printed group of the month by its title, in printed order."""
    hidden = {pack.group_of(category.code, month) for category in pack.categories if category.is_hiv}
    titles = dict.fromkeys([*pack.list_groups(month), *(pack.group_of(c.code, month) for c in pack.categories)])
    return {title: Group(title, title, order, title in hidden) for order, title in enumerate(titles, start=1)}


def _census(lines: Iterable[ListedLine], groups: dict[str, Group]) -> tuple[GroupCount, ...]:
    counted: Counter[tuple[str, Decimal]] = Counter(
        (line.group_name, line.coefficient) for line in lines if line.kind == "regular"
    )
    return tuple(GroupCount(groups[title], coefficient, people) for (title, coefficient), people in counted.items())


def _hidden_coefficients(pack: Pack, month: Month) -> frozenset[Decimal]:
    return frozenset(
        coefficient
        for category in pack.categories
        if category.is_hiv
        for coefficient in pack.possible_coefficients(category.code, month)
    )


def _figures(lines: list[ListedLine]) -> Figures:
    by_kind: dict[str, int] = defaultdict(int)
    for line in lines:
        by_kind[line.kind] += line.amount_dong.value
    regular = [line for line in lines if line.kind == "regular"]
    return Figures(
        people=len(regular),
        coefficients=sum((line.coefficient for line in regular), Decimal(0)),
        regular_dong=Dong(by_kind["regular"]),
        arrears_dong=Dong(by_kind["arrears"]),
        recovery_dong=Dong(-by_kind["recovery"]),
    )


def _back(lines: list[ListedLine]) -> Back | None:
    if not lines:
        return None
    months = sorted({line.entitlement_month for line in lines})
    dong = abs(sum(line.amount_dong.value for line in lines))
    return Back(MonthSpan(months[0], months[-1] + 1), len(months), Dong(dong))
