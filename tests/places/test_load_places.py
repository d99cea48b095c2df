"""Loading the place tables: complete, repeatable, and refusing what does not hold together."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import DateRange

from ansinh.places import actions
from ansinh.places.actions import PlaceTableBroken, load_places
from ansinh.places.models import StagedSuccessor, StagedUnit, Successor, Unit
from ansinh.places.queries import find_last_place, get_place, list_meanings, path_of
from ansinh.places.types import PlacesLoaded
from ansinh.platform.models import AuditEntry
from tests.places.conftest import AT, Loader

pytestmark = pytest.mark.django_db


@pytest.fixture
def copied(loaded: PlacesLoaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], None]:
    """The tables in a folder of the test's own; call it to put other text in a table's line."""
    for name in ("units.csv", "successors.csv"):
        (tmp_path / name).write_bytes((actions.TABLES / name).read_bytes())
    monkeypatch.setattr(actions, "TABLES", tmp_path)

    def edit(name: str, line: str, other: str) -> None:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.count(line) == 1
        (tmp_path / name).write_text(text.replace(line, other), encoding="utf-8")

    return edit


def test_the_first_load_brings_every_line(loaded: PlacesLoaded) -> None:
    with (actions.TABLES / "units.csv").open(encoding="utf-8") as units:
        assert loaded.units == sum(1 for _ in csv.DictReader(units))
    with (actions.TABLES / "successors.csv").open(encoding="utf-8") as successors:
        assert loaded.successors == sum(1 for _ in csv.DictReader(successors))
    assert loaded.added == loaded.units + loaded.successors
    assert not StagedUnit.objects.exists()
    assert not StagedSuccessor.objects.exists()


def test_a_second_load_changes_nothing(loaded: PlacesLoaded) -> None:
    again = load_places(by=Loader(), at=AT)
    assert again.unchanged
    assert (again.units, again.successors) == (loaded.units, loaded.successors)
    entry = AuditEntry.objects.get(action="places.load_places")
    assert (entry.actor_name, entry.facts["units"]) == ("Hệ thống", loaded.units)


def test_a_corrected_line_is_taken_over_and_a_missing_one_taken_back(copied: Callable[[str, str, str], None]) -> None:
    copied("units.csv", "Xã,Ngọc Phái,064", "Thị trấn,Ngọc Phái,064")
    copied("successors.csv", "02053,02020,2025-07-01,whole\n", "")
    Unit.objects.create(
        code="99999", kind="commune", level=3, type="Xã", name="Thừa", full_name="Xã Thừa", folded_name="thua",
        parent_code="19", path="19/99999", validity=DateRange(AT.date(), None),
    )  # fmt: skip
    again = load_places(by=Loader(), at=AT)
    assert (again.added, again.changed, again.removed) == (0, 1, 2)
    assert Unit.objects.get(code="02053").full_name == "Thị trấn Ngọc Phái"
    assert not Successor.objects.filter(old__code="02053").exists()


def test_a_border_moves_between_two_names_of_a_code(copied: Callable[[str, str, str], None]) -> None:
    copied("units.csv", "20131,commune,Xã,Lộc Sơn,482,2015-01-01,2025-01-01",
           "20131,commune,Xã,Lộc Sơn,482,2015-01-01,2025-02-01")  # fmt: skip
    copied("units.csv", "20131,commune,Thị trấn,Lộc Sơn,482,2025-01-01,2025-07-01",
           "20131,commune,Thị trấn,Lộc Sơn,482,2025-02-01,2025-07-01")  # fmt: skip
    copied("successors.csv", "20131,20131,2025-01-01,whole", "20131,20131,2025-02-01,whole")
    load_places(by=Loader(), at=AT)
    assert Unit.objects.get(code="20131", validity__contains=date(2025, 1, 15)).type == "Xã"


def test_a_unit_without_a_parent_is_refused(copied: Callable[[str, str, str], None]) -> None:
    copied("units.csv", "02053,commune,Xã,Ngọc Phái,064", "02053,commune,Xã,Ngọc Phái,999")
    with pytest.raises(PlaceTableBroken) as refused:
        load_places(by=Loader(), at=AT)
    assert refused.value.code == "place_table_broken"
    assert "02053" in refused.value.message


def test_a_succession_of_nothing_is_refused(copied: Callable[[str, str, str], None]) -> None:
    copied("successors.csv", "02053,02020,2025-07-01,whole", "02053,02021,2025-07-01,whole")
    with pytest.raises(PlaceTableBroken, match="02021"):
        load_places(by=Loader(), at=AT)


def test_what_a_code_means_is_asked_once_and_anew_after_a_load(
    copied: Callable[[str, str, str], None], django_assert_num_queries: Callable[[int], Any]
) -> None:
    day = date(2020, 1, 1)
    before = get_place("02053", day)
    with django_assert_num_queries(0):
        assert get_place("02053", day) == before
        assert path_of("02053", day)[0] == "02053"
    copied("units.csv", "Xã,Ngọc Phái,064", "Thị trấn,Ngọc Phái,064")
    load_places(by=Loader(), at=AT)
    assert (before.type, get_place("02053", day).type) == ("Xã", "Thị trấn")


def test_a_code_nobody_had_is_not_remembered(loaded: PlacesLoaded) -> None:
    assert find_last_place("98765", AT.date()) is None
    assert list_meanings("98765") == ()
    Unit.objects.create(
        code="98765", kind="commune", level=3, type="Xã", name="Mới", full_name="Xã Mới", folded_name="moi",
        parent_code="064", path="06/064/98765", validity=DateRange(AT.date().replace(year=2020), None),
    )  # fmt: skip
    assert [place.name for place in list_meanings("98765")] == ["Mới"]


def test_one_code_never_means_two_units_on_a_day(loaded: PlacesLoaded) -> None:
    with transaction.atomic():
        Unit.objects.create(
            code="02053", kind="commune", level=3, type="Xã", name="Khác", full_name="Xã Khác", folded_name="khac",
            parent_code="064", path="06/064/02053", validity=DateRange(AT.date().replace(year=2020), None),
        )  # fmt: skip
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="unit_one_truth_a_day"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
