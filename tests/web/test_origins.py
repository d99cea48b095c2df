"""From where a request comes: nobody is believed about their own address but the proxies we were told of."""

from __future__ import annotations

import pytest
from django.test import RequestFactory, override_settings

from ansinh.web.origins import address_of

_PROXIES = ["10.0.0.5", "10.1.0.0/16"]


@pytest.mark.parametrize(
    ("own", "forwarded", "proxies", "expected"),
    [
        ("203.0.113.9", "198.51.100.1", [], "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", _PROXIES, "203.0.113.9"),
        ("10.0.0.5", "", _PROXIES, "10.0.0.5"),
        ("10.0.0.5", "203.0.113.9", _PROXIES, "203.0.113.9"),
        ("10.0.0.5", "6.6.6.6, 203.0.113.9, 10.1.7.7", _PROXIES, "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9, <script>", _PROXIES, "10.0.0.5"),
        ("", "203.0.113.9", _PROXIES, ""),
    ],
)
def test_the_address_is_the_one_that_can_be_believed(
    own: str, forwarded: str, proxies: list[str], expected: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=own, headers={"X-Forwarded-For": forwarded} if forwarded else {})
    with override_settings(TRUSTED_PROXIES=proxies):
        assert address_of(request) == expected
