"""Months in addresses: /settlement/064/2020-08/."""

from __future__ import annotations

from ansinh.kernel.month import Month


class MonthConverter:
    """A month as four digits, a dash and two; what is none of the calendar's is no address."""

    regex = r"(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        """The month an address names."""
        return Month.parse(value)

    def to_url(self, value: Month | str) -> str:
        """The month as addresses write it."""
        return str(value)
