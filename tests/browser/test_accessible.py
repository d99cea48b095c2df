"""Every page: no fault of WCAG 2.2 A and AA that axe can see, and nothing wider than its screen."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # ships no types
from playwright.sync_api import Page, expect

from ansinh.access.queries import DEMONSTRATION_APPROVER, DEMONSTRATION_OFFICER
from ansinh.kernel.money import Dong
from ansinh.payroll.actions import add_payee, create_occasion, open_occasion, propose_level_pack
from ansinh.payroll.types import Criteria
from ansinh.registry.models import Person
from tests.browser.test_month import sign_in
from tests.seeding import AT, AUGUST, CHO_DON, Desk
from tests.web.months import run_in

pytestmark = pytest.mark.browser

_RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


# Ways on that reach beyond the screen and can only be found by pushing a bar aside.
_CUT = """[...document.querySelectorAll(".nav a, .tabs a, .button")]
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.textContent.trim())"""
# How far the ring of what has the focus stands out: 0 where there is none.
_RING = """() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth); }"""


def faults_of(page: Page, address: str) -> list[str]:
    """What is wrong with the page at an address."""
    page.goto(address)
    return faults_now(page, address)


def faults_now(page: Page, address: str) -> list[str]:
    """What is wrong with a page as it stands."""
    found = Axe().run(page, options=_RULES).response["violations"]
    faults = [f"{address} {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    faults += [f"{address} cuts {text}" for text in page.evaluate(_CUT)]
    return [*faults, f"{address} is {wide} px too wide"] if wide > 0 else faults


def test_the_door(page: Page) -> None:
    assert faults_of(page, "/sign-in/") == []
    assert faults_of(page, "/khong-co/") == []


def test_pages_of_a_preparer(page: Page, desk: Desk) -> None:
    sign_in(page, DEMONSTRATION_OFFICER)
    assert faults_of(page, "/") == []
    done = run_in("APPROVED", desk)
    run = run_in("CHECKED", desk, month=AUGUST + 1)
    person = Person.objects.get(full_name="Ma Xuân Thảo").pk
    tabs = [f"/runs/{run}/{tab}" for tab in ("", "changes/", "findings/", "summary/", "papers/", "history/")]
    others = ["/", "/runs/open/?q=cho%20don&month=2020-08", "/people/?q=ma", f"/people/{person}/",
              f"/people/{person}/who-looked/", "/registers/", "/runs/whole-place/?q=06&month=2020-08",
              "/registers/proposals/", "/simulation/", f"/runs/{done}/papers/"]  # fmt: skip
    assert [fault for address in (*tabs, *others) for fault in faults_of(page, address)] == []


def test_pages_of_levels(page: Page, desk: Desk) -> None:
    level = {"regime": "tcxh", "area": CHO_DON, "from": "2020-10", "value": 300_000, "law": "Nghị quyết 15"}
    moved = propose_level_pack(
        content=yaml.safe_dump({"title": "Nghị quyết 15/2020", "levels": [level]}, allow_unicode=True).encode(),
        file_name="muc.yaml",
        place_code=CHO_DON,
        first_payroll=AUGUST + 2,
        decision_no="77/QĐ-UBND",
        decided_on=AT.date(),
        by=desk.officer,
        at=AT,
    )
    sign_in(page, DEMONSTRATION_APPROVER)
    one = f"/levels/{moved.level_pack_id}/"
    assert [fault for address in ("/levels/", one, f"{one}?look=1") for fault in faults_of(page, address)] == []
    page.get_by_text("Duyệt gói mức…").click()
    page.get_by_role("button", name="Duyệt gói mức", exact=True).click()
    expect(page.get_by_text("Đã duyệt gói mức.")).to_be_visible()
    assert faults_of(page, one) == []


def test_the_focus_is_seen_wherever_it_goes(page: Page, desk: Desk) -> None:
    run = run_in("CHECKED", desk)
    sign_in(page, DEMONSTRATION_OFFICER)
    for address in (f"/runs/{run}/", "/registers/"):
        page.goto(address)
        for _ in range(25):
            page.keyboard.press("Tab")
            at = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            assert page.evaluate("document.activeElement === document.body") or page.evaluate(_RING) >= 2, at


def test_pages_of_an_approver(page: Page, desk: Desk) -> None:
    run = run_in("SUBMITTED", desk)
    sign_in(page, DEMONSTRATION_APPROVER)
    expect(page.get_by_role("heading", name="Kỳ chi trả", exact=True)).to_be_visible()
    assert [fault for address in ("/", f"/runs/{run}/") for fault in faults_of(page, address)] == []
    for button in ("Phê duyệt…", "Trả lại…"):
        page.get_by_text(button).click()
        assert faults_now(page, button) == []


def test_pages_of_what_is_given_once(page: Page, desk: Desk) -> None:
    sign_in(page, DEMONSTRATION_OFFICER)
    made = {
        criteria is None: create_occasion(
            kind="gift", title="Quà Tết người cao tuổi", place_code=CHO_DON, month=AUGUST, decision_no="7/QĐ-UBND",
            decided_on=date(2020, 7, 15), amount_dong=Dong(250_000), criteria=criteria, by=desk.officer, at=AT,
        ).occasion_id
        for criteria in (Criteria(age_from=60), None)
    }  # fmt: skip
    person = Person.objects.get(full_name="Ma Xuân Thảo").pk
    add_payee(occasion_id=made[True], person_id=person, reason="mất nhà do lũ", by=desk.officer, at=AT)
    run = open_occasion(occasion_id=made[False], by=desk.officer, at=AT).run_id
    asked = "/one-off/new/?q=cho%20don&month=2020-08"
    addresses = ("/one-off/", asked, f"/one-off/{made[True]}/", f"/one-off/{made[False]}/", f"/runs/{run}/")
    assert [fault for address in addresses for fault in faults_of(page, address)] == []
