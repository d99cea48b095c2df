"""Levels loaded as data by two people: listed by from a payroll on, owed from their months, taken back while unused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
import yaml
from django.db import IntegrityError, connection, transaction

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.actions import (
    approve_level_pack,
    cancel_run,
    compute_run,
    open_run,
    propose_level_pack,
    withdraw_level_pack,
)
from ansinh.payroll.models import LevelPack, Line, Run
from ansinh.payroll.queries import (
    LineFilter,
    compare_with_month_before,
    explain_line,
    explain_month,
    list_level_packs,
    list_level_starts,
    list_lines,
    pack_listed_by,
    pack_of_run,
    preview_level_pack,
    title_of_start,
)
from ansinh.payroll.types import LevelPackMoved
from ansinh.policy import draft_of, load_pack
from tests.payroll.conftest import play
from tests.payroll.test_level_starts import schedule, sums
from tests.proofs.breaking import found_by_proof
from tests.seeding import AT, CHO_DON, NGOC_PHAI, PHUONG_VIEN, Desk, add_person, open_desk

JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (Month.of(2021, number) for number in range(6, 12))
DECREE = {"nd99": {"title": "Nghị định 99/2021/NĐ-CP", "in_force": "2021-09-15", "money_from": "2021-08"}}
LOCAL = {"regime": "tcxh", "area": CHO_DON, "from": "2021-08", "value": 400_000, "law": "Nghị quyết 12/2021/NQ-HĐND"}
NATIONAL = {"regime": "tcxh", "from": "2021-08", "value": 500_000, "law": "nd99", "article": "d4.k2"}
BANDS = [{"from": "2021-09", "value": "2.0", "law": "nd99", "article": "d5.k1.c"}]


@pytest.fixture
def desk(first_load: object, db: None) -> Desk:
    """Severe: 1,5 under both decrees. A single parent of one: 1,0. In all 2,5 a month."""
    add_person("Nông Văn Nặng", born=date(1975, 3, 2), category="disabled_severe", opening=JUNE)
    add_person("Lý Thị Một", born=date(1991, 5, 6), category="single_parent_poor", children=1, opening=JUNE)
    return open_desk()


def propose(
    desk: Desk,
    levels: Sequence[Mapping[str, Any]] = (),
    *,
    first: Month = OCTOBER,
    place: str = CHO_DON,
    **more: Any,
) -> LevelPackMoved:
    content = {"title": "Mức của Nghị quyết 12", **({"levels": [*levels]} if levels else {}), **more}
    return propose_level_pack(
        content=yaml.safe_dump(content, allow_unicode=True).encode(),
        file_name="muc.yaml",
        place_code=place,
        first_payroll=first,
        decision_no="456/QĐ-UBND",
        decided_on=date(2020, 7, 1),
        by=desk.officer,
        at=AT,
    )


def load(desk: Desk, levels: Sequence[Mapping[str, Any]] = (), **more: Any) -> LevelPackMoved:
    """Proposed by one, approved by the other."""
    proposed = propose(desk, levels, **more)
    return approve_level_pack(level_pack_id=proposed.level_pack_id, by=desk.approver, at=AT)


def refused(code: str, call: Any) -> Refusal:
    with pytest.raises(Refusal) as told:
        call()
    assert told.value.code == code
    return told.value


def test_listed_from_its_payroll_and_owed_from_its_month(desk: Desk) -> None:
    """2,5 × 360.000 = 900.000 a month to 9/2021; from 8/2021 the resolution gives 2,5 × 400.000 = 1.000.000, listed
    from 10/2021: 100.000 more for each of 8 and 9. A second computation and the next month add nothing more."""
    before = load_pack()
    pack = load(desk, [LOCAL])
    for month in JUNE.until(OCTOBER):
        play(desk, month, CHO_DON)
    assert sums(SEPTEMBER) == {("regular", "2021-09"): 900_000}
    october = play(desk, OCTOBER, CHO_DON)
    assert sums(OCTOBER) == {
        ("regular", "2021-10"): 1_000_000,
        ("arrears", "2021-08"): 100_000,
        ("arrears", "2021-09"): 100_000,
    }
    assert (october.level_packs, october.pack_digest) == (str(pack.level_pack_id), pack_of_run(october).digest)
    assert load_pack() is before
    assert october.pack_digest != before.digest == Run.objects.get(month=SEPTEMBER).pack_digest
    assert found_by_proof() == {}
    play(desk, NOVEMBER, CHO_DON)
    assert sums(NOVEMBER) == {("regular", "2021-11"): 1_000_000}
    assert found_by_proof() == {}


def test_lines_and_changes_say_where_the_level_comes_from(desk: Desk) -> None:
    load(desk, [NATIONAL], laws=DECREE, coefficients={"disabled_severe": BANDS})
    for month in JUNE.until(OCTOBER):
        play(desk, month, CHO_DON)
    october = play(desk, OCTOBER, CHO_DON)
    told = [explain_line(line) for line in list_lines(october, by=desk.officer, wanted=LineFilter()).lines]
    assert all("Nghị định 99/2021/NĐ-CP" in text and "500.000" in text for text in told)
    late = [text for text in told if "truy lĩnh" in text]
    assert len(late) == 4
    assert all("456/QĐ-UBND" in text for text in late), late
    changes = compare_with_month_before(october, by=desk.officer)
    assert {one.cause for one in changes} == {"levels"}
    assert all("mức của văn bản mới" in one.reason for one in changes)
    whole = explain_month(changes[0].person_id, SEPTEMBER, by=desk.officer)
    assert whole.due_dong == whole.listed_dong


def test_a_coefficient_is_loaded_too(desk: Desk) -> None:
    """Nông Văn Nặng: 1,5 → 2,0 from 9/2021; the base of the decree 500.000 from 8/2021. In 10/2021: 2,0 × 500.000 and
    1,0 × 500.000; for 8: 2,5 × 140.000; for 9: 2,0 × 500.000 + 500.000 − 900.000."""
    load(desk, [NATIONAL], laws=DECREE, coefficients={"disabled_severe": BANDS})
    for month in JUNE.until(OCTOBER + 1):
        play(desk, month, CHO_DON)
    assert sums(OCTOBER) == {
        ("regular", "2021-10"): 1_500_000,
        ("arrears", "2021-08"): 350_000,
        ("arrears", "2021-09"): 600_000,
    }
    assert found_by_proof() == {}


def test_the_preview_says_what_the_list_then_gives(desk: Desk) -> None:
    for month in JUNE.until(OCTOBER):
        play(desk, month, CHO_DON)
    draft = draft_of({"title": "Mức", "levels": [LOCAL]}, "muc.yaml", load_pack())
    told = preview_level_pack(draft=draft, place_code=CHO_DON, month=OCTOBER, by=desk.officer)
    moved = load(desk, [LOCAL])
    again = preview_level_pack(
        draft=draft, place_code=CHO_DON, month=OCTOBER, by=desk.officer, level_pack_id=moved.level_pack_id
    )
    assert told == again
    (listed,) = told.lists
    assert (told.people, listed.total.more.value) == (2, 300_000)
    play(desk, OCTOBER, CHO_DON)
    given = sums(OCTOBER)
    assert listed.regular.then.value == given.pop(("regular", "2021-10"))
    assert listed.arrears.then.value == sum(given.values())


def test_other_places_go_by_the_law_alone(desk: Desk) -> None:
    load(desk, [LOCAL], first=AUGUST)
    assert pack_listed_by("063", AUGUST) is load_pack()
    assert pack_listed_by(NGOC_PHAI, AUGUST).digest != load_pack().digest
    assert pack_listed_by(CHO_DON, JULY) is load_pack()


def test_what_a_district_agreed_to_holds_for_the_communes_that_have_its_land(desk: Desk) -> None:
    """Huyện Chợ Đồn ended on 1/7/2025."""
    load(desk, [LOCAL], first=AUGUST)
    after = Month.of(2025, 8)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM places_unit WHERE kind = 'commune' AND validity @> %s::date AND path LIKE '19/%%'",
            [after.first_day],
        )
        codes = [row[0] for row in cursor.fetchall()]
    taken = [code for code in codes if pack_listed_by(code, after) is not load_pack()]
    assert 0 < len(taken) < len(codes)


def test_two_people_and_nobody_alone(desk: Desk) -> None:
    proposed = propose(desk, [LOCAL])
    both = Actor(desk.officer.user_id, "Một người", desk.officer.appointments + desk.approver.appointments)
    refused("loader_approves", lambda: approve_level_pack(level_pack_id=proposed.level_pack_id, by=both, at=AT))
    refused("not_permitted", lambda: approve_level_pack(level_pack_id=proposed.level_pack_id, by=desk.officer, at=AT))
    with pytest.raises(IntegrityError), transaction.atomic():
        LevelPack.objects.update(state="APPROVED", approved_at=AT, approved_by=desk.officer.user_id)
    play(desk, OCTOBER, CHO_DON)
    assert Run.objects.get().level_packs == "", "only an approved one counts"


def test_taken_back_until_a_list_goes_by_it(desk: Desk) -> None:
    pack = load(desk, [LOCAL], first=JUNE + 2)
    refused(
        "withdrawn_without_reason",
        lambda: withdraw_level_pack(level_pack_id=pack.level_pack_id, reason=" ", by=desk.officer, at=AT),
    )
    withdraw_level_pack(level_pack_id=pack.level_pack_id, reason="nhầm tệp", by=desk.officer, at=AT)
    again = load(desk, [LOCAL], first=AUGUST)
    run = open_run(place_code=CHO_DON, month=AUGUST, by=desk.officer, at=AT)
    told = refused(
        "level_pack_in_use",
        lambda: withdraw_level_pack(level_pack_id=again.level_pack_id, reason="nhầm tệp", by=desk.officer, at=AT),
    )
    assert "hủy kỳ" in told.message
    with pytest.raises(IntegrityError, match="đã có kỳ chi trả"), transaction.atomic():
        LevelPack.objects.filter(pk=again.level_pack_id).update(state="WITHDRAWN")
    cancel_run(run_id=run.run_id, reason="lập lại", by=desk.officer, at=AT)
    withdraw_level_pack(level_pack_id=again.level_pack_id, reason="nhầm tệp", by=desk.officer, at=AT)
    play(desk, AUGUST, CHO_DON)
    assert 400_000 not in {line.base_dong.value for line in Line.objects.all()}
    assert [one.state for one in list_level_packs(by=desk.officer)] == ["WITHDRAWN", "WITHDRAWN"]


def test_a_list_in_hand_is_not_overtaken(desk: Desk) -> None:
    open_run(place_code=CHO_DON, month=OCTOBER, by=desk.officer, at=AT)
    told = refused("level_pack_too_late", lambda: propose(desk, [LOCAL]))
    assert "10/2021" in told.message
    proposed = propose(desk, [LOCAL], first=NOVEMBER)
    cancel_run(run_id=Run.objects.get().pk, reason="lập lại", by=desk.officer, at=AT)
    open_run(place_code=CHO_DON, month=NOVEMBER, by=desk.officer, at=AT)
    refused(
        "level_pack_too_late",
        lambda: approve_level_pack(level_pack_id=proposed.level_pack_id, by=desk.approver, at=AT),
    )


def test_a_list_opened_meanwhile_is_not_computed_by_two_laws(desk: Desk) -> None:
    """As if the list had been opened in the very moment of the approval."""
    run = open_run(place_code=CHO_DON, month=OCTOBER, by=desk.officer, at=AT)
    Run.objects.filter(pk=run.run_id).update(state="CANCELLED")
    load(desk, [LOCAL])
    Run.objects.filter(pk=run.run_id).update(state="OPEN")
    refused("law_changed_since_opening", lambda: compute_run(run_id=run.run_id, by=desk.officer, at=AT))


def test_two_packs_never_say_two_things(desk: Desk) -> None:
    load(desk, [NATIONAL], laws=DECREE, first=NOVEMBER)
    told = refused("draft_fault", lambda: propose(desk, [{**NATIONAL, "value": 510_000}], place="06", first=OCTOBER))
    assert "nd99" in told.message
    later = {**NATIONAL, "from": "2021-10", "value": 520_000}
    follower = propose(desk, [later], first=NOVEMBER)
    assert follower.state == "PROPOSED"
    refused("draft_fault", lambda: propose(desk, [{**later, "from": "2021-09"}], first=OCTOBER))
    refused(
        "level_pack_built_upon",
        lambda: withdraw_level_pack(level_pack_id=follower.level_pack_id - 1, reason="nhầm", by=desk.officer, at=AT),
    )


def test_its_law_can_be_taken_up_later_still_by_a_place_below(desk: Desk) -> None:
    """The province lists by the decree from 8/2021, huyện Chợ Đồn from 10/2021: 2,5 × 360.000 until then."""
    pack = load(desk, [NATIONAL], laws=DECREE, place="06", first=AUGUST)
    start = schedule(desk, first=OCTOBER, law="nd99")
    assert [title_of_start(one) for one in list_level_starts(by=desk.officer)] == ["Nghị định 99/2021/NĐ-CP"]
    told = refused(
        "level_pack_scheduled",
        lambda: withdraw_level_pack(level_pack_id=pack.level_pack_id, reason="nhầm", by=desk.officer, at=AT),
    )
    assert f"withdraw {start.level_start_id}" in told.message
    for month in JUNE.until(OCTOBER + 1):
        play(desk, month, CHO_DON)
    assert sums(SEPTEMBER) == {("regular", "2021-09"): 900_000}
    assert sums(OCTOBER) == {
        ("regular", "2021-10"): 1_250_000,
        ("arrears", "2021-08"): 350_000,
        ("arrears", "2021-09"): 350_000,
    }
    assert found_by_proof() == {}


def test_refusals_name_the_way_out(desk: Desk) -> None:
    for levels, asked, code in (
        ([LOCAL], {"first": JULY}, "level_pack_before_its_months"),
        ([{**LOCAL, "area": "99999"}], {}, "draft_for_unknown_place"),
        ([{**LOCAL, "area": "01"}], {}, "draft_for_other_places"),
        ([LOCAL], {"place": PHUONG_VIEN}, "level_pack_for_part"),
        ([NATIONAL], {}, "draft_fault"),
        ([], {}, "draft_fault"),
    ):
        refused(code, lambda levels=levels, asked=asked: propose(desk, levels, **asked))
    assert not LevelPack.objects.exists()


def test_what_was_read_stays_as_it_was(desk: Desk) -> None:
    load(desk, [LOCAL])
    for changed in ({"text": "title: Khác"}, {"first_payroll": JUNE}, {"approved_by": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LevelPack.objects.update(**changed)
    with pytest.raises(IntegrityError), transaction.atomic():
        LevelPack.objects.all().delete()
