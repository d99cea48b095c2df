"""The people of one commune: the same from the same seed, and such as could be."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from ansinh.kernel.birth import BirthDate
from ansinh.kernel.citizen import read_identity
from ansinh.kernel.month import Month
from ansinh.kernel.names import folded
from ansinh.platform.sealing import unseal
from ansinh.policy import load_pack
from ansinh.registry.ports import COLUMNS, PeopleBlock
from ansinh.registry.rules import CHANGE_NAMES, FACT_KINDS
from ansinh.synth.households import KINDS
from ansinh.synth.people import invent_commune
from ansinh.synth.profile import load_profile
from ansinh.synth.types import CommuneShare, Setting

_SETTING = Setting(seed=5, month=Month.of(2026, 10), at=datetime(2026, 9, 22, tzinfo=UTC), people=4_000)
_SHARE = CommuneShare("01726", "04", False, 3_000, 101, 40, ("01732", "01735"), ("00004",))


def _rows(block: PeopleBlock, table: str) -> list[dict[str, str]]:
    text = block.texts()[table].decode()
    return list(csv.DictReader(io.StringIO(text), COLUMNS[table], delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def block() -> PeopleBlock:
    return invent_commune(_SHARE, _SETTING)


def test_the_same_seed_gives_the_same_people_and_another_others(block: PeopleBlock) -> None:
    again, other = invent_commune(_SHARE, _SETTING), invent_commune(_SHARE, Setting(6, *_fields()))
    texts, repeated = block.texts(), again.texts()
    assert texts.keys() == repeated.keys()
    # A sealed number looks different each time; its index is what tells that it is the same.
    assert [name for name in texts if texts[name] != repeated[name]] == ["registry_sealednumber"]
    assert _indexes(block) == _indexes(again)
    assert other.texts()["registry_person"] != texts["registry_person"]


def _fields() -> tuple[Month, datetime, int]:
    return _SETTING.month, _SETTING.at, _SETTING.people


def _indexes(block: PeopleBlock) -> list[tuple[str, str]]:
    return [(row["person_id"], row["blind_index"]) for row in _rows(block, "registry_sealednumber")]


def test_ids_follow_one_another_and_rows_point_to_each_other(block: PeopleBlock) -> None:
    people = [int(row["id"]) for row in _rows(block, "registry_person")]
    assert people == list(range(101, 3_101))
    grants = _rows(block, "registry_grant")
    assert len({row["id"] for row in grants}) == len(grants)
    assert {int(row["person_id"]) for row in grants} == set(people)
    first = {row["person_id"] for row in grants if row["id"] == row["person_id"]}
    assert len(first) == len(people)
    households = {row["id"] for row in _rows(block, "registry_household")}
    told = {row["household_id"] for row in _rows(block, "registry_person")} - {r"\N"}
    assert told == households


def test_carers_are_linked_to_whom_they_care_for_by_a_later_decision(block: PeopleBlock) -> None:
    decided: dict[str, str] = {}
    carers = 0
    for row in _rows(block, "registry_grant"):
        if row["category"].startswith("carer_"):
            carers += 1
            assert row["decided_on"] >= decided[row["cared_for_id"]]
        else:
            decided.setdefault(row["person_id"], row["decided_on"])
            assert row["cared_for_id"] == r"\N"
    assert carers > 200


def test_numbers_agree_with_their_people_and_nobody_shares_one(block: PeopleBlock) -> None:
    people = {row["id"]: row for row in _rows(block, "registry_person")}
    numbers = _rows(block, "registry_sealednumber")
    seen = Counter((row["kind"], row["blind_index"]) for row in numbers if row["kind"] in ("cccd", "cmnd"))
    assert max(seen.values()) == 1
    for row in numbers[:300]:
        plain = unseal(bytes.fromhex(row["sealed"].removeprefix(r"\\x")), kind=row["kind"]).decode()
        if row["kind"] in ("cccd", "cmnd"):
            person = people[row["person_id"]]
            born = int(person["born_on"][:4])
            found = read_identity(plain, born_year=born, sex="female" if person["sex"] == "female" else "male")
            assert (found.kind, found.doubts) == (row["kind"], ())


def test_decisions_are_of_categories_of_the_law_and_of_people_old_enough(block: PeopleBlock) -> None:
    known = {category.code for category in load_pack().categories}
    born = {row["id"]: date.fromisoformat(row["born_on"]) for row in _rows(block, "registry_person")}
    youngest = {
        "social_pension": 75,
        "elderly_80_no_pension": 80,
        "elderly_poor_no_carer": 60,
        "youth_16_plus_study": 16,
    }
    for row in _rows(block, "registry_grant"):
        assert row["category"] in known
        signed = date.fromisoformat(row["decided_on"])
        age = BirthDate(born[row["person_id"]]).age_on(signed)
        assert age >= youngest.get(row["category"], 0), row
        assert signed < _SETTING.month.first_day


def test_changes_are_such_as_the_register_folds_and_happened_before_the_month(block: PeopleBlock) -> None:
    rows = _rows(block, "registry_change")
    kinds = Counter(row["kind"] for row in rows)
    assert set(kinds) <= set(CHANGE_NAMES) | set(FACT_KINDS)
    assert {"death", "move_resident", "stop_grant", "adjust_grant", "record_grant", "children"} <= set(kinds)
    for row in rows:
        assert row["effective_on"] < str(_SETTING.month.first_day)
        assert row["recorded_at"] <= str(_SETTING.at)


def test_a_home_ends_where_the_next_begins(block: PeopleBlock) -> None:
    homes: dict[str, list[dict[str, str]]] = {}
    for row in _rows(block, "registry_residence"):
        homes.setdefault(row["person_id"], []).append(row)
    assert len(homes) == 3_000
    moved = [found for found in homes.values() if len(found) == 2]
    assert moved
    assert all(before["ends"] == after["starts"] and after["ends"] == r"\N" for before, after in moved)


def test_a_share_too_small_for_a_household_is_filled_all_the_same() -> None:
    for people in range(1, 8):
        share = CommuneShare("01726", "04", False, people, 1, 0, ("01732",), ("00004",))
        assert invent_commune(share, _SETTING).people == people


def test_the_profile_names_every_province_and_only_peoples_and_households_there_are() -> None:
    profile = load_profile()
    assert len(profile.provinces) == 34
    assert set(profile.households.things) == set(KINDS)
    assert {name for province in profile.provinces.values() for name in province.peoples.things} <= set(profile.peoples)
    names = {folded(given) for people in profile.peoples.values() for given in people.given["female"].givens}
    assert "yen" in names
