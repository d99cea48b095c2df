"""`ansinh verify`: every invariant proved over all data; each row that breaks one is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ansinh.kernel.grouped import grouped
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.faults import FAULT
from ansinh.ops.invariants import INVARIANTS
from ansinh.ops.preparation import prepared_database
from ansinh.ops.proving import Proved, every_proof, one_snapshot, prove
from ansinh.places.queries import get_place, list_codes_ever_within
from ansinh.platform.proofs import Proof

# Rows named for each proof; the count is always of all.
_NAMED = 50
_DIFFERENT = 1


class NoSuchProof(Refusal):
    """Không có phép kiểm "{code}". Các phép kiểm hiện có: {known}."""


@click.command("verify")
@click.option("--place", "place_code", default="", help="Chỉ nêu chênh lệch của địa bàn này: mã 2, 3 hoặc 5 chữ số.")
@click.option("--only", "codes", multiple=True, metavar="MÃ", help="Chỉ chạy phép kiểm này; ghi được nhiều lần.")
@json_option
@click.pass_obj
def command(answer: Answer, place_code: str, codes: tuple[str, ...]) -> int:
    """Kiểm chứng mọi bất biến của tiền trên toàn bộ dữ liệu; nêu tên từng dòng sai lệch."""
    prepared_database(answer.say)
    proofs = _wanted(codes)
    within = _codes_within(place_code) if place_code else None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=answer.console, transient=True) as bar, one_snapshot():
        task = bar.add_task("", total=len(proofs))

        def told(proof: Proof) -> None:
            bar.update(task, description=proof.name_vi, completed=proofs.index(proof))

        done = prove(proofs, within=within, progress=told)
    answer.give(_facts(done), "\n".join(page_of(done)))
    if any(one.fault for one in done):
        return FAULT
    return _DIFFERENT if _total(done) else 0


def _wanted(codes: Sequence[str]) -> tuple[Proof, ...]:
    proofs = every_proof()
    known = [proof.code for proof in proofs]
    for code in codes:
        if code not in known:
            raise NoSuchProof(code=code, known=", ".join(known))
    return tuple(proof for proof in proofs if not codes or proof.code in codes)


def _codes_within(place_code: str) -> frozenset[str]:
    """Every code of the place's area through time; refuses (UnknownPlace) a code no place ever had."""
    return list_codes_ever_within(place_code) or frozenset(get_place(place_code, now().date()).path)


def _total(done: Iterable[Proved]) -> int:
    return sum(one.differences for one in done)


def _facts(done: Sequence[Proved]) -> dict[str, Any]:
    return {
        "differences": _total(done),
        "faults": sum(1 for one in done if one.fault),
        "invariants": [
            {
                "number": one.proof.invariant,
                "code": one.proof.code,
                "name": one.proof.name_vi,
                "differences": one.differences,
                "rows": [{"what": row.what, "place_code": row.place_code, **row.facts} for row in one.breaks[:_NAMED]],
                "left_out": dict(one.left_out),
                "fault": one.fault,
                "seconds": round(one.seconds, 3),
            }
            for one in done
        ],
    }


def page_of(done: Sequence[Proved]) -> Iterable[str]:
    """For people: a block an invariant, a line a proof, the rows below it, one sentence at the end."""
    width = max((len(one.proof.name_vi) for one in done), default=0)
    for number, group in groupby(done, key=lambda one: one.proof.invariant):
        yield f"{number}. {INVARIANTS[number]}"
        for one in group:
            yield from _lines(one, width)
    faults = sum(1 for one in done if one.fault)
    found = _total(done) - faults
    yield ""
    if faults:
        yield f"{faults} phép kiểm KHÔNG CHẠY ĐƯỢC, nên chưa chứng minh được gì. Hãy báo người bảo trì phần mềm."
    if found:
        yield f"Có {grouped(found)} chênh lệch. Cách xử lý từng loại: docs/how-to/khi-verify-bao-chenh-lech.md"
    elif not faults:
        yield f"Không có chênh lệch nào ({len(done)} phép kiểm, {_seconds(sum(one.seconds for one in done))})."


def _lines(one: Proved, width: int) -> Iterable[str]:
    says = "KHÔNG CHẠY ĐƯỢC" if one.fault else f"{grouped(len(one.breaks))} CHÊNH LỆCH" if one.breaks else "đúng"
    yield f"   {one.proof.name_vi:<{width}}  {says}  ({_seconds(one.seconds)})  [{one.proof.code}]"
    if one.fault:
        yield f"      {one.fault}"
    yield from (f"      – {row.what}" for row in one.breaks[:_NAMED])
    if len(one.breaks) > _NAMED:
        yield f"      … và {grouped(len(one.breaks) - _NAMED)} dòng nữa"
    yield from (f"      ({grouped(count)} {name})" for name, count in one.left_out.items() if count)


def _seconds(taken: float) -> str:
    return f"{taken:.1f} giây".replace(".", ",")
