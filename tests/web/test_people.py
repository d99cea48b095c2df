"""People: found without accents, shown with reasons, numbers masked, of everybody in the same form."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ansinh.access.roles import Role
from ansinh.platform.sealing import blind_index, seal
from ansinh.registry.models import Person, SealedNumber
from tests.seeding import AT, AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, appointed
from tests.web.conftest import signed_in
from tests.web.months import VEILED, run_in
from tests.web.reading import text_of

NUMBER = "006181002346"


@pytest.fixture
def thao(desk: Desk) -> Person:
    person = Person.objects.get(full_name="Ma Xuân Thảo")
    SealedNumber.objects.create(
        person=person,
        kind="cccd",
        sealed=seal(NUMBER, kind="cccd"),
        blind_index=blind_index(NUMBER, kind="cccd"),
        recorded_at=AT,
    )
    return person


@pytest.mark.parametrize("asked", ["ma xuan thao", "Thảo", NUMBER, "006 181 002 346"])
def test_somebody_is_found_by_name_or_whole_number(asked: str, officer: Client, thao: Person) -> None:
    assert "Ma Xuân Thảo" in text_of(officer.get("/people/", {"q": asked}))


def test_part_of_a_number_finds_nobody(officer: Client, thao: Person) -> None:
    assert "Ma Xuân Thảo" not in text_of(officer.get("/people/", {"q": NUMBER[:9]}))


def test_a_number_shows_its_last_digits_only(officer: Client, thao: Person) -> None:
    page = officer.get(f"/people/{thao.pk}/").content.decode()
    assert NUMBER[-4:] in page
    assert NUMBER[:8] not in page


def test_each_amount_tells_why_with_its_article(officer: Client, desk: Desk, thao: Person) -> None:
    run_in("COMPUTED", desk)
    response = officer.get(f"/people/{thao.pk}/")
    line = response.context["months"][0].lines[0]
    part = officer.get(f"/people/{thao.pk}/why/{line.id}/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Ma Xuân Thảo" in text_of(part)
    assert "Điều" in text_of(part)
    assert "Vì sao số tiền này?" in text_of(officer.get(f"/people/{thao.pk}/why/{line.id}/"))


def test_the_explanation_comes_on_paper_too(officer: Client, finance: Client, desk: Desk, thao: Person) -> None:
    run_in("APPROVED", desk)
    line = officer.get(f"/people/{thao.pk}/").context["months"][0].lines[0]
    part = officer.get(f"/people/{thao.pk}/why/{line.id}/").content.decode()
    path = f"/people/{thao.pk}/slip/{line.entitlement_month}.pdf"
    for address in (path, f"{path}?category=1"):
        assert f'href="{address}"' in part
        slip = officer.get(address)
        assert (slip.status_code, slip["Content-Type"]) == (200, "application/pdf")
        assert slip.content.startswith(b"%PDF")
    assert path not in finance.get(f"/people/{thao.pk}/why/{line.id}/").content.decode()
    assert "không được xem diện hưởng" in text_of(finance.get(path))


def test_the_explanation_is_there_for_machines(officer: Client, finance: Client, desk: Desk, thao: Person) -> None:
    run_in("APPROVED", desk)
    line = officer.get(f"/people/{thao.pk}/").context["months"][0].lines[0]
    address = f"/people/{thao.pk}/slip/{line.entitlement_month}.json"
    told = officer.get(address).json()
    assert (told["person"], told["month"]) == (thao.pk, str(line.entitlement_month))
    assert told["due_dong"] == told["listed_dong"] == line.amount_dong.value
    assert [one["article"] for one in told["lines"]] == [line.article]
    assert "Điều" in told["explained"][0]
    assert "không được xem diện hưởng" in text_of(finance.get(address))
    assert signed_in(appointed(Role.OFFICER, "01")).get(address).status_code == 404


def test_a_line_of_somebody_else_is_no_page(officer: Client, desk: Desk, thao: Person) -> None:
    run_in("COMPUTED", desk)
    line = officer.get(f"/people/{thao.pk}/").context["months"][0].lines[0]
    other = Person.objects.get(full_name="Lý Ngọc An")
    assert officer.get(f"/people/{other.pk}/why/{line.id}/").status_code == 404


def form_of(response: Any) -> list[str]:
    """A page's tags with their classes, without its words."""
    return re.findall(r"<(/?\w+(?: class=\"[^\"]*\")?)", response.content.decode())


@pytest.fixture
def pair(desk: Desk) -> tuple[Person, Person]:
    """Two people alike in all but their category, one of which may stand on no list."""
    alike = {"born": date(1950, 3, 2), "commune": PHUONG_VIEN}
    return tuple(  # type: ignore[return-value]  # two
        add_person(f"Nông Văn {name}", category=category, **alike)  # type: ignore[arg-type]  # as add_person takes them
        for name, category in (("Một", "adult_hiv_poor"), ("Hai", "disabled_severe"))
    )


