"""What floors above tell the checks of a list: they know what became of earlier lists, the list does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ansinh.payroll.types import CheckedList, Found

Check = Callable[[CheckedList], Iterator[Found]]

_added: list[Check] = []


def add_check(check: Check) -> None:
    """Run this check too, with every list; an app adds its own once, when it is ready."""
    if check not in _added:
        _added.append(check)


def added_checks() -> tuple[Check, ...]:
    """The checks floors above have added."""
    return tuple(_added)
