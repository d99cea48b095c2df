"""What leaves for a log or a report tells no secret, no number of a person, no row of the database."""

from __future__ import annotations

import io
import logging

import pytest
from django.test import Client

from ansinh.platform.database import BadDatabaseUrl, address_in
from ansinh.platform.redaction import HIDDEN, SafeFormatter, redacted

KEY = "9f3a11c2d4e5f607" * 4
SESSION = "k3j9x0q7w2m5n8b1v4c6z0a9s8d7f6g5"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql://office:s3cret-p@ss@db.tinh.vn:5432/ansinh", "s3cret"),
        ("connection to host=db user=office password=s3cret failed", "s3cret"),
        ("{'username': 'an', 'password': 'dài và bí mật'}", "bí mật"),
        ('{"csrfmiddlewaretoken": "abc123"}', "abc123"),
        ("Cookie: sessionid=abc; csrftoken=def", "abc"),
        (f"session {SESSION} is no more", SESSION),
        (f"sealing key {KEY}", KEY),
        ("CCCD 004081000123 đã có", "004081000123"),
        ("CMND 095123456.", "095123456"),
        ("tài khoản 8701205012345 không có", "8701205012345"),
        ("gọi 0912 345 678 hoặc +84 912.345.678", "345"),
        ("DETAIL:  Failing row contains (1, Lý Ngọc An, 004081000123).", "Lý Ngọc An"),
        ('CONTEXT:  COPY registry_person, line 3, column full_name: "Lý Ngọc An"', "Lý Ngọc An"),
    ],
)
def test_what_may_not_be_told_is_hidden(text: str, secret: str) -> None:
    assert secret not in redacted(text)
    assert HIDDEN in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22 19:38:29,351 WARNING django.request: Not Found: /runs/987/",
        'File "ansinh/web/desks/board.py", line 118, in board',
        'psycopg.errors.UniqueViolation: duplicate key value violates unique constraint "one_count_a_kind"',
        "Tổng số tiền 405.000.000 đồng, hệ số 1,5, Nghị định 20/2021/NĐ-CP",
        "fault-20261122-123059-000123.txt",
        "test_a_person_elsewhere_looks_as_if_there_were_none",
    ],
)
def test_what_finds_the_fault_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_traceback_in_the_log_is_redacted_too(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int(f"password='mật khẩu' of 004081000123, key {KEY}")
    except ValueError:
        logging.getLogger("x").exception("fault of %s", SESSION)
    told = SafeFormatter("{levelname} {message}", style="{").format(caplog.records[0])
    assert "Traceback" in told
    assert not [secret for secret in ("004081000123", KEY, SESSION) if secret in told]
    assert "mật khẩu" not in told.rpartition("ValueError")[2]


def test_a_database_address_not_understood_is_refused_without_its_password() -> None:
    for url in ("postgresql://an:bí%mật@x/y", "postgresql://an:bimat@[x/y", "password='bimat host=x"):
        with pytest.raises(BadDatabaseUrl) as refused:
            address_in(url)
        assert "mật@" not in refused.value.message
        assert "bimat" not in refused.value.message
    assert "bimat" not in repr(address_in("postgresql://an:bimat@x/y"))


def test_a_name_the_site_was_not_told_of_is_one_line_in_the_log(client: Client) -> None:
    handlers = logging.getLogger().handlers
    console = next(one for one in handlers if isinstance(one.formatter, SafeFormatter))
    assert isinstance(console, logging.StreamHandler)
    written = io.StringIO()
    before = console.setStream(written)
    try:
        assert client.get("/sign-in/", headers={"host": "elsewhere.vn"}).status_code == 400
    finally:
        console.setStream(before)
    assert len(written.getvalue().splitlines()) == 1, written.getvalue()
    assert "elsewhere.vn" in written.getvalue()
