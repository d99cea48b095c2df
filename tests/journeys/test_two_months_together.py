"""Chợ Đồn, August and September 2020 paid in one payment: one order a person, proved; then October, plain again."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import EXAMPLES, CommandLine

PLACE = ("--place", "064")
# The register's own sum (cho-don-2020-08.expected.json); nobody changes age band in September.
A_MONTH = 662_715_000


@pytest.fixture(scope="module")
def paid(ansinh: CommandLine) -> CommandLine:
    """The register imported, both months played in one."""
    ansinh.json("register", "import", str(EXAMPLES / "cho-don-2020-08.xlsx"), *PLACE, "--month", "2020-08")
    told = ansinh.json("month", "play", "2020-08", "--also", "2020-09", "--unpaid", "5", *PLACE)
    assert (told["month"], told["also"]) == ("2020-08", "2020-09")
    assert told["by_kind"] == {"regular": 2 * A_MONTH, "arrears": 0, "recovery": 0}
    assert told["paid_dong"] + told["unpaid_dong"] == 2 * A_MONTH
    return ansinh


def test_two_months_in_one_payment_are_proved(paid: CommandLine) -> None:
    assert paid.json("verify")["differences"] == 0
    refused = paid.run("month", "issue", "2020-09", *PLACE)
    assert refused[0] != 0
    assert "chi chung với kỳ số" in refused[2]


def test_the_next_month_is_plain_and_step_by_step_a_list_may_be_joined_and_parted(paid: CommandLine) -> None:
    third = paid.json("month", "play", "2020-10", *PLACE)
    assert third["carried_dong"] > 0
    assert paid.json("verify")["differences"] == 0
    for step in (("open",), ("compute",), ("check",)):
        paid.json("month", *step, "2020-11", *PLACE)
    late = paid.run("month", "pay-together", "2020-11", "--with-month", "2020-10", "--reason", "Chi sớm", *PLACE)
    assert late[0] != 0
    assert "đã lập lệnh chi" in late[2]
    alone = paid.run("month", "pay-apart", "2020-11", "--reason", "Chi riêng", *PLACE)
    assert alone[0] != 0
    assert "không chi chung" in alone[2]
