"""Import an office's register: people and grants into the tables, findings beside them, later files as proposals."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.places.queries import get_place, list_commune_codes, path_of
from ansinh.platform.action import action
from ansinh.platform.cancelling import Progress
from ansinh.platform.copying import copy_rows, take_ids
from ansinh.platform.sealing import seal
from ansinh.policy import Pack
from ansinh.registry.known_people import read_known_people
from ansinh.registry.matching import KnownPeople, group_rows
from ansinh.registry.models import RegisterFile
from ansinh.registry.proposing import propose
from ansinh.registry.queries.files import ORIGINAL
from ansinh.registry.queries.under_way import IMPORT_LOCK
from ansinh.registry.recording import NewGrant, Recording
from ansinh.registry.surroundings import surroundings_of, wordings_digest
from ansinh.registry.types import RegisterImported
from ansinh.registry.workbook import Finding, RegisterReading, RegisterRow, read_register

_LONGEST_COLUMN = 200


class FileNameTooLong(Refusal):
    """Tên tệp dài {length} ký tự, quá {most}. Hãy đặt lại tên tệp ngắn hơn rồi nhập lại."""


@action(permission="registry.import_register", name="Nhập sổ đối tượng")
def import_register(
    *,
    content: bytes,
    file_name: str,
    place_code: str,
    month: Month,
    by: Actor,
    at: datetime,
    law: Pack | None = None,
    progress: Progress | None = None,
) -> RegisterImported:
    """Take a register file for a place; `month` is the first month to be paid here; `law`: by which the place lists
    then (none given: the program's own), for telling what the file's amounts and coefficients may be.

    The same file again changes nothing. In a later file new people and grants are taken, differences become
    proposals. All or nothing: refuses unreadable files (see registry.workbook), an unknown place and areas not
    the actor's; a crash half-way leaves no trace.
    """
    place = get_place(place_code, month.first_day)
    by.must_reach(path_of(place.code, month.first_day))
    if len(file_name) > _LONGEST_COLUMN:
        raise FileNameTooLong(length=len(file_name), most=_LONGEST_COLUMN)
    _lock_register(place.path[0])
    digest = hashlib.sha256(content).hexdigest()
    wordings = wordings_digest()
    known = RegisterFile.objects.defer("sealed_original").filter(
        digest=digest, wordings_digest=wordings, place_code=place_code, month=month
    )
    if (file := known.first()) is not None:
        return _account(file, already_known=True)
    reading = read_register(content, filename=file_name, around=surroundings_of(place.code, month, progress, law=law))
    file = RegisterFile.objects.create(
        digest=digest,
        wordings_digest=wordings,
        file_name=file_name,
        place_code=place_code,
        month=month,
        received_at=at,
        received_by=by.name,
        received_by_id=by.user_id,
        sealed_original=seal(content, kind=ORIGINAL),
        rows=len(reading.rows),
        accepted=len(reading.accepted),
        set_aside=len(reading.set_aside),
    )
    _take(file, reading, list_commune_codes(place.code, month.first_day), at)
    return _account(file, already_known=False)


def _lock_register(province: str) -> None:
    """One import at a time in a province: two files of one place must not both find nobody there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [IMPORT_LOCK, int(province)])


def _account(file: RegisterFile, *, already_known: bool) -> RegisterImported:
    severities = Counter(file.findings.values_list("severity", flat=True))
    return RegisterImported(
        file_id=file.pk,
        rows=file.rows,
        accepted=file.accepted,
        set_aside=file.set_aside,
        errors=severities["error"],
        warnings=severities["warning"],
        infos=severities["info"],
        proposals=file.proposals.count(),
        already_known=already_known,
    )


def _take(file: RegisterFile, reading: RegisterReading, communes: Sequence[str], at: datetime) -> None:
    accepted = reading.accepted
    known = read_known_people(communes, file.month)
    recording = Recording(file.month, at)
    rows_of_grant: dict[int, int] = {}
    matched: list[tuple[int, int]] = []
    claimed: set[int] = set()
    missing_grants = sum(max(len(row.categories), 1) for row in accepted)
    grant_ids = iter(take_ids("registry_grant_id_seq", missing_grants)) if missing_grants else iter(())
    groups = group_rows(accepted)
    person_ids = iter(take_ids("registry_person_id_seq", len(groups))) if groups else iter(())
    for group in groups:
        person_id = next((p for p in (known.find_person(accepted[i]) for i in group) if p is not None), None)
        if person_id is None:
            person_id = next(person_ids)
            recording.add_person(person_id, accepted[group[0]])
        for index in group:
            grant_id = _match_grant(known, person_id, accepted[index], claimed)
            if grant_id is None:
                grant_id = _add_grants(recording, person_id, accepted[index], grant_ids)
            else:
                matched.append((index, grant_id))
                claimed.add(grant_id)
            rows_of_grant[index] = grant_id
    recording.link_cared_for()
    recording.write()
    grant_person = {g.grant_id: g.person_id for g in recording.grants}
    grant_person.update({grant_id: known.grants[grant_id].person_id for _, grant_id in matched})
    _write_rows(file, reading, rows_of_grant, grant_person)
    _write_findings(file, reading.findings)
    propose(file, accepted, matched, known)


def _match_grant(known: KnownPeople, person_id: int, row: RegisterRow, claimed: set[int]) -> int | None:
    """The known grant the row speaks of: of the row's category, else the person's only unclaimed one."""
    held = [grant for grant in known.grants_of(person_id) if grant.grant_id not in claimed]
    for grant in held:
        if grant.category in row.categories:
            return grant.grant_id
    return held[0].grant_id if len(held) == 1 else None


def _add_grants(recording: Recording, person_id: int, row: RegisterRow, ids: Iterator[int]) -> int:
    first = 0
    for category in row.categories:
        grant_id = next(ids)
        recording.add_grant(NewGrant(grant_id, person_id, category, row))
        first = first or grant_id
    return first


def _write_rows(
    file: RegisterFile, reading: RegisterReading, rows_of_grant: dict[int, int], grant_person: dict[int, int]
) -> None:
    grants = iter(rows_of_grant[index] for index in range(len(reading.accepted)))
    columns = ("file_id", "sheet", "row", "full_name", "accepted", "person_id", "grant_id")

    def rows() -> Iterator[Sequence[object]]:
        for row in reading.rows:
            grant = next(grants) if row.accepted else None
            person = None if grant is None else grant_person[grant]
            yield file.pk, row.sheet, row.row, row.name, row.accepted, person, grant

    copy_rows("registry_registerrow", columns, rows())


def _write_findings(file: RegisterFile, findings: Sequence[Finding]) -> None:
    columns = ("file_id", "sheet", "row", "column", "column_index", "code", "severity", "message", "facts")
    copy_rows(
        "registry_registerfinding",
        columns,
        (
            (
                file.pk,
                f.sheet,
                f.row or None,
                f.column[:_LONGEST_COLUMN],
                f.column_index,
                f.code,
                f.severity,
                f.message,
                json.dumps(f.as_dict()["facts"], ensure_ascii=False),
            )
            for f in findings
        ),
    )
