"""Inventing people into an empty register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import get_place
from ansinh.platform.cancelling import Progress
from ansinh.platform.processes import stream_from_processes
from ansinh.registry.actions import load_people
from ansinh.registry.types import LoadedBlock
from ansinh.synth.communes import share_out
from ansinh.synth.people import invent_commune
from ansinh.synth.types import COMMUNES_BEGAN, CommuneShare, PeopleInvented, Setting

__all__ = ["BeforeTodaysCommunes", "NotAProvince", "invent_people"]

# People invented at one go: enough that the copying of them is worth its beginning, little enough to hold.
_AT_ONCE = 5_000


class BeforeTodaysCommunes(Refusal):
    """Dữ liệu thử chỉ có từ tháng {first}, khi có các xã hiện nay; tháng {month} thì chưa. Hãy chọn tháng sau đó."""


class NotAProvince(Refusal):
    """{place} không phải là tỉnh, thành phố trực thuộc trung ương. Hãy ghi mã tỉnh 2 chữ số, hoặc bỏ trống để tạo cho
    cả nước."""


def invent_people(
    *,
    people: int,
    month: Month,
    seed: int,
    by: Actor,
    at: datetime,
    province_code: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> PeopleInvented:
    """So many invented people with all that is known of them, in the communes of the month; all of them or nobody.

    `month`: the first to be paid here. The same seed, month and number give the same people, whoever works it out.
    Refuses a register that knows anybody (RegisterNotEmpty), a month before today's communes (BeforeTodaysCommunes)
    and a place that is no province (NotAProvince).
    """
    if month <= COMMUNES_BEGAN:
        raise BeforeTodaysCommunes(month=month.vi, first=(COMMUNES_BEGAN + 1).vi)
    if province_code is not None and (place := get_place(province_code, month.first_day)).kind != "province":
        raise NotAProvince(place=place)
    setting = Setting(seed, month, at, people)
    shares = share_out(setting, province_code)
    parts = list(_parts(shares))
    blocks = stream_from_processes(parts, partial(_invented, setting=setting), processes=workers)
    loaded = load_people(blocks=blocks, people=people, by=by, at=at, progress=progress)
    return PeopleInvented(loaded.people, loaded.rows, len(shares))


def _parts(shares: list[CommuneShare]) -> Iterator[tuple[CommuneShare, ...]]:
    """Communes next to each other, about as many people in each part."""
    part: list[CommuneShare] = []
    for share in shares:
        part.append(share)
        if sum(one.people for one in part) >= _AT_ONCE:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _invented(part: tuple[CommuneShare, ...], *, setting: Setting) -> LoadedBlock:
    texts: dict[str, list[bytes]] = {}
    for share in part:
        for table, text in invent_commune(share, setting).texts().items():
            texts.setdefault(table, []).append(text)
    return LoadedBlock(sum(one.people for one in part), {table: b"".join(found) for table, found in texts.items()})
