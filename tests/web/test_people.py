"""People: found without accents, shown with reasons, numbers masked, a veiled category veiled."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.platform.sealing import blind_index, seal
from ansinh.registry.models import Person, SealedNumber
from tests.seeding import AT, Desk
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
    line = response.context["months"][0][1][0]
    part = officer.get(f"/people/{thao.pk}/why/{line.id}/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Ma Xuân Thảo" in text_of(part)
    assert "Điều" in text_of(part)
    assert "Vì sao số tiền này?" in text_of(officer.get(f"/people/{thao.pk}/why/{line.id}/"))


def test_a_line_of_somebody_else_is_no_page(officer: Client, desk: Desk, thao: Person) -> None:
    run_in("COMPUTED", desk)
    line = officer.get(f"/people/{thao.pk}/").context["months"][0][1][0]
    other = Person.objects.get(full_name="Lý Ngọc An")
    assert officer.get(f"/people/{other.pk}/why/{line.id}/").status_code == 404


def test_a_veiled_category_stays_veiled_on_every_page_of_its_person(officer: Client, desk: Desk) -> None:
    run_in("COMPUTED", desk)
    person = Person.objects.get(full_name=VEILED)
    page = officer.get(f"/people/{person.pk}/")
    line = page.context["months"][0][1][0]
    why = officer.get(f"/people/{person.pk}/why/{line.id}/")
    for response in (page, why):
        assert "hiv" not in response.content.decode().lower()
        assert "che theo quy định bảo mật" in text_of(response)
    assert "Đối tượng khác" in text_of(page)


def test_nobody_found_says_how_to_search(officer: Client) -> None:
    assert "Không tìm thấy ai khớp" in text_of(officer.get("/people/", {"q": "khong co ai ten nay"}))
