"""Pages of people and appointments, and of who may what."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.test import Client
from django.utils import timezone

from ansinh.access.models import Appointment, User
from ansinh.access.queries import DEMONSTRATION_ADMINISTRATOR, DEMONSTRATION_INSPECTOR, get_demonstration_actor
from ansinh.access.types import ROLES, Role
from tests.seeding import appointed
from tests.web.conftest import signed_in
from tests.web.reading import messages_of, text_of

pytestmark = pytest.mark.django_db
COMMUNE, PROVINCE = "02020", "19"


@pytest.fixture
def administrator(first_load: object) -> Client:
    return signed_in(get_demonstration_actor(DEMONSTRATION_ADMINISTRATOR))


def said_after(client: Client, address: str, **typed: str) -> str:
    return messages_of(client.post(address, typed, follow=True))[0]


def test_somebody_is_added_appointed_stood_in_for_and_retired(administrator: Client) -> None:
    typed = {"username": "ban-thi-hoa", "full_name": "Bàn Thị Hòa", "role": "officer", "place": COMMUNE}
    assert "Đã thêm người dùng" in said_after(administrator, "/staff/new/", **typed)
    assert not User.objects.get(username="ban-thi-hoa").has_usable_password()
    page = text_of(administrator.get("/staff/people/ban-thi-hoa/"))
    assert "Xã Chợ Đồn (02020)" in page
    demonstration = text_of(administrator.get("/staff/people/canbo/")).partition("Căn cứ")[2]
    assert "Hệ thống " in demonstration
    here = "/staff/people/ban-thi-hoa/"
    assert said_after(administrator, f"{here}appoint/", role="finance", place=COMMUNE) == "Đã giao việc."
    appointed(Role.FINANCE, COMMUNE, username="mai")
    work = Appointment.objects.get(user__username="ban-thi-hoa", role="officer")
    day = timezone.localdate().isoformat()
    stands_in = {"username": "mai", "starts_on": day, "ends_on": day, "reason": "nghỉ phép"}
    assert said_after(administrator, f"/staff/appointments/{work.pk}/deputy/", **stands_in) == "Đã cử người thay."
    assert "thay Bàn Thị Hòa" in text_of(administrator.get("/staff/people/mai/"))
    assert "người làm thay việc ấy cũng thôi" in said_after(
        administrator, f"/staff/appointments/{work.pk}/end/", reason="chuyển việc"
    )
    assert "thôi 1 việc" in said_after(administrator, f"{here}retire/", reason="nghỉ hưu")
    for act in ("add_user", "appoint", "end_appointment", "retire_user"):
        told = text_of(administrator.get(f"/audit/?action=access.{act}"))
        assert "ban-thi-hoa" in told, act
    assert "ban-thi-hoa" not in text_of(administrator.get("/staff/"))
    assert "ban-thi-hoa" in text_of(administrator.get("/staff/?all=1"))


def test_people_stand_in_the_order_of_vietnamese_names(administrator: Client) -> None:
    for username, full_name in (("anh", "Bùi Anh"), ("an-le", "Lê Ân"), ("an-tran", "Trần An"), ("bay", "An Bảy")):
        typed = {"username": username, "full_name": full_name, "role": "officer", "place": COMMUNE}
        said_after(administrator, "/staff/new/", **typed)
    for address in ("/staff/", "/staff/security/"):
        page = text_of(administrator.get(address))
        places = [page.index(name) for name in ("Trần An", "Bùi Anh", "Lê Ân", "An Bảy")]
        assert places == sorted(places), address


def test_every_act_of_the_matrix_has_a_name_in_the_pages_alone() -> None:
    asked = (
        "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'ansinh.config.settings'; django.setup();"
        "import ansinh.web.urls; from ansinh.access.types import ROLES; from ansinh.audit.queries import act_names;"
        "print(sorted({act for terms in ROLES.values() for act in terms.acts} - act_names().keys()))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_an_approver_of_the_province_is_lent_to_a_commune(administrator: Client) -> None:
    appointed(Role.PROVINCE_APPROVER, PROVINCE, username="tinh")
    typed = {"place": COMMUNE, "paper_number": "15/QĐ-UBND", "reason": "xã chỉ có một người"}
    assert "Đã ghi việc mượn" in said_after(administrator, "/staff/people/tinh/borrow/", **typed)
    page = text_of(administrator.get("/staff/people/tinh/"))
    assert "mượn của cấp trên" in page
    assert "15/QĐ-UBND" in page


def test_what_is_refused_is_said_and_kept(administrator: Client) -> None:
    typed = {"username": "canbo", "full_name": "Bà Trùng", "role": "officer", "place": COMMUNE}
    taken = administrator.post("/staff/new/", typed)
    assert taken.status_code == 409
    assert 'value="Bà Trùng"' in taken.content.decode()
    assert "2, 3 hoặc 5 chữ số" in text_of(administrator.post("/staff/new/", {**typed, "place": "1"}))
    own = "/staff/people/quantri/"
    assert "tự giao việc" in said_after(administrator, f"{own}appoint/", role="inspector", place=COMMUNE)
    assert "tự giao việc" in text_of(administrator.get(own))
    work = Appointment.objects.get(user__username="quantri")
    assert "quản trị viên cuối cùng" in said_after(administrator, f"/staff/appointments/{work.pk}/end/", reason="thử")


def test_who_may_open_them(first_load: object, administrator: Client) -> None:
    inspector = signed_in(get_demonstration_actor(DEMONSTRATION_INSPECTOR))
    officer = signed_in(appointed(Role.OFFICER, COMMUNE))
    pages = ("/staff/", "/staff/people/canbo/", "/staff/new/")
    assert [officer.get(page).status_code for page in pages] == [403, 403, 403]
    assert [inspector.get(page).status_code for page in pages] == [200, 200, 200]
    assert "không được giao việc" in said_after(inspector, "/staff/people/canbo/retire/", reason="thử")
    assert administrator.get("/").headers["Location"] == "/staff/"
    local = signed_in(appointed(Role.ADMINISTRATOR, "01", username="ha-noi"))
    assert local.get("/staff/people/canbo/").status_code == 404
    assert "canbo" not in text_of(local.get("/staff/"))


def test_the_matrix_is_the_table_of_roles(first_load: object) -> None:
    officer = signed_in(appointed(Role.OFFICER, COMMUNE))
    page = officer.get("/who-may-what/").content.decode()
    assert page.count("●") + page.count("○") >= sum(len(one.acts | one.sights) for one in ROLES.values())
    assert page.count('<span aria-hidden="true">●') == sum(len(one.acts) for one in ROLES.values())
    assert page.count('<span aria-hidden="true">○') == sum(len(one.sights) for one in ROLES.values())
    assert "Phê duyệt danh sách" in page


def test_who_may_not_appoint_is_shown_no_buttons_for_it(administrator: Client) -> None:
    """Also the other way: where an administrator may not look, no way leads there."""
    inspector = signed_in(get_demonstration_actor(DEMONSTRATION_INSPECTOR))
    shown = text_of(inspector.get("/staff/people/canbo/"))
    assert "Cán bộ lập danh sách" in shown
    assert not [word for word in ("Việc của: Quản trị viên", "Giao việc", "Cho thôi", "Thay đổi") if word in shown]
    assert "Cho thôi" in text_of(administrator.get("/staff/people/canbo/"))
    lost = administrator.get("/nowhere/").content.decode()
    assert "Về trang đầu" in lost
    assert "Tra cứu người" not in lost
    assert "Tra cứu người" in inspector.get("/nowhere/").content.decode()
