"""`ansinh user …`: the first administrator, an officer, a deputy for a holiday, a borrowed approver, a retirement."""

from __future__ import annotations

import json
from typing import Any

from ansinh.platform.home import Home
from tests.ops.homes import fresh_home
from tests.ops.test_command_line import ansinh


def told(home: Home, *words: str) -> dict[str, Any]:
    out, said = ansinh(home, "user", *words, "--json").communicate()
    assert out, said
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_year_of_appointments() -> None:
    with fresh_home() as home:
        people = (("quan-tri", "administrator", ""), ("lan", "officer", "02020"), ("tinh", "province_approver", "19"))
        for username, role, place in people:
            told(home, "add", username, "--name", f"Bà {username}", "--role", role, "--place", place)
        by = ("--as", "quan-tri")
        asked = told(home, "appoint", "lan", "--role", "finance", "--place", "02020", *by)
        assert (asked["role"], asked["place"], asked["ends_on"]) == ("finance", "02020", None)
        own = told(home, "appoint", "quan-tri", "--role", "inspector", "--place", "02020", *by)
        assert own["refused"] == "nobody_appoints_themselves"
        borrowed = told(home, "borrow", "tinh", "--place", "02020", "--paper", "15/QĐ", "--reason", "xã một người", *by)
        assert borrowed["role"] == "approver"
        officer = next(one for one in told(home, "show", "lan", *by)["appointments"] if one["role"] == "officer")
        number = str(officer["appointment_id"])
        days = ("--from", "2030-01-02", "--until", "12/01/2030", "--reason", "nghỉ phép")
        deputy = told(home, "deputy", "tinh", "--for", number, *days, *by)
        assert (deputy["starts_on"], deputy["ends_on"]) == ("2030-01-02", "2030-01-12")
        assert told(home, "end-appointment", number, "--reason", "chuyển việc", *by)["deputies_ended"] == 1
        assert told(home, "retire", "lan", "--reason", "nghỉ hưu", *by)["appointments_ended"] == 1
        assert told(home, "retire", "quan-tri", "--reason", "nghỉ")["refused"] == "last_administrator"
        left = {one["username"] for one in told(home, "list", *by)["users"]}
        assert left > {"quan-tri", "tinh"}
        assert "lan" not in left
        assert "lan" in [one["username"] for one in told(home, "list", "--all", *by)["users"]]
        assert told(home, "list", "--as", "tinh")["refused"] == "not_permitted"
