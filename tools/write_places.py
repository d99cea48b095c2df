"""Write the dated place tables of ansinh/places/data from the package vietnamadminunits and our corrections.

Run: uv run --group places python tools/write_places.py
The package holds two snapshots: 63 provinces with districts (to 30/6/2025) and 34 without (from 1/7/2025).
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ansinh.places.rules import TWO_TIERS_FROM, kind_of_code, split_full_name

DATA = Path(__file__).resolve().parent.parent / "ansinh" / "places" / "data"
# How far back the old snapshot may be believed; days are ISO text here, "" = not ended.
KNOWN_FROM, TWO_TIERS, OPEN = "2015-01-01", TWO_TIERS_FROM.isoformat(), ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of units.csv: what a code meant in [starts_on, ends_on)."""

    code: str
    kind: str
    type: str
    name: str
    parent_code: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True, slots=True)
class Succession:
    """One line of successors.csv: on that day the new unit took over all ("whole") or part ("split") of the old."""

    old_code: str
    new_code: str
    on: str
    part: str


def main() -> None:
    """Write units.csv and successors.csv, and say what they hold."""
    package = _package_folder()
    with sqlite3.connect(package / "dataset.db") as store:
        old, new = list(_old_units(store)), list(_new_units(store))
        pairs = _without_namesakes(store, *_conversion(store, package / "converter_2025.json"))
    units = sorted(_corrected([*old, *new]), key=lambda row: (len(row.code), row.code, row.starts_on))
    successions = _successions(units, pairs)
    _write(DATA / "units.csv", Row, units)
    _write(DATA / "successors.csv", Succession, sorted(successions, key=astuple))
    today = Counter(row.kind for row in units if row.ends_on == OPEN)
    print(f"{len(units)} units, {len(successions)} successions; now {dict(today)}")


def _package_folder() -> Path:
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("vietnamadminunits is missing: run with `uv run --group places`")
    return Path(spec.origin).parent / "data"


def _row(code: str, full_name: str, parent_code: str, starts_on: str, ends_on: str) -> Row:
    written_type, name = split_full_name(full_name)
    kind = kind_of_code(code)
    if kind is None or not written_type:
        raise SystemExit(f"not a place: {code} {full_name}")
    # "é Tòng" and "Đại áng" lost capitals in the source; only "Nông trường" has a small word.
    words = [word if word == "trường" else word[0].upper() + word[1:] for word in name.split()]
    return Row(code, kind, written_type, " ".join(words), parent_code, starts_on, ends_on)


def _old_units(store: sqlite3.Connection) -> Iterator[Row]:
    span = (KNOWN_FROM, TWO_TIERS)
    for code, name in store.execute("SELECT DISTINCT provinceCode, province FROM admin_units_legacy"):
        yield _row(code, name, "", *span)
    for code, name, parent in store.execute(
        "SELECT DISTINCT districtCode, district, provinceCode FROM admin_units_legacy"
    ):
        yield _row(code, name, parent, *span)
    # Five island districts have no communes: their line carries an empty ward.
    for code, name, parent in store.execute(
        "SELECT wardCode, ward, districtCode FROM admin_units_legacy WHERE ward IS NOT NULL"
    ):
        yield _row(code, name, parent, *span)


def _new_units(store: sqlite3.Connection) -> Iterator[Row]:
    span = (TWO_TIERS, OPEN)
    for code, name in store.execute("SELECT DISTINCT provinceCode, province FROM admin_units"):
        yield _row(code, name, "", *span)
    for code, name, parent in store.execute("SELECT wardCode, ward, provinceCode FROM admin_units"):
        yield _row(code, name, parent, *span)


