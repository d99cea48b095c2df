"""What row-level security costs: months of a province, its pages, and a name among a million, with it and without.

    .venv/bin/python bench/row_level_security.py [ROWS] [PEOPLE]

Months of one register are played from opening to settlement, in turn with the web's role and sight around every step
and without; then pages are read by the same visitors, in turn with and without. Ratios are what to quote. It fails
where the month costs a tenth more, or where a search does not use its index.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from ansinh.access.types import Actor
    from ansinh.kernel.month import Month

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

_MOST = 1.10
# Bắc Kạn's register, of which Chợ Đồn's months are played; names are looked for in Lạng Sơn and in a commune of it.
_PROVINCE, _PLACE = "06", "064"
_SEARCHED, _COMMUNE = "20", "06001"
# With, without, without, with …: what grows or slows down does it to both.
_ORDER = (True, False, False, True, True, False, False, True)
_READS = 12


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        os.environ["ANSINH_HOME"] = str(Path(folder) / "home")
        from ansinh.ops.preparation import prepared_database

        prepared_database(print)
        from ansinh.platform.embedded.server import stop_server
        from ansinh.platform.home import current_home

        try:
            ratio = measured(Path(folder), rows, people)
        finally:
            stop_server(current_home())
    if ratio > _MOST:
        sys.exit(f"the month costs {ratio:.3f} of what it costs without, more than {_MOST}")


def measured(folder: Path, rows: int, people: int) -> float:
    """The table printed; the ratio of the months."""
    from ansinh.access.types import Role
    from ansinh.kernel.month import Month
    from ansinh.ops.acting import now
    from ansinh.registry.actions import import_register
    from bench.registers import write_register
    from tests.seeding import appointed

    roles = {"officer": Role.OFFICER, "approver": Role.APPROVER, "finance": Role.FINANCE}
    desk = {name: appointed(role, _PROVINCE, username=f"bench-{name}") for name, role in roles.items()}
    desk["payer"] = appointed(Role.PAYER, _PROVINCE, username="bench-payer", payer_code="buu-dien")
    month = Month.of(2020, 8)
    file = folder / "register.xlsx"
    write_register(file, rows=rows, province=_PROVINCE, month=month)
    import_register(content=file.read_bytes(), file_name=file.name, place_code=_PROVINCE, month=month,
                    by=desk["officer"], at=now())  # fmt: skip
    months: dict[bool, list[float]] = {True: [], False: []}
    run_ids: list[int] = []
    for secured in _ORDER:
        run_ids, seconds = played(desk, month, secured)
        months[secured].append(seconds)
        print(f"{month}  {'with' if secured else 'without':<8}{seconds:8.1f} s", flush=True)
        month = month + 1
    # The first month also finds what everybody is owed.
    ratio = statistics.median(months[True][1:]) / statistics.median(months[False])
    print(f"\n{rows} rows: month with / without {ratio:.3f}")
    read_pages(desk, run_ids)
    find_names(people)
    return ratio


def played(desk: dict[str, Actor], month: Month, secured: bool) -> tuple[list[int], float]:
    """One month of the province from opening to settlement; its runs and the seconds."""
    from ansinh.access.queries import sight_of
    from ansinh.ops.answer import Answer
    from ansinh.ops.month_pay import Payers, pay_month
    from ansinh.ops.month_play import play_run
    from ansinh.ops.month_runs import open_runs
    from ansinh.payroll.queries import get_run
    from ansinh.platform.row_security import seeing

    officer, approver, finance, payer = (desk[name] for name in ("officer", "approver", "finance", "payer"))
    begun = time.perf_counter()
    with seeing(sight_of(officer)) if secured else nullcontext():
        run_ids = [run_id for run_id, _ in open_runs(_PLACE, month, officer, Answer())]
        for run_id in run_ids:
            play_run(run_id, officer, approver)
        runs = [get_run(run_id, by=officer) for run_id in run_ids]
        pay_month(runs, _PLACE, month, people=Payers(officer, finance, payer), unpaid=0, seed=1)
    return run_ids, time.perf_counter() - begun


def read_pages(desk: dict[str, Actor], run_ids: list[int]) -> None:
    """Pages of the officer's, each read in turn with and without."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    officer = desk["officer"]
    browser = Client(headers={"host": "localhost"})
    browser.force_login(get_user_model().objects.get(pk=officer.user_id))
    person = "/people/1/"
    pages = ["/", f"/runs/{run_ids[0]}/", f"/runs/{run_ids[0]}/summary/", f"/runs/{run_ids[0]}/money/", "/orders/",
             "/batches/", person, "/settlement/"]  # fmt: skip
    print(f"\n{'page':<28}{'with (ms)':>12}{'without':>12}{'ratio':>8}")
    for page in pages:
        taken: dict[bool, list[float]] = {True: [], False: []}
        for number in range(2 * _READS):
            secured = number % 2 == 0
            with nullcontext() if secured else without():
                begun = time.perf_counter()
                answer = browser.get(page)
                taken[secured].append(time.perf_counter() - begun)
            if answer.status_code != 200:
                sys.exit(f"{page} answers {answer.status_code}")
        with_, bare = (1000 * statistics.median(taken[secured]) for secured in (True, False))
        print(f"{page:<28}{with_:>12.1f}{bare:>12.1f}{with_ / bare:>8.2f}")


@contextmanager
def without() -> Iterator[None]:
    """Pages read as the owner, as before there was a second net."""
    bare: Callable[[object], AbstractContextManager[None]] = lambda sight: nullcontext()  # noqa: E731
    with patch("ansinh.web.sight.seeing", bare):
        yield


def find_names(people: int) -> None:
    """A name among so many, for a province and for a commune: by which index, in how long."""
    from django.db import transaction

    from ansinh.places.queries import list_codes_reached
    from ansinh.platform.row_security import Sight, seeing
    from tests.registry.many_people import add_many_people, found, homes_unchecked, plan_of_search

    with transaction.atomic():
        homes_unchecked()
        begun = time.perf_counter()
        add_many_people(people)
        print(f"\n{people} people more in {time.perf_counter() - begun:.0f} s")
        for place in (_SEARCHED, _COMMUNE):
            codes, holders = list_codes_reached((place,))
            plan = plan_of_search("luc hong khanh", list(codes))
            index = next((name for name in ("person_name_parts", "residence_commune") if name in plan), "")
            wanted = {"person_name_parts", "residence_commune"} if place == _COMMUNE else {"person_name_parts"}
            if index not in wanted or "Seq Scan" in plan:
                sys.exit(f"the search in {place} uses no index of its own:\n{plan}")
            with seeing(Sight(1, places=codes, holders=holders)):
                begun = time.perf_counter()
                hits = found("luc hong khanh", list(codes))
                seconds = time.perf_counter() - begun
            print(f"search in {place}: {hits} found in {1000 * seconds:.1f} ms by {index}")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
