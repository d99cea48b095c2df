"""Asking proofs: one that cannot answer is told and proves nothing; the others are asked all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from ansinh.ops.invariants import INVARIANTS
from ansinh.ops.proving import every_proof, prove
from ansinh.ops.verify import page_of
from ansinh.platform.proofs import Break, Proof


def _breaks_down() -> list[Break]:
    """Nothing: the statement is wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return []


def _two_breaks() -> list[Break]:
    """Two rows of two communes, and one of none."""
    return [Break("một", {"n": 1}, "02053"), Break("hai", {"n": 2}, "02050"), Break("ba", {"n": 3})]


_FAULTY = Proof("faulty", 4, "Phép kiểm hỏng", _breaks_down)
_FINDING = Proof("finding", 5, "Phép kiểm thấy", _two_breaks, lambda: {"chờ": 12_345})


@pytest.mark.django_db
def test_a_proof_that_fails_is_a_fault_and_never_a_zero() -> None:
    faulty, finding = prove([_FAULTY, _FINDING])
    assert (faulty.differences, faulty.breaks) == (1, ())
    assert "division by zero" in faulty.fault
    # The failed statement did not take the rest of the snapshot with it.
    assert (finding.fault, finding.differences) == ("", 3)
    page = "\n".join(page_of([faulty, finding]))
    assert "1 phép kiểm KHÔNG CHẠY ĐƯỢC" in page
    assert "Có 3 chênh lệch" in page
    assert "(12.345 chờ)" in page


@pytest.mark.django_db
def test_a_place_keeps_its_own_breaks_and_those_of_no_place() -> None:
    (one,) = prove([_FINDING], within=frozenset({"02053"}))
    assert [row.what for row in one.breaks] == ["một", "ba"]


@pytest.mark.django_db
def test_no_difference_is_said_in_one_sentence() -> None:
    done = prove([Proof("sound", 1, "Phép kiểm đúng", list)])
    assert list(page_of(done))[-1].startswith("Không có chênh lệch nào (1 phép kiểm, ")


def test_every_proof_has_a_name_of_its_own_an_invariant_and_says_what_it_compares() -> None:
    proofs = every_proof()
    assert len({proof.code for proof in proofs}) == len(proofs)
    assert {proof.invariant for proof in proofs} <= INVARIANTS.keys()
    assert [proof.code for proof in proofs if not proof.compares or not proof.name_vi] == []


def test_the_how_to_says_of_every_proof_what_to_do() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "khi-verify-bao-chenh-lech.md"
    text = page.read_text(encoding="utf-8")
    assert [proof.code for proof in every_proof() if f"| `{proof.code}` |" not in text] == []
