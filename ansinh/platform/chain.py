"""The proof of the audit trail's chain: each entry against the one before, the last against the head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof


def find_broken_audit() -> list[Break]:
    """Each audit entry's hash against its content, its number and the hash it names against the entry before, and the
    head's count and hash against the last entry."""
    return [
        *(Break(_fault(row), _facts(row), row["place_code"]) for row in sql.rows("platform/find_broken_audit")),
        *_of_head(sql.rows("platform/get_audit_head")[0]),
    ]


def _fault(row: Mapping[str, Any]) -> str:
    before, number = row["number_before"], row["number"]
    said = f'Nhật ký số {number} ({row["actor_name"]}, "{row["action"]}", {row["at"]:%Y-%m-%d %H:%M} UTC)'
    if not row["is_as_written"]:
        return f"{said}: nội dung không còn như lúc ghi, hoặc do người khác chèn vào"
    if number > before + 1:
        missing = f"số {before + 1}" if number == before + 2 else f"các số {before + 1}–{number - 1}"
        return f"{said}: thiếu mục liền trước ({missing} đã bị xóa)"
    if number <= before:
        return f"{said}: trùng số với một mục khác, một trong hai đã được chèn vào"
    return f"{said}: không nối với mục liền trước, mục ấy đã bị thay"


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("id", "number", "number_before", "is_as_written", "is_bound")}


def _of_head(row: Mapping[str, Any]) -> list[Break]:
    declared, found = row["declared"], row["found"]
    if declared is None:
        return [Break(f"Đầu chuỗi nhật ký không còn; tìm thấy {found} mục", {"declared": None, "found": found})]
    if (declared, row["declared_hash"]) == (found, row["found_hash"]):
        return []
    if declared > found:
        missing = f"số {declared}" if declared == found + 1 else f"các số {found + 1}–{declared}"
        what = f"Đầu chuỗi nhật ký ghi có {declared} mục, mục cuối tìm thấy là số {found}: {missing} đã bị xóa"
    elif declared < found:
        what = f"Đầu chuỗi nhật ký ghi có {declared} mục, mục cuối tìm thấy là số {found}: mục sau đã được chèn vào"
    else:
        what = f"Mục cuối của nhật ký (số {found}) không phải mục mà đầu chuỗi đã ghi"
    return [Break(what, {"declared": declared, "found": found})]


PROOFS: tuple[Proof, ...] = (Proof("audit_chain", 10, "Chuỗi nhật ký không đứt", find_broken_audit),)
