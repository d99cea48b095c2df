"""Asking one thing as somebody and forgetting that it was asked: what came back, in words, and what was asked of the
database for it.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from django.contrib.messages import ERROR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.sweep.doors import Door
from tests.sweep.furnishing import Things

# What changes from one answer to the next and tells nothing: tokens of forms, savepoints, moments.
_TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")
_SAVEPOINT = re.compile(r'^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) "[^"]*"')
_LISTED = re.compile(r"(?:%s, )+%s")
_APPS = "registry|entitlement|ledger|funds|payroll|payout|reconcile|settlement"
_WRITES = re.compile(rf'\b(?:INSERT INTO|UPDATE|DELETE FROM|COPY) "?(?:{_APPS})_')


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody was told: the status, the words of page, file, messages and headers, and the statements run."""

    status: int
    said: str
    statements: tuple[str, ...] = ()
    # Sent back with what is wrong.
    refused: bool = False

    @property
    def is_no(self) -> bool:
        """Not theirs, not there, or sent back."""
        return self.status in (403, 404) or (self.status == 302 and self.refused)

    @property
    def wrote(self) -> bool:
        """Whether anything of people or money was written, even if it was taken back."""
        return any(map(_WRITES.search, self.statements))


def ask(client: Client, method: str, door: Door, things: Things, opened: Mapping[str, Any] | None = None) -> Answer:
    """One request, everything it did undone. `opened`: other arguments for the address than the door's own."""
    address = reverse(door.name, kwargs=dict(opened if opened is not None else door.args(things)))
    return ask_at(client, method, address, door.query(things), _sent(door, things))


def _sent(door: Door, things: Things) -> dict[str, Any]:
    files = {key: SimpleUploadedFile(name, content) for key, (name, content) in door.files(things).items()}
    return {**door.posted(things), **files}


def ask_at(client: Client, method: str, address: str, query: Mapping[str, Any], sent: Mapping[str, Any]) -> Answer:
    """One request at an address, everything it did undone."""
    sid, cookies = transaction.savepoint(), copy.deepcopy(client.cookies)
    try:
        statements: list[str] = []
        with connection.execute_wrapper(_noting(statements)):
            if method == "GET":
                response = client.get(address, dict(query))
            else:
                response = client.post(address, dict(sent), query_params=dict(query))
            said = words_of(response)
        refused = any(message.level == ERROR for message in _messages(response))
        return Answer(response.status_code, said, tuple(statements), refused)
    finally:
        transaction.savepoint_rollback(sid)
        client.cookies = cookies


def words_of(response: Any) -> str:
    """All an answer tells: its body as words, the messages it leaves for the next page, where it leads."""
    told = [str(message) for message in _messages(response)]
    headers = [f"{key}: {response[key]}" for key in ("Location", "Content-Disposition") if key in response]
    return "\n".join([*headers, *told, _body(response)])


def _messages(response: Any) -> Sequence[Any]:
    return getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", ())


def _body(response: HttpResponse) -> str:
    content, media = response.content, response.get("Content-Type", "")
    if "spreadsheetml" in media:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    if "pdf" in media:
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return _TOKEN.sub("·", content.decode("utf-8-sig"))


def _noting(statements: list[str]) -> Callable[..., Any]:
    """Notes each statement without its values, lists of whatever length alike: what a clock on the wire could tell."""

    def note(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        written = sql if isinstance(sql, str) else sql.as_string()
        statements.append(_LISTED.sub("?", _SAVEPOINT.sub(r"\1", written)))
        return execute(sql, params, many, context)

    return note
