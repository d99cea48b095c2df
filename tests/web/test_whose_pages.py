"""Pages by role: a payer's staff see that payer's money only; finance no list; an administrator nobody and no money."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.access.queries import DEMONSTRATION_ADMINISTRATOR, DEMONSTRATION_INSPECTOR, get_demonstration_actor
from ansinh.access.types import EVERYWHERE, Role
from ansinh.payout.models import Batch, Order
from ansinh.reconcile.models import ResultsFile
from ansinh.registry.models import Person
from tests.seeding import Desk, appointed
from tests.web.conftest import signed_in
from tests.web.paying import money_at
from tests.web.reading import text_of

PEOPLE = ("/people/", "/people/changes/", "/registers/", "/runs/{run}/changes/", "/holds/", "/recoveries/")
MONEY = ("/runs/{run}/money/", "/budgets/064/2020/", "/transfers/064/2020-08/", "/levels/", "/uncollected/")
OWN = (
    "/batches/",
    "/batches/{batch}/",
    "/orders/",
    "/orders/{order}/",
    "/results/",
    "/results/{file}/",
    "/settlement/",
)


@pytest.fixture
def numbers(desk: Desk) -> dict[str, int]:
    run_id = money_at("REPORTED", desk)
    return {
        "run": run_id,
        "batch": Batch.objects.get().pk,
        "order": Order.objects.order_by("pk")[0].pk,
        "file": ResultsFile.objects.get().pk,
        "person": Person.objects.order_by("pk")[0].pk,
    }


def statuses(client: Client, pages: tuple[str, ...], numbers: dict[str, int]) -> dict[str, int]:
    return {page: client.get(page.format(**numbers)).status_code for page in pages}


def test_a_payer_sees_what_it_pays_and_no_register(payer: Client, numbers: dict[str, int]) -> None:
    assert set(statuses(payer, OWN, numbers).values()) == {200}
    assert set(statuses(payer, (*PEOPLE, *MONEY, "/people/{person}/"), numbers).values()) == {403}
    assert payer.get("/").headers["Location"] == "/batches/"
    assert "Tra cứu người" not in text_of(payer.get("/batches/"))


def test_another_payer_learns_nothing(desk: Desk, numbers: dict[str, int]) -> None:
    other = signed_in(appointed(Role.PAYER, EVERYWHERE, payer_code="ngan-hang"))
    for page, status in statuses(other, OWN, numbers).items():
        assert status == (404 if "{" in page else 200), page
        assert "Lý Ngọc An" not in text_of(other.get(page.format(**numbers))), page
    assert "Bưu điện" not in text_of(other.get("/batches/"))
    assert "Ngọc Phái" not in text_of(other.get("/settlement/064/2020-08/"))


def test_a_teller_sees_orders_alone(numbers: dict[str, int]) -> None:
    teller = signed_in(appointed(Role.TELLER, "02053", payer_code="buu-dien"))
    assert "Lý Ngọc An" in text_of(teller.get("/orders/"))
    closed = ("/results/", "/settlement/", "/people/", "/runs/{run}/")
    assert set(statuses(teller, closed, numbers).values()) == {403}


def test_finance_sees_sums_of_a_list_not_its_lines(finance: Client, numbers: dict[str, int]) -> None:
    assert finance.get("/runs/{run}/".format(**numbers)).headers["Location"] == "/runs/{run}/summary/".format(**numbers)
    assert finance.get("/runs/{run}/export.xlsx".format(**numbers)).status_code == 403
    assert set(statuses(finance, (*OWN, *MONEY), numbers).values()) == {200}
    assert "So với tháng trước" not in text_of(finance.get("/runs/{run}/summary/".format(**numbers)))


def test_an_inspector_sees_all_and_changes_nothing(numbers: dict[str, int]) -> None:
    inspector = signed_in(get_demonstration_actor(DEMONSTRATION_INSPECTOR))
    assert set(statuses(inspector, (*OWN, *MONEY, *PEOPLE, "/runs/{run}/"), numbers).values()) == {200}
    asked = inspector.post("/orders/{order}/cancel/".format(**numbers), {"reason": "thử"}, follow=True)
    assert "không được giao việc" in text_of(asked)


def test_an_administrator_sees_nobody_and_no_money(numbers: dict[str, int]) -> None:
    administrator = signed_in(get_demonstration_actor(DEMONSTRATION_ADMINISTRATOR))
    pages = (*OWN, *MONEY, *PEOPLE, "/people/{person}/", "/runs/{run}/")
    assert set(statuses(administrator, pages, numbers).values()) == {403}
    assert "Chợ Đồn" not in text_of(administrator.get("/"))


def test_an_officer_here_who_inspects_there_acts_here_alone(desk: Desk, numbers: dict[str, int]) -> None:
    appointed(Role.OFFICER, "02050", username="hai-viec")
    both = signed_in(appointed(Role.INSPECTOR, "02053", username="hai-viec"))
    order = Order.objects.get(person_id=Person.objects.get(full_name="Lý Ngọc An").pk)
    assert both.get(f"/orders/{order.pk}/").status_code == 200
    held = both.post(f"/orders/{order.pk}/hold/", {"kind": "other", "since_on": "2020-08-01"}, follow=True)
    assert f"Không có lệnh chi số {order.pk}" in text_of(held)
