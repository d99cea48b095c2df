"""Writes an OpenAPI document of every address of the web, for tools that try doors; nothing reads it in production.

    ANSINH_HOME=… python tools/describe_addresses.py > addresses.json

Addresses come from the URL patterns, fields from the views' own source, numbers that exist from the database.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

# Left alone: they would end the visit that is trying, or lock the demonstration's people out.
LEFT_ALONE = re.compile(r"sign_out|account_|mfa_|end_session|end_other_sessions|retire_user|end_appointment")
# Where the numbers of an address that exist are found, by the name it gives them.
_NUMBERS = {
    "run_id": "payroll_run", "finding_id": "payroll_runfinding", "person_id": "registry_person",
    "line_id": "payroll_line", "batch_id": "payout_batch", "order_id": "payout_order", "row_id": "reconcile_resultsrow",
    "transfer_id": "funds_transfer", "change_id": "registry_change", "recovery_id": "payout_recovery",
    "file_id": "registry_registerfile", "hold_id": "registry_hold", "number_id": "registry_sealednumber",
}  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "place_code": ("01726", "04", "02053"), "place": ("01726", "04", "02053", ""), "commune": ("01726", "02053"),
    "payer": ("buu-dien",), "form": ("pdf", "xlsx", "csv"), "name": ("payment_list", "change_list", "an", "Nông"),
    "action": ("compute_run", "check_run", "submit_run", "approve_run", "confirm_month", "close_month"),
    "how": ("dismiss", "match"), "month": ("2026-10", "2026-11", "11/2026"), "on": ("2026-11-01", "31/02/2026"),
    "kind": ("death", "arrears"), "order": ("name", "amount"), "page": ("1", "9999"), "show": ("findings", "applied"),
    "language": ("vi", "en"), "programme": ("assistance", "merit"), "days": ("30", "90"), "q": ("an", "%", "004"),
}  # fmt: skip
_ASKED = re.compile(r"request\.(GET|POST)\.(?:get|getlist)\(\s*[\"'](\w+)[\"']")
_FORM = re.compile(r"\b(\w+Form)\(\s*(?:data=)?request\.(GET|POST)")


def document() -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, Any] = {}
    for route, name, view, converters in addresses():
        if LEFT_ALONE.match(name):
            continue
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
        parameters = [_parameter(one, "path", converters[one]) for one in converters]
        query = [_parameter(one, "query") for one in _fields(view, "GET")]
        operations = {
            "get": {"parameters": [*parameters, *query], **_answers(name, "get")},
            "post": {
                "parameters": parameters,
                "requestBody": _body(_fields(view, "POST")),
                **_answers(name, "post"),
            },
        }
        source = inspect.getsource(inspect.unwrap(view))
        for method, refused in (("post", "@require_GET"), ("get", "@require_POST")):
            if refused in source:
                del operations[method]
        paths[path] = operations
    return {"openapi": "3.0.3", "info": {"title": "An Sinh", "version": "1"}, "paths": paths}


def addresses() -> Iterator[tuple[str, str, Callable[..., Any], dict[str, Any]]]:
    """Route, name, view and converters of each address."""
    from django.urls import URLResolver, get_resolver

    waiting: list[Any] = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, URLResolver):
            waiting += one.url_patterns
        else:
            yield str(one.pattern), str(one.name), one.callback, one.pattern.converters


def _answers(name: str, method: str) -> dict[str, Any]:
    said: dict[str, Any] = {"description": "a page, a file or a way on"}
    if name == "explained":
        said["content"] = {"application/json": {"schema": {"type": "object"}}}
    return {"operationId": f"{method}_{name}", "responses": {"default": said}}


def _parameter(name: str, where: str, converter: object = None) -> dict[str, Any]:
    schema = _schema(name)
    if type(converter).__name__ == "IntConverter":
        schema = {"anyOf": [{"type": "integer", "enum": _known(name)}, {"type": "integer", "minimum": 0}]}
    elif type(converter).__name__ == "MonthConverter":
        schema = {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$"}
    elif converter is not None:
        schema = {"anyOf": [*_enumerated(name), {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,40}$"}]}
    return {"name": name, "in": where, "required": where == "path", "schema": schema}


def _schema(name: str) -> dict[str, Any]:
    known = _known(name) if name.endswith("_id") or name in ("ids", "id") else []
    chosen: list[dict[str, Any]] = _enumerated(name) + ([{"type": "integer", "enum": known}] if known else [])
    return {"anyOf": [*chosen, {"type": "string", "maxLength": 300}]}


def _enumerated(name: str) -> list[dict[str, Any]]:
    return [{"type": "string", "enum": list(_WORDS[name])}] if name in _WORDS else []


def _known(name: str) -> list[int]:
    from django.db import connection
    from psycopg.sql import SQL, Identifier

    if name == "year":
        return [2026]
    with connection.cursor() as cursor:
        table = _NUMBERS.get(name, "")
        if table not in connection.introspection.table_names(cursor):
            return [1]
        cursor.execute(SQL("SELECT id FROM {} ORDER BY id LIMIT 3").format(Identifier(table)))
        return [row[0] for row in cursor.fetchall()] or [1]


def _body(fields: list[str]) -> dict[str, Any]:
    properties = {name: _schema(name) for name in fields}
    kind = "application/x-www-form-urlencoded"
    if "file" in fields:
        kind = "multipart/form-data"
        properties["file"] = {"type": "string", "format": "binary"}
    return {"content": {kind: {"schema": {"type": "object", "properties": properties}}}}


def _fields(view: Callable[..., Any], method: str) -> list[str]:
    """What the view's module asks of a request of that method: by name, or by the forms it fills."""
    module = inspect.getmodule(inspect.unwrap(view))
    source = inspect.getsource(module) if module else ""
    found = dict.fromkeys(name for how, name in _ASKED.findall(source) if how == method)
    for form, how in _FORM.findall(source):
        if how == method:
            found |= dict.fromkeys(getattr(getattr(module, form, None), "base_fields", {}))
    return list(found)


if __name__ == "__main__":
    from ansinh.ops.preparation import prepared_database

    prepared_database()
    json.dump(document(), sys.stdout, ensure_ascii=False, indent=1)
