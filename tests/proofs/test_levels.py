"""Level packs broken by SQL: `verify` names the pack and what is other than agreed to."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from ansinh.payroll.actions import approve_level_pack, propose_level_pack
from ansinh.payroll.models import LevelPack
from tests.payroll.conftest import play
from tests.proofs.breaking import break_rows, found, found_by_proof
from tests.seeding import AT, AUGUST, NGOC_PHAI, Desk

LEVEL = {"regime": "tcxh", "area": NGOC_PHAI, "from": "2020-08", "value": 300_000, "law": "Nghị quyết 15"}
_GUARDED = "payroll_levelpack.level_pack_four_eyes"


@pytest.fixture
def pack(desk: Desk) -> LevelPack:
    moved = propose_level_pack(
        content=yaml.safe_dump({"title": "Mức mới", "levels": [LEVEL]}, allow_unicode=True).encode(),
        file_name="muc.yaml",
        place_code="064",
        first_payroll=AUGUST,
        decision_no="77/QĐ-UBND",
        decided_on=date(2020, 7, 1),
        by=desk.officer,
        at=AT,
    )
    approve_level_pack(level_pack_id=moved.level_pack_id, by=desk.approver, at=AT)
    return LevelPack.objects.get()


def test_as_agreed_shows_no_difference(desk: Desk, pack: LevelPack) -> None:
    run = play(desk)
    assert run.level_packs == str(pack.pk)
    assert found_by_proof() == {}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE payroll_levelpack SET text = replace(text, '300000', '400000')", "nội dung không phải như lúc nạp"),
        ("UPDATE payroll_levelpack SET first_payroll = '2020-09-01'", "tháng áp dụng"),
        ("UPDATE payroll_levelpack SET decision_no = '78'", "quyết định"),
        ("UPDATE payroll_levelpack SET approved_by = proposed_by", "cũng là người nạp"),
        ("UPDATE payroll_levelpack SET state = 'WITHDRAWN'", "1 kỳ chi trả lập theo gói này"),
    ],
)
def test_a_broken_pack_is_named(desk: Desk, pack: LevelPack, statement: str, said: str) -> None:
    play(desk)
    break_rows(statement, tables=["payroll_levelpack"], without=[_GUARDED])
    (what,) = found()["levels_as_agreed"]
    assert what.startswith(f"Gói mức số {pack.pk} “Mức mới”")
    assert said in what


def test_a_list_by_another_level_than_agreed_is_named(desk: Desk, pack: LevelPack) -> None:
    """The pack's text changed behind the program's back: its lists are no longer what it makes of them."""
    play(desk)
    break_rows("UPDATE payroll_levelpack SET text = replace(text, '300000', '400000')", tables=["payroll_levelpack"])
    assert found().keys() == {"levels_as_agreed"}
