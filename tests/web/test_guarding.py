"""What is refused before any page reads it, and what every answer bears."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from django.urls import resolve

from ansinh.access.actions import DEMONSTRATION_PASSWORD
from ansinh.web import guarding
from ansinh.web.guarding import believe_proxy
from ansinh.web.uploads import LARGEST_AT, LARGEST_LEVELS, LevelsField, SheetField
from tests.seeding import Desk
from tests.web.months import run_in
from tests.web.reading import text_of

PROGRAM = b"MZ\x90\x00" + b"\x00" * 100
PAGE = b"<table><tr><td>1</td></tr></table>"


@pytest.mark.parametrize("address", ["/people/?q=%00", "/people/?%00=1", "/orders/by-code/AS1%00/"])
def test_a_nul_is_no_text(officer: Client, address: str) -> None:
    response = officer.get(address)
    assert response.status_code in (400, 404)
    assert "Traceback" not in response.content.decode()


def test_a_nul_in_a_form_is_refused_in_words(officer: Client) -> None:
    response = officer.post("/runs/1/steps/submit_run/", {"reason": "a\0b"})
    assert response.status_code == 400
    assert "Yêu cầu không đọc được" in text_of(response)


@pytest.mark.parametrize("number", ["9223372036854775808", "9" * 40])
def test_a_number_no_column_holds_is_no_page(officer: Client, number: str) -> None:
    for address in (f"/runs/{number}/", f"/people/{number}/", f"/orders/{number}/", f"/registers/{number}/"):
        assert officer.get(address).status_code == 404, address


@pytest.mark.parametrize("year", ["0", "1", "99999"])
def test_a_year_no_calendar_has_is_no_page(officer: Client, year: str) -> None:
    assert officer.get(f"/budgets/064/{year}/").status_code == 404


@pytest.mark.parametrize("month", ["0000-01", "0001-01", "1899-12", "2200-01", "9999-12"])
def test_a_month_no_calendar_has_is_no_page(officer: Client, month: str) -> None:
    for address in (f"/settlement/064/{month}/", f"/transfers/064/{month}/", f"/people/1/slip/{month}.pdf"):
        assert officer.get(address).status_code == 404, address
    assert officer.get("/places/", {"month": month, "q": "ngoc"}).status_code == 200
    assert officer.post("/runs/open/", {"place": "064", "month": month}).status_code == 422


def test_a_form_too_large_is_told_so_before_it_is_read(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    response = officer.post("/language/", {"language": "x" * (4 * 2**20)})
    assert response.status_code == 413
    assert "Gửi quá nhiều một lần" in text_of(response)
    monkeypatch.setattr(guarding, "LARGEST_REQUEST", 2**40)
    unsaid = officer.post("/language/", "language=" + "x" * (3 * 2**20), "application/x-www-form-urlencoded")
    assert unsaid.status_code == 413


def test_only_where_registers_and_results_come_in_may_much_come(officer: Client) -> None:
    assert {resolve(address).view_name for address in ("/registers/", "/results/", "/results/columns/")} == set(
        LARGEST_AT
    )
    big = SimpleUploadedFile("so.csv", b"a;b\n" * (2**20))
    assert officer.post("/registers/", {"file": big}).status_code == 422
    big.seek(0)
    assert officer.post("/simulation/", {"file": big}).status_code == 413


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("so.exe", b"x", "không phải bảng tính"),
        ("so.html", PAGE, "không phải bảng tính"),
        ("so", b"x", "không phải bảng tính"),
        ("so.xls", PAGE, "trang web lưu thành tệp"),
        ("so.xlsx", PROGRAM, "chương trình"),
        ("so.csv", b"%PDF-1.7", "tệp PDF"),
    ],
)
def test_a_file_is_what_its_bytes_are(officer: Client, name: str, content: bytes, said: str) -> None:
    file = SimpleUploadedFile(name, content)
    response = officer.post("/registers/", {"place": "02053", "month": "2020-08", "file": file})
    assert response.status_code in (409, 422)
    assert said in text_of(response)


def test_levels_are_a_little_text(desk: Desk) -> None:
    field = LevelsField()
    assert field.clean(SimpleUploadedFile("muc.yaml", b"title: x")).read() == b"title: x"
    for name, content in (
        ("muc.yaml", b"\xff\xfe"),
        ("muc.yaml", b"a\0b"),
        ("muc.txt", b"x"),
        ("muc.yaml", b"x" * (LARGEST_LEVELS + 1)),
    ):
        with pytest.raises(Exception, match="tệp mức"):
            field.clean(SimpleUploadedFile(name, content))


def test_an_upload_is_known_by_a_harmless_name() -> None:
    file = SheetField().clean(SimpleUploadedFile("sổ\u202e tháng 8.xlsx", b"x"))
    assert file.name == "sổ tháng 8.xlsx"


@pytest.mark.parametrize("address", ["/", "/people/", "/khong-co/", "/static/web/office.css", "/sign-in/"])
def test_every_answer_is_closed_to_other_sites(officer: Client, address: str) -> None:
    response = officer.get(address)
    response.close()  # a static file is an open file
    headers = response.headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_signing_out_leaves_nothing_in_a_shared_computer(officer: Client) -> None:
    assert "Clear-Site-Data" not in officer.get("/").headers
    response = officer.post("/sign-out/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert response.cookies["sessionid"]["max-age"] == 0


def test_a_host_that_is_not_ours_gets_no_page(officer: Client) -> None:
    response = officer.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "https:evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://testserver@evil.example/",
    ],
)
def test_no_address_of_another_site_is_gone_to(desk: Desk, officer: Client, to: str) -> None:
    run_id = run_in("OPEN", desk)
    assert officer.post("/language/", {"language": "vi", "next": to}).headers["Location"] in ("/", "/language/")
    before = officer.post(f"/runs/{run_id}/steps/submit_run/", headers={"Referer": to}).headers["Location"]
    assert before == "/"


@pytest.mark.parametrize("to", ["web:board", "testserver", "Ã:x", "áBàx", "?a=1", ""])
def test_what_is_no_address_at_all_leads_to_the_board(desk: Desk, officer: Client, to: str) -> None:
    run_id = run_in("OPEN", desk)
    assert officer.get("/sign-in/", {"next": to}).headers["Location"] == "/"
    assert officer.post(f"/runs/{run_id}/steps/submit_run/", headers={"Referer": to}).headers["Location"] == "/"


SAID = {"X-Forwarded-For": "1.2.3.4, 10.1.1.1", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxies", "scheme", "address"), [([], "http", "127.0.0.1"), (["127.0.0.1"], "https", "10.1.1.1")]
)
def test_only_a_proxy_that_was_named_tells_whom_it_brings(
    rf: RequestFactory, proxies: list[str], scheme: str, address: str
) -> None:
    request = rf.get("/", headers=SAID)
    with override_settings(TRUSTED_PROXIES=proxies):
        believe_proxy(request)
    assert (request.scheme, request.META["REMOTE_ADDR"]) == (scheme, address)


def test_behind_tls_plain_http_is_sent_on_and_never_in_circles(desk: Desk) -> None:
    with override_settings(TRUSTED_PROXIES=["127.0.0.1"], SECURE_SSL_REDIRECT=True):
        plain = Client()  # middleware reads its settings once
        assert plain.get("/sign-in/").headers["Location"] == "https://testserver/sign-in/"
        assert plain.get("/sign-in/", headers=SAID).status_code == 200


def test_the_demonstration_opens_nothing_through_a_proxy_nobody_named(desk: Desk, client: Client) -> None:
    said = text_of(client.get("/sign-in/", headers={"X-Forwarded-For": "10.1.1.1"}))
    assert DEMONSTRATION_PASSWORD not in said
