"""Changes on the pages: recorded with a look at what they do, undone, told in time, listed without a status."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import python_calamine
from django.test import Client

from ansinh.kernel.month import Month
from ansinh.registry.actions import add_facility, record_death, record_fact, stop_grant, suspend_grant
from ansinh.registry.models import Change, Grant, Person, Residence
from ansinh.registry.queries import FACT_KINDS, kind_of_move
from ansinh.registry.types import Paper
from ansinh.web.change_kinds import kind_groups
from tests.seeding import AUGUST, NGOC_PHAI, PHUONG_VIEN, Desk, add_person
from tests.web.conftest import signed_in
from tests.web.months import VEILED, run_in
from tests.web.paying import money_at
from tests.web.reading import messages_of, text_of

PAPER = Paper("88/QĐ-UBND", date(2020, 9, 1), "Trích lục khai tử", "báo muộn")
NOW = datetime(2020, 9, 10, 2, 0, tzinfo=UTC)
DEATH = {"happened_on": "2020-08-03", "evidence": "Trích lục khai tử số 12/2020", "decision_no": "", "decided_on": ""}


@pytest.fixture
def thao(desk: Desk) -> Person:
    return Person.objects.get(full_name="Ma Xuân Thảo")


def address(person: Person, kind: str) -> str:
    return f"/people/{person.pk}/record/?kind={kind}"


def post(client: Client, person: Person, kind: str, step: str, **typed: Any) -> Any:
    return client.post(address(person, kind), {**typed, "step": step})


def test_every_kind_has_a_form_that_asks_only_what_it_needs(officer: Client, thao: Person) -> None:
    page = officer.get(f"/people/{thao.pk}/record/")
    keys = [kind.key for _title, kinds in kind_groups() for kind in kinds]
    assert set(FACT_KINDS) == {key.removeprefix("fact-") for key in keys if key.startswith("fact-")}
    for key in keys:
        assert f'href="?kind={key}"' in page.content.decode()
        assert officer.get(address(thao, key)).status_code == 200, key
    names = {field.name for field in officer.get(address(thao, "death")).context["form"]}
    assert names == {"happened_on", "decision_no", "decided_on", "evidence", "reason"}
    grant = officer.get(address(thao, "grant") + "&category=carer_household_exceptional").context["form"]
    assert "cared_for" in grant.fields
    assert "children" not in grant.fields


def test_a_facility_is_chosen_and_told(officer: Client, desk: Desk, thao: Person) -> None:
    centre = add_facility(
        name="Trung tâm Bảo trợ xã hội", place_code=NGOC_PHAI, representative="Hà Văn Quản", by=desk.officer, at=NOW
    )
    assert "facility" in officer.get(address(thao, "fact-in_facility")).context["form"].fields
    assert "facility" not in officer.get(address(thao, "fact-poverty")).context["form"].fields
    typed = {"value": "yes", "effective_on": "2020-08-03", "facility": centre.facility_id, "decision_no": "",
             "decided_on": "", "evidence": "Quyết định tiếp nhận", "reason": ""}  # fmt: skip
    assert post(officer, thao, "fact-in_facility", "preview", **typed).status_code == 200
    post(officer, thao, "fact-in_facility", "record", **typed)
    assert Change.objects.get().facts["facility_id"] == centre.facility_id
    assert "Trung tâm Bảo trợ xã hội" in text_of(officer.get(f"/people/{thao.pk}/"))


def test_merit_allowances_are_granted_from_a_group_of_their_own(officer: Client, thao: Person) -> None:
    page = officer.get(address(thao, "grant")).content.decode()
    assert '<optgroup label="Trợ cấp ưu đãi người có công">' in page
    typed = {"starts": "2024-08", "decision_no": "7/QĐ", "decided_on": "2020-09-01", "evidence": "", "reason": ""}
    where = address(thao, "grant") + "&category=merit_than_nhan_1_liet_si"
    assert "coefficient" not in officer.get(where).context["form"].fields
    seen = officer.post(where, {**typed, "starts": "2020-09", "step": "preview"})
    assert seen.status_code == 200
    officer.post(where, {**typed, "step": "record"})
    assert Grant.objects.filter(person=thao, category="merit_than_nhan_1_liet_si").exists()


def test_a_death_is_looked_at_and_recorded(officer: Client, desk: Desk, thao: Person) -> None:
    run_in("APPROVED", desk)
    run_in("APPROVED", desk, month=AUGUST + 1)
    page = post(officer, thao, "death", "preview", **DEATH)
    said = text_of(page)
    assert "Danh sách tháng 10/2020" in said
    assert "Thu hồi của tháng 09/2020 −540.000" in said
    assert "Đặng Thị Dương bị ảnh hưởng theo" in said
    assert "Đã chết" in said
    assert not Change.objects.exists()
    again = dict(page.context["typed"])
    done = officer.post(address(thao, "death"), {**again, "step": "record"}, follow=True)
    assert messages_of(done) == ["Đã ghi biến động: Qua đời."]
    assert "03/08/2020 · Qua đời" in text_of(done)
    assert Change.objects.get().evidence == "Trích lục khai tử số 12/2020"
    assert "03/08/2020 · Qua đời" in text_of(officer.get(f"/people/{thao.pk}/"))


def test_a_declaration_of_a_court_wants_its_number(officer: Client, thao: Person) -> None:
    court = {"happened_on": "2020-08-03", "decision_no": "05/2020/QĐDS-ST", "decided_on": "2020-08-03"}
    bare = post(officer, thao, "missing", "preview", **{**court, "decision_no": ""})
    assert bare.status_code == 422
    done = post(officer, thao, "missing", "record", **court)
    assert messages_of(officer.get(done.url)) == ["Đã ghi biến động: Bị tuyên bố mất tích."]
    assert Change.objects.get().decision_no == "05/2020/QĐDS-ST"


def test_money_on_its_way_is_named_when_somebody_dies(officer: Client, desk: Desk) -> None:
    money_at("ISSUED", desk)
    an = Person.objects.get(full_name="Lý Ngọc An")
    said = text_of(post(officer, an, "death", "preview", **DEATH))
    assert "Tiền đang trên đường" in said
    assert "Chưa xuất chi" in said


def test_what_is_refused_keeps_what_was_typed(officer: Client, thao: Person) -> None:
    early = post(officer, thao, "death", "preview", **{**DEATH, "happened_on": "1970-01-01"})
    assert early.status_code == 409
    assert "trước ngày sinh" in messages_of(early)[0]
    assert 'value="1970-01-01"' in early.content.decode()
    empty = post(officer, thao, "death", "preview", **{**DEATH, "happened_on": ""})
    assert empty.status_code == 422
    assert "Hãy ghi ngày theo dạng" in text_of(empty)
    back = post(officer, thao, "death", "edit", **DEATH)
    assert 'value="2020-08-03"' in back.content.decode()
    assert not Change.objects.exists()


def test_a_stop_names_the_decision_and_wants_its_paper(officer: Client, thao: Person) -> None:
    grant = Grant.objects.get(person=thao)
    form = officer.get(address(thao, "stop")).context["form"]
    assert form.initial["grants"] == [grant.pk]
    typed = {"grants": [grant.pk], "happened_on": "2020-09-05"}
    assert post(officer, thao, "stop", "record", **typed).status_code == 422
    paper = {"decision_no": "9/QĐ", "decided_on": "2020-09-06"}
    post(officer, thao, "stop", "record", **typed, **paper)
    assert Change.objects.get().kind == "stop_grant"
    assert "đến 09/2020" in text_of(officer.get(f"/people/{thao.pk}/"))
    assert officer.get(address(thao, "stop")).context["form"].nothing_to_choose
    assert "không có quyết định nào" in text_of(officer.get(address(thao, "resume")))


def test_a_suspension_is_offered_to_be_resumed(officer: Client, desk: Desk, thao: Person) -> None:
    grant = Grant.objects.get(person=thao)
    suspend_grant(person_id=thao.pk, grant_id=grant.pk, from_month=AUGUST, paper=PAPER, by=desk.officer, at=NOW)
    assert "tạm dừng từ 08/2020" in text_of(officer.get(f"/people/{thao.pk}/"))
    paper = {"decision_no": "9/QĐ", "decided_on": "2020-10-06"}
    post(officer, thao, "resume", "record", grants=[grant.pk], resumed_on="2020-10-06", **paper)
    assert Change.objects.get(kind="resume_grant").facts["pays_from"] == "2020-10"


def test_a_fact_shows_what_the_register_says_now(officer: Client, thao: Person) -> None:
    assert "Sổ chưa ghi thông tin này" in text_of(officer.get(address(thao, "fact-poverty")))
    post(officer, thao, "fact-poverty", "record", value="poor", effective_on="2020-01-15")
    page = officer.get(address(thao, "fact-poverty"))
    assert page.context["form"].initial["value"] == "poor"
    assert "Sổ đang ghi: hộ nghèo (từ 01/2020)" in text_of(page)
    post(officer, thao, "fact-merit", "record", value="yes", effective_on="2020-01-15", monthly_dong="1.515.000")
    assert Change.objects.get(kind="merit").facts["monthly_dong"] == 1_515_000


def test_children_are_rows(officer: Client, desk: Desk) -> None:
    tuan = Person.objects.get(full_name="Ma Thị Tuấn")
    rows = {"row0_born": "2012-05-05", "row0_studying": "yes", "row1_studying": "unknown", "known_on": "2020-09-01"}
    post(officer, tuan, "children", "record", **rows)
    told = Change.objects.get().facts["children"]
    assert [(one["born"], one["studying"]) for one in told] == [("2012-05-05", True), (None, None)]
    page = officer.get(address(tuan, "children"))
    assert page.context["form"].initial["row0_born"] == date(2012, 5, 5)
    assert "2 con: sinh 05/05/2012, đang học; chưa rõ ngày sinh" in text_of(officer.get(f"/people/{tuan.pk}/story/"))


def test_a_move_finds_its_commune_and_says_which_kind_it_is(officer: Client, thao: Person) -> None:
    typed = {"commune": "xa phuong", "from_month": "2020-10"}
    several = post(officer, thao, "move", "preview", **typed)
    assert several.status_code == 422
    choices = several.context["form"].fields["commune_picked"].choices
    assert choices[0] == (PHUONG_VIEN, "Xã Phương Viên, Huyện Chợ Đồn, Tỉnh Bắc Kạn")
    typed["commune_picked"] = PHUONG_VIEN
    said = text_of(post(officer, thao, "move", "preview", **typed))
    assert "→ Xã Phương Viên, Huyện Chợ Đồn" in said
    assert "chỉ đổi địa chỉ chi trả" in said
    post(officer, thao, "move", "record", **typed)
    assert Residence.objects.get(person=thao, ends=None).commune_code == PHUONG_VIEN
    missing = post(officer, thao, "move", "preview", commune="zzz", from_month="2020-11")
    assert "không có xã nào" in text_of(missing)
    left = text_of(post(officer, thao, "leave", "preview", from_month="2020-11"))
    assert "Ghi vào sổ" in left


@pytest.mark.parametrize(
    ("month", "to", "kind", "article"),
    [
        (Month.of(2020, 10), PHUONG_VIEN, "within", ""),
        (Month.of(2022, 1), PHUONG_VIEN, "within", "khoản 4 Điều 8 Nghị định 20/2021/NĐ-CP"),
        (Month.of(2022, 1), "01729", "other_body", "điểm d khoản 4 Điều 8 Nghị định 20/2021/NĐ-CP"),
        (Month.of(2026, 11), "01729", "other_commune", "khoản 3 Điều 8 Nghị định 335/2026/NĐ-CP"),
        (Month.of(2022, 1), "", "out", "điểm d khoản 4 Điều 8 Nghị định 20/2021/NĐ-CP"),
    ],
)
def test_the_law_names_moves_by_who_decides(desk: Desk, month: Month, to: str, kind: str, article: str) -> None:
    found = kind_of_move(NGOC_PHAI, to, month)
    assert (found.kind, found.article) == (kind, article)


def test_a_double_is_found_by_name(officer: Client, desk: Desk, thao: Person) -> None:
    double = add_person("Ma Xuân Thảo", born=date(1981, 2, 28), category="disabled_exceptional")
    Residence.objects.filter(person__in=(thao, double)).update(starts=Month.of(2019, 1))
    page = post(officer, thao, "merge", "preview", double="ma xuan thao", from_month="2020-09")
    assert [one.person_id for one in page.context["preview"].people][:2] == [thao.pk, double.pk]


def test_undoing_shows_what_it_does_and_wants_a_reason(officer: Client, desk: Desk, thao: Person) -> None:
    run_in("APPROVED", desk)
    told = record_death(person_id=thao.pk, died_on=date(2020, 7, 3), paper=PAPER, by=desk.officer, at=NOW)
    where = f"/people/{thao.pk}/changes/{told.change_id}/undo/"
    page = officer.get(where)
    assert "Danh sách tháng 09/2020" in text_of(page)
    assert Change.objects.count() == 1
    assert officer.post(where, {"reason": " "}).status_code == 422
    done = officer.post(where, {"reason": "trùng tên"}, follow=True)
    assert "đã hoàn tác" in text_of(done)
    assert Change.objects.filter(undoes=told.change_id, reason="trùng tên").exists()
    assert "đã được hoàn tác" in messages_of(officer.get(where))[0]
    assert officer.get(f"/people/{thao.pk}/changes/999999/undo/").status_code == 404


def test_what_was_known_on_an_earlier_day(officer: Client, desk: Desk, thao: Person) -> None:
    record_fact(person_id=thao.pk, kind="poverty", value="poor", effective_on=date(2019, 3, 1), paper=PAPER,
                by=desk.officer, at=NOW - timedelta(days=30))  # fmt: skip
    record_death(person_id=thao.pk, died_on=date(2020, 7, 3), paper=PAPER, by=desk.officer, at=NOW)
    before = text_of(officer.get(f"/people/{thao.pk}/story/", {"on": "2020-09-09"}))
    assert "Hộ nghèo hộ nghèo" in before
    assert "Qua đời" not in before
    assert "Qua đời 03/07/2020" in text_of(officer.get(f"/people/{thao.pk}/story/", {"on": "2020-09-10"}))
    assert "Hãy ghi ngày" in text_of(officer.get(f"/people/{thao.pk}/story/", {"on": "hôm qua"}))


def test_the_story_joins_decisions_facts_and_payments(officer: Client, desk: Desk) -> None:
    money_at("ISSUED", desk)
    an = Person.objects.get(full_name="Lý Ngọc An")
    record_fact(person_id=an.pk, kind="insurance_income", value="none", effective_on=date(2019, 3, 1), paper=PAPER,
                by=desk.officer, at=NOW)  # fmt: skip
    page = officer.get(f"/people/{an.pk}/story/")
    assert [entry.look for entry in page.context["entries"]] == ["month", "change", "grant"]
    assert "Chưa xuất chi" in text_of(page)


def test_who_does_not_record_is_told_whose_work_it_is(approver: Client, thao: Person) -> None:
    assert "việc của cán bộ lập danh sách" in text_of(approver.get(address(thao, "death")))
    posted = post(approver, thao, "death", "record", **DEATH)
    assert "việc của cán bộ lập danh sách" in text_of(posted)
    assert not Change.objects.exists()


def test_lists_and_others_never_see_a_status(desk: Desk, officer: Client) -> None:
    kin = Person.objects.get(full_name=VEILED)
    other = Person.objects.get(full_name="Ma Thị Tuấn")
    for person, kind, value in ((kin, "hiv", "yes"), (other, "poverty", "poor")):
        record_fact(
            person_id=person.pk, kind=kind, value=value, effective_on=date(2020, 8, 1),
            paper=Paper("1/QĐ", date(2020, 8, 1), "nhiễm HIV", "HIV"), by=desk.officer, at=NOW,
        )  # fmt: skip
    finance = signed_in(desk.finance)
    for client, where in (
        (officer, "/people/changes/"),
        (finance, "/people/changes/"),
        (finance, f"/people/{kin.pk}/"),
        (finance, f"/people/{kin.pk}/story/"),
        (finance, f"/people/{kin.pk}/story/?on=2020-12-01"),
    ):
        said = text_of(client.get(where))
        assert "HIV" not in said, where
        assert "nghèo" not in said, where
        assert "Thông tin xét hưởng" in said, where
    assert "Nhiễm HIV" in text_of(officer.get(f"/people/{kin.pk}/story/"))


@pytest.fixture
def several(desk: Desk) -> None:
    thao, an = (Person.objects.get(full_name=name) for name in ("Ma Xuân Thảo", "Lý Ngọc An"))
    record_death(person_id=an.pk, died_on=date(2020, 7, 3), paper=PAPER, by=desk.officer, at=NOW)
    stop_grant(person_id=thao.pk, grant_id=Grant.objects.get(person=thao).pk, happened_on=date(2020, 8, 3),
               paper=PAPER, by=desk.officer, at=NOW + timedelta(days=5))  # fmt: skip


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["Ma Xuân Thảo", "Lý Ngọc An"]),
        ({"kind": "death"}, ["Lý Ngọc An"]),
        ({"kind": "facts"}, []),
        ({"name": "thao"}, ["Ma Xuân Thảo"]),
        ({"until": "2020-09-10"}, ["Lý Ngọc An"]),
        ({"since": "2020-09-11"}, ["Ma Xuân Thảo"]),
        ({"undone": "yes"}, []),
        ({"place": NGOC_PHAI}, ["Ma Xuân Thảo", "Lý Ngọc An"]),
        ({"place": PHUONG_VIEN}, []),
        ({"kind": "no-such"}, ["Ma Xuân Thảo", "Lý Ngọc An"]),
    ],
)
def test_recent_changes_are_filtered(officer: Client, asked: dict[str, str], names: list[str]) -> None:
    page = officer.get("/people/changes/", asked)
    assert [one.full_name for one in page.context["page"]] == names
    part = officer.get("/people/changes/", asked, headers={"HX-Request": "true", "HX-Target": "found"})
    assert "<html" not in part.content.decode()


@pytest.mark.usefixtures("several")
def test_the_list_goes_out_as_a_workbook(officer: Client) -> None:
    sent = officer.get("/people/changes/export.xlsx", {"kind": "death"})
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sent.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2][6:9] == ["Biến động", "Đúng từ ngày", "Số quyết định"]
    assert rows[3][2:4] == ["Lý Ngọc An", "1932"]
    assert rows[3][6:9] == ["Qua đời", "03/07/2020", "88/QĐ-UBND"]
    assert len(rows) == 4


def test_pages_speak_english_when_asked(officer: Client, thao: Person) -> None:
    officer.cookies["django_language"] = "en"
    said = text_of(officer.get(f"/people/{thao.pk}/record/"))
    assert "Record a change" in said
    assert "Ghi biến động" not in said
