"""An entry in words: what its facts are called, how a value is read, what a channel is called; pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FACT_NAMES: dict[str, str] = {
    "accounts": "số tài khoản ghi rõ",
    "already_known": "đã nhập trước đó",
    "amount_dong": "số tiền",
    "answer": "trả lời",
    "area": "địa bàn được giao",
    "article": "điều khoản",
    "batch_id": "đợt chi số",
    "because": "vì",
    "change_id": "biến động số",
    "channel": "hình thức",
    "code": "mã",
    "content_digest": "dấu vết tệp",
    "contract_id": "hợp đồng số",
    "days": "số ngày",
    "decided_on": "ngày quyết định",
    "decision_no": "số quyết định",
    "digest": "dấu vết",
    "document": "chứng từ",
    "document_no": "số chứng từ",
    "effective_on": "đúng từ ngày",
    "errors": "lỗi",
    "file_digest": "dấu vết tệp",
    "file_id": "tệp số",
    "file_name": "tên tệp",
    "finding_id": "phát hiện số",
    "first_payroll": "từ danh sách tháng",
    "form": "dạng",
    "from_month": "từ tháng",
    "fund": "nguồn",
    "grant_id": "quyết định hưởng số",
    "hold_id": "lượt tạm giữ số",
    "how": "cách xử lý",
    "ids_count": "số mục",
    "kind": "loại",
    "law": "luật",
    "level_pack_id": "gói mức số",
    "list_digest": "mã kiểm tra danh sách",
    "missing_dong": "dự toán còn thiếu",
    "month": "tháng",
    "occasion_id": "đợt chi một lần số",
    "on": "ngày",
    "order_code": "mã lệnh chi",
    "order_id": "lệnh chi số",
    "paper_number": "số văn bản",
    "payer": "tổ chức chi trả",
    "payer_name": "tổ chức chi trả",
    "people": "số người",
    "programme": "chương trình",
    "proposals": "đề nghị",
    "recovery_id": "khoản thu hồi số",
    "role": "vai trò",
    "rows": "số dòng",
    "run_id": "kỳ chi trả số",
    "set_aside": "dòng để riêng",
    "source_key": "nguồn ghi",
    "state": "trạng thái",
    "title": "tên",
    "transfer_id": "lần chuyển tiền số",
    "user_id": "người dùng số",
    "username": "tên đăng nhập",
    "voucher_no": "số chứng từ",
    "way": "cách",
    "year": "năm",
}
# Said in columns of their own, or by the words of the act.
_ELSEWHERE = frozenset({"commune_code", "person_id", "place_code", "reason", "why"})


def told_of(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The facts as (name, value) in words, those of known names first; what is empty is left out.

    >>> told_of({"run_id": 12, "amount_dong": 405000, "twins": 1, "reason": "x", "fund": ""})
    (('số tiền', '405.000 đồng'), ('kỳ chi trả số', '12'), ('twins', '1'))
    """
    said = [(key, value) for key, value in facts.items() if key not in _ELSEWHERE and value not in (None, "")]
    said.sort(key=lambda one: (one[0] not in FACT_NAMES, one[0]))
    return tuple((FACT_NAMES.get(key, key.removesuffix("_count")), _value(key, value)) for key, value in said)


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if key.endswith("_dong") and isinstance(value, int):
        return f"{value:,} đồng".replace(",", ".")
    return str(value)