def pages_of(client: Client, person: Person) -> tuple[Any, Any]:
    """The person's page and the explanation of their first line."""
    page = client.get(f"/people/{person.pk}/")
    return page, client.get(f"/people/{person.pk}/why/{page.context['months'][0].lines[0].id}/")


def test_a_page_has_the_same_form_for_everybody(officer: Client, desk: Desk, pair: tuple[Person, Person]) -> None:
    run_in("COMPUTED", desk)
    for one, other in zip(*(pages_of(officer, person) for person in pair), strict=True):
        assert form_of(one) == form_of(other)
        assert "che theo" not in text_of(one)
        assert "Đối tượng khác" not in text_of(one)
    assert "HIV" in text_of(pages_of(officer, pair[0])[0])


def test_who_does_not_decide_sees_nobodys_category(desk: Desk, pair: tuple[Person, Person]) -> None:
    run_in("COMPUTED", desk)
    finance = signed_in(desk.finance)
    for one, other in zip(*(pages_of(finance, person) for person in pair), strict=True):
        assert form_of(one) == form_of(other)
        assert "HIV" not in text_of(one)
        assert "khuyết tật" not in text_of(other)


def test_a_list_not_yet_approved_is_marked_as_such(officer: Client, desk: Desk) -> None:
    run_in("APPROVED", desk)
    run_in("COMPUTED", desk, month=AUGUST + 1)
    response = officer.get(f"/people/{Person.objects.get(full_name=VEILED).pk}/")
    assert [month.state for month in response.context["months"]] == ["COMPUTED", "APPROVED"]
    assert text_of(response).count("chưa được phê duyệt") == 1


def test_a_commune_that_has_ended_is_still_told_by_its_name(officer: Client, desk: Desk) -> None:
    add_person("Triệu Thị Cũ", born=date(1985, 3, 2), category="disabled_severe", commune=NGOC_PHAI)
    found = text_of(officer.get("/people/", {"q": "trieu thi cu"}))
    assert "Xã Ngọc Phái (cũ)" in found
    assert NGOC_PHAI not in found


def test_nobody_found_says_how_to_search(officer: Client) -> None:
    assert "Không tìm thấy ai khớp" in text_of(officer.get("/people/", {"q": "khong co ai ten nay"}))


def test_a_whole_number_is_shown_once_to_who_says_why(officer: Client, desk: Desk, thao: Person) -> None:
    page = officer.get(f"/people/{thao.pk}/")
    address = f"/people/{thao.pk}/numbers/{thao.numbers.get().pk}/reveal/"
    assert f'action="{address}"' in page.content.decode()
    shown = officer.post(address, {"reason": "Đối chiếu với căn cước khi ký nhận"})
    assert NUMBER in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    # No address gives it again, and without a reason there is none.
    assert officer.get(address).status_code == 405
    refused = officer.post(address, {"reason": ""}, follow=True, headers={"Referer": f"/people/{thao.pk}/"})
    assert NUMBER not in refused.content.decode()
    assert "Hãy ghi lý do" in text_of(refused)
    finance = signed_in(desk.finance)
    assert address not in finance.get(f"/people/{thao.pk}/").content.decode()
    assert NUMBER not in finance.post(address, {"reason": "Muốn biết cho vui"}, follow=True).content.decode()
    assert signed_in(appointed(Role.OFFICER, "01")).post(address, {"reason": "Xem thử"}, follow=True).status_code == 404


def test_a_person_can_be_told_who_looked_at_them(officer: Client, desk: Desk, thao: Person) -> None:
    officer.get(f"/people/{thao.pk}/")
    officer.post(f"/people/{thao.pk}/numbers/{thao.numbers.get().pk}/reveal/", {"reason": "Đối chiếu với căn cước"})
    page = officer.get(f"/people/{thao.pk}/who-looked/")
    told = text_of(page)
    assert desk.officer.name in told
    assert "Đối chiếu với căn cước" in told
    assert [row.seen.what for _, rows in page.context["sections"] for row in rows] == [
        "Mở hồ sơ", "Xem đầy đủ: số căn cước",
    ]  # fmt: skip
    assert NUMBER not in page.content.decode()
    paper = officer.get(f"/people/{thao.pk}/who-looked.pdf")
    assert paper.content.startswith(b"%PDF")
    # That somebody asked is told as well.
    assert "In bản kê này" in text_of(officer.get(f"/people/{thao.pk}/who-looked/"))
    assert signed_in(appointed(Role.OFFICER, "01")).get(f"/people/{thao.pk}/who-looked/").status_code == 404
