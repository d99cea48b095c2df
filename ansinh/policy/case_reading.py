"""Law cases as files: people, facts and what is due, read strictly. CASES.md tells the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from ansinh.kernel.month import Month, NotAMonth
from ansinh.kernel.refusal import Refusal


class CaseFault(Refusal):
    """Tệp tình huống {file} có lỗi ở {place}: {cause}."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """A line a case expects: `person` None is anybody; money in whole đồng."""

    person: str | None
    category: str
    coefficient: Decimal
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class DueOnce:
    """A one-off sum a case expects."""

    kind: str
    multiplier: Decimal
    base: int
    amount: int


@dataclass(frozen=True, slots=True)
class LawCase:
    """One case: who the people are, what is due in the months checked; `one_off` None: not checked."""

    id: str
    law: str
    why: str
    people: Mapping[str, Mapping[str, Any]]
    due: Mapping[Month, tuple[DueLine, ...]]
    one_off: tuple[DueOnce, ...] | None


_CASE_KEYS = {"id", "law", "confidence", "why", "people", "due", "one_off"}


def load_cases(path: Path) -> tuple[LawCase, ...]:
    """The cases of a file; refuses (CaseFault) bad YAML, unknown keys and wrong values by file, case and key."""
    try:
        with path.open("rb") as stream:
            # The C loader is a safe loader; files of hundreds of cases are common.
            content = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except OSError as fault:
        raise CaseFault(file=path, place="-", cause=f"không mở được tệp ({fault.strerror})") from fault
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        cause = f"không đúng cú pháp YAML ({' '.join(str(fault).split())})"
        raise CaseFault(file=path, place="-", cause=cause) from fault
    if not isinstance(content, list):
        raise CaseFault(file=path, place="-", cause="tệp phải là một danh sách tình huống")
    cases = tuple(_case(item, Place(path, f"mục {index + 1}")) for index, item in enumerate(content))
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise CaseFault(file=path, place=case.id, cause="mã tình huống đứng hai lần")
        seen.add(case.id)
    return cases


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file we are, for faults."""

    file: Path
    at: str

    def fault(self, cause: str) -> CaseFault:
        return CaseFault(file=self.file, place=self.at, cause=cause)

    def under(self, key: str) -> Place:
        return Place(self.file, f"{self.at}.{key}")

    def mapping(self, value: Any, keys: set[str]) -> dict[str, Any]:
        """The value as a mapping with none but these keys."""
        if not isinstance(value, dict):
            raise self.fault("phải là một bảng")
        strange = [str(key) for key in value if key not in keys]
        if strange:
            raise self.fault(f"khóa không hiểu: {', '.join(strange)} (được dùng: {', '.join(sorted(keys))})")
        return value

    def needed(self, content: dict[str, Any], key: str) -> Any:
        if key not in content:
            raise self.fault(f'thiếu "{key}"')
        return content[key]

    def whole(self, value: Any) -> int:
        if type(value) is not int:
            raise self.fault(f"phải là số nguyên đồng, không phải {value!r}")
        return value

    def decimal(self, value: Any) -> Decimal:
        try:
            return Decimal(str(value))
        except InvalidOperation as fault:
            raise self.fault(f"phải là số, không phải {value!r}") from fault

    def day(self, value: Any) -> date:
        """A whole day "YYYY-MM-DD"."""
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as fault:
            raise self.fault(f"phải là ngày dạng NĂM-THÁNG-NGÀY, không phải {value!r}") from fault

    def chosen(self, value: Any, allowed: tuple[Any, ...]) -> Any:
        if not any(type(value) is type(item) and value == item for item in allowed):
            texts = ", ".join(str(item).lower() if isinstance(item, bool) else str(item) for item in allowed)
            raise self.fault(f"phải là một trong: {texts}, không phải {value!r}")
        return value

    def items(self, value: Any, read: Callable[[Any, Place], Any]) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self.fault("phải là danh sách")
        return tuple(read(item, self.under(str(index + 1))) for index, item in enumerate(value))


def _case(item: Any, place: Place) -> LawCase:
    if isinstance(item, dict) and "id" in item:
        place = Place(place.file, str(item["id"]))
    content = place.mapping(item, _CASE_KEYS)
    people = place.needed(content, "people")
    if not isinstance(people, dict) or not people:
        raise place.under("people").fault("phải là một bảng có ít nhất một người")
    due = content.get("due", {})
    if not isinstance(due, dict):
        raise place.under("due").fault("phải là một bảng theo tháng")
    once = content.get("one_off")
    return LawCase(
        id=str(place.needed(content, "id")),
        law=str(content.get("law", "")),
        why=str(content.get("why", "")),
        people={str(name): _facts(facts, place.under(f"people.{name}")) for name, facts in people.items()},
        due={_month(key, place): _lines(lines, place.under(f"due.{key}")) for key, lines in due.items()},
        one_off=None if once is None else place.under("one_off").items(once, _due_once),
    )


def _facts(facts: Any, place: Place) -> Mapping[str, Any]:
    if not isinstance(facts, dict):
        raise place.fault("phải là một bảng")
    return facts


def _month(key: Any, place: Place) -> Month:
    try:
        return Month.parse(str(key))
    except NotAMonth as fault:
        raise place.under("due").fault(fault.message) from fault


def _lines(lines: Any, place: Place) -> tuple[DueLine, ...]:
    return place.items(lines, _due_line)


def _due_line(item: Any, place: Place) -> DueLine:
    content = place.mapping(item, {"person", "category", "coefficient", "base", "amount"})
    person = content.get("person")
    return DueLine(
        person=None if person is None else str(person),
        category=str(place.needed(content, "category")),
        coefficient=place.under("coefficient").decimal(place.needed(content, "coefficient")),
        base=place.under("base").whole(place.needed(content, "base")),
        amount=place.under("amount").whole(place.needed(content, "amount")),
    )


def _due_once(item: Any, place: Place) -> DueOnce:
    content = place.mapping(item, {"kind", "multiplier", "base", "amount"})
    return DueOnce(
        kind=str(place.needed(content, "kind")),
        multiplier=place.under("multiplier").decimal(place.needed(content, "multiplier")),
        base=place.under("base").whole(place.needed(content, "base")),
        amount=place.under("amount").whole(place.needed(content, "amount")),
    )
