"""Invented people in the register: decided by the law, listed, and the same however many processes invent them."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from ansinh.access.queries import get_demonstration_actors
from ansinh.access.types import SYSTEM
from ansinh.kernel.month import Month
from ansinh.payroll.actions import check_run, compute_run, open_run
from ansinh.payroll.queries import get_run, list_findings, summarise_runs
from ansinh.platform.cancelling import Cancelled, cancellable
from ansinh.registry.actions import RegisterNotEmpty
from ansinh.synth.actions import BeforeTodaysCommunes, NotAProvince, invent_people
from ansinh.synth.types import PeopleInvented
from tests.seeding import AT

pytestmark = pytest.mark.usefixtures("first_load")

OCTOBER = Month.of(2026, 10)
NOW = AT.replace(year=2026, month=9)


def _invent(people: int, *, workers: int = 1, province_code: str | None = "04", seed: int = 3) -> PeopleInvented:
    return invent_people(
        people=people, month=OCTOBER, seed=seed, province_code=province_code, workers=workers, by=SYSTEM, at=NOW
    )


def _asked(statement: str, *values: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return str(cursor.fetchone()[0])


# What identifies the people made, but for the seals, which look different each time.
_DIGEST = """SELECT md5(string_agg(whole, ',')) FROM (
    SELECT p::text || n.blind_index::text || g::text || h.commune_code || h.hamlet || h.starts AS whole
    FROM registry_person AS p
    LEFT JOIN (SELECT person_id, array_agg(blind_index ORDER BY id) AS blind_index FROM registry_sealednumber
        GROUP BY 1) AS n ON p.id = n.person_id
    INNER JOIN registry_grant AS g ON p.id = g.person_id INNER JOIN registry_residence AS h ON p.id = h.person_id
    ORDER BY g.id, h.starts) AS made"""


# Who lives in a commune and has had nothing happen to them that ends or interrupts an allowance.
_LIVING = """SELECT count(*) FROM registry_residence AS home WHERE commune_code = %s AND ends IS NULL
    AND NOT EXISTS (SELECT FROM registry_change AS told WHERE told.person_id = home.person_id
        AND kind IN ('death', 'stop_grant', 'suspend_grant', 'move_resident'))"""


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_register_whoever_works_it_out() -> None:
    digests = []
    for workers in (1, 2):
        with transaction.atomic():
            made = _invent(12_000, workers=workers)
            assert (made.people, made.communes) == (12_000, 56)
            digests.append(_asked(_DIGEST))
            transaction.set_rollback(True)
    assert digests[0] == digests[1]


@pytest.mark.django_db
def test_a_commune_of_invented_people_is_listed_without_a_blocking_finding() -> None:
    _invent(3_000)
    one, _ = get_demonstration_actors()
    commune = _asked("SELECT commune_code FROM registry_residence GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    opened = open_run(place_code=commune, month=OCTOBER, by=one, at=NOW)
    compute_run(run_id=opened.run_id, by=one, at=NOW)
    check_run(run_id=opened.run_id, by=one, at=NOW)
    run = get_run(opened.run_id, by=one)
    assert list_findings(run, severity="blocking") == []
    assert [kind for kind, dong in summarise_runs([run])["by_kind"].items() if dong] == ["regular"]
    living = int(_asked(_LIVING, commune))
    assert opened.people >= living * 0.97


@pytest.mark.django_db
def test_the_whole_country_gets_its_people_by_province() -> None:
    made = _invent(4_000, province_code=None)
    assert made.people == 4_000
    hanoi = int(
        _asked("""SELECT count(*) FROM registry_residence AS home INNER JOIN places_unit AS unit
        ON home.commune_code = unit.code AND unit.validity @> date '2026-10-01' WHERE unit.path LIKE '01/%'""")
    )
    assert 290 < hanoi < 330


@pytest.mark.django_db
def test_nobody_is_invented_into_a_register_that_knows_somebody() -> None:
    _invent(50)
    with pytest.raises(RegisterNotEmpty):
        _invent(50)


@pytest.mark.django_db
def test_cancelled_half_way_nobody_is_there() -> None:
    asked = iter([False, True])
    with pytest.raises(Cancelled):
        invent_people(
            people=12_000, month=OCTOBER, seed=3, province_code="04", by=SYSTEM, at=NOW,
            progress=cancellable(lambda: next(asked)),
        )  # fmt: skip
    assert _asked("SELECT count(*) FROM registry_person") == "0"


@pytest.mark.django_db
def test_refuses_a_month_without_todays_communes_and_a_place_that_is_no_province() -> None:
    with pytest.raises(BeforeTodaysCommunes, match="08/2025"):
        invent_people(people=10, month=Month.of(2025, 7), seed=1, by=SYSTEM, at=NOW)
    with pytest.raises(NotAProvince):
        _invent(10, province_code="01726")