def _conversion(store: sqlite3.Connection, path: Path) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Old commune (or island district) → new communes, and old province → new province, as the package has them."""
    old_communes, old_provinces, new_communes, new_provinces = {}, {}, {}, {}
    for p_key, d_key, w_key, province, district, ward in store.execute(
        "SELECT provinceKey, districtKey, wardKey, provinceCode, districtCode, wardCode FROM admin_units_legacy"
    ):
        old_communes[f"{p_key}_{d_key}_{w_key or ''}"] = ward or district
        old_provinces[p_key] = province
    for p_key, w_key, province, ward in store.execute(
        "SELECT provinceKey, wardKey, provinceCode, wardCode FROM admin_units"
    ):
        new_communes[p_key, w_key] = ward
        new_provinces[p_key] = province
    tables = json.loads(path.read_text(encoding="utf-8"))
    pairs: dict[str, set[str]] = defaultdict(set)
    for p_key, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for w_key, olds in wards.items():
            for old in olds:
                pairs[old_communes[old]].add(new_communes[p_key, w_key])
    for p_key, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            pairs[old_communes[old]].update(new_communes[p_key, part["newWardKey"]] for part in parts)
    provinces = {
        old_provinces[old]: new_provinces[new] for new, olds in tables["DICT_PROVINCE"].items() for old in olds
    }
    return pairs, provinces


def _without_namesakes(
    store: sqlite3.Connection, pairs: dict[str, set[str]], provinces: dict[str, str]
) -> list[tuple[str, str]]:
    """The pairs without those that only a namesake explains.

    The package matched names: of two communes of one name in one new province, each was "split" over the heirs of
    both. An heir with whole communes of the namesake's district and none of one's own district is the namesake's.
    """
    facts = {
        ward or district: (province, district, key)
        for province, district, ward, key in store.execute(
            "SELECT provinceCode, districtCode, wardCode, wardKey FROM admin_units_legacy"
        )
    }
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    namesakes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for old, heirs in pairs.items():
        province, district, key = facts[old]
        namesakes[provinces[province], key].append(old)
        if len(heirs) == 1:
            whole[next(iter(heirs))][district] += 1
    kept = []
    for old, heirs in pairs.items():
        province, district, key = facts[old]
        others = [other for other in namesakes[provinces[province], key] if other != old]
        for heir in heirs:
            theirs = [other for other in others if heir in pairs[other] and whole[heir][facts[other][1]]]
            if len(heirs) == 1 or whole[heir][district] or not theirs:
                kept.append((old, heir))
    return [*kept, *provinces.items()]


def _corrected(units: list[Row]) -> list[Row]:
    """The rows with each correction in place of what they said of its code and days; an empty name = was not there."""
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in units:
        by_code[row.code].append(row)
    for line in _lines(DATA / "corrections.csv"):
        code, starts_on, ends_on = line["code"], line["starts_on"], line["ends_on"]
        rest = [piece for row in by_code[code] for piece in _outside(row, starts_on, ends_on)]
        if line["full_name"]:
            rest.append(_row(code, line["full_name"], line["parent_code"], starts_on, ends_on))
        by_code[code] = rest
    return [row for rows in by_code.values() for row in rows]


def _outside(row: Row, starts_on: str, ends_on: str) -> Iterator[Row]:
    """What is left of a row when the days from starts_on to ends_on are cut out of it."""
    never = "9999"
    if row.starts_on < starts_on:
        yield replace(row, ends_on=min(row.ends_on or never, starts_on))
    if ends_on and (row.ends_on or never) > ends_on:
        yield replace(row, starts_on=max(row.starts_on, ends_on))


def _successions(units: list[Row], pairs: Iterable[tuple[str, str]]) -> list[Succession]:
    """Pairs of 1/7/2025, our own, and every code that went on under another name or parent the next day."""
    heirs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for old, new in pairs:
        heirs[old, TWO_TIERS].add(new)
    for line in _lines(DATA / "corrections_of_successors.csv"):
        known = heirs[line["old_code"], line["on"]]
        known.add(line["new_code"]) if line["op"] == "add" else known.remove(line["new_code"])
    begins = {(row.code, row.starts_on) for row in units}
    for row in units:
        if (row.code, row.ends_on) in begins and (row.code, row.ends_on) not in heirs:
            heirs[row.code, row.ends_on].add(row.code)
    return [
        Succession(old, new, on, "whole" if len(news) == 1 else "split")
        for (old, on), news in heirs.items()
        for new in news
    ]


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, shape: type[Row] | type[Succession], rows: Iterable[Row | Succession]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(shape))
        writer.writerows(astuple(row) for row in rows)


if __name__ == "__main__":
    main()
