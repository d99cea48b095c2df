"""Database columns for the kernel's words: a month is a DATE on the first day, money is a BIGINT of whole đồng."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month


class MonthField(models.DateField):  # type: ignore[type-arg]  # read and written as Month, see below
    """A Month, kept as the DATE of its first day; the database refuses any other day."""

    # What the type checker reads: set, read and looked up as Month.
    _pyi_private_set_type: Month  # type: ignore[assignment]
    _pyi_private_get_type: Month  # type: ignore[assignment]
    _pyi_lookup_exact_type: Month  # type: ignore[assignment]

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        return f"EXTRACT(DAY FROM {connection.ops.quote_name(self.column or self.name)}) = 1"

    def from_db_value(self, value: date | None, *_: object) -> Month | None:
        return None if value is None else Month.containing(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Month):
            return value
        return Month.containing(value) if isinstance(value, date) else Month.parse(str(value))

    def get_prep_value(self, value: Any) -> Any:
        return value.first_day if isinstance(value, Month) else value

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return value.first_day if isinstance(value, Month) else value


class DongField(models.BigIntegerField):  # type: ignore[type-arg]  # read and written as Dong
    """An amount in whole đồng."""

    _pyi_private_set_type: Dong  # type: ignore[assignment]
    _pyi_private_get_type: Dong  # type: ignore[assignment]
    _pyi_lookup_exact_type: Dong  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: object) -> Dong | None:
        return None if value is None else Dong(value)

    def to_python(self, value: Any) -> Any:
        return value if value is None or isinstance(value, Dong) else Dong(int(value))

    def get_prep_value(self, value: Any) -> Any:
        return value.value if isinstance(value, Dong) else value
