"""Pure rules of the payout: how a reported row is written down, and what a payer is told of one set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.kernel.check_digit import read_checked
from ansinh.kernel.money import Dong
from ansinh.kernel.names import folded, written
from ansinh.payout.types import ReportedResult

# What the table takes; a longer text is cut, never a reason to lose a payment.
_LENGTHS = {"receiver_name": 200, "relation": 60, "proof": 20, "reference": 100, "reason": 300, "nonce": 200}
_LARGEST = 2**63 - 1
# Stands for an amount no column can hold: it matches no order.
_BEYOND = -1

CODE_PREFIX = "AS"

_MESSAGES: dict[str, str] = {
    "unknown_outcome": 'Kết quả "{outcome}" không rõ. Hãy ghi đã chi trả, chưa lĩnh hoặc trả lại.',
    "bad_check_digit": "Mã lệnh chi gõ sai (không đúng số kiểm tra). Hãy đối chiếu với danh sách đã giao.",
    "unknown_order": "Không có lệnh chi mang mã này trong địa bàn. Hãy đối chiếu với danh sách đã giao.",
    "other_payer": "Lệnh chi này giao cho tổ chức chi trả khác. Hãy gửi kết quả đúng nơi được giao.",
    "double": "Lệnh chi này có nhiều dòng trong cùng một lần báo. Hãy giữ một dòng đúng rồi báo lại.",
    "nonce_reused": "Mã biên nhận này đã dùng cho một việc khác. Hãy kiểm tra lại biên nhận.",
    "other_amount": "Số tiền báo {told} khác số tiền của lệnh chi {listed} đồng. Hãy kiểm tra số tiền thực chi.",
    "not_released": "Lệnh chi chưa được xuất chi nên chưa được chi tiền. Nếu đã chi, hãy báo ngay cho cơ quan chi trả.",
    "cancelled_order": "Lệnh chi đã hủy, không được chi. Nếu đã chi tiền, hãy báo ngay cho cơ quan chi trả.",
    "other_month": "Lệnh chi này không được giao trong tháng của tệp. Hãy kiểm tra tháng của tệp.",
    "no_day": "Thiếu ngày. Hãy ghi ngày chi tiền hoặc ngày tiền trả lại.",
    "day_in_future": "Ngày {on} chưa tới. Hãy kiểm tra lại ngày.",
    "day_before_release": "Ngày {on} trước ngày xuất chi. Hãy kiểm tra lại ngày.",
    "day_before_payment": "Ngày trả lại {on} trước ngày đã chi {last}. Hãy kiểm tra lại ngày.",
    "already_paid": "Lệnh chi này đã ghi nhận chi trả{when}. Không chi lần nữa; nếu đã chi, hãy báo ngay.",
    "not_paid_yet": "Lệnh chi chưa ghi nhận chi trả nên chưa thể trả lại. Hãy báo kết quả chi trả trước.",
    "already_returned": "Khoản chi này đã ghi nhận bị trả lại{when}.",
    "payment_returned": "Khoản chi này đã bị trả lại và chưa được giao chi lại. Chỉ chi khi có trong danh sách mới.",
    "no_authorisation": "{receiver} nhận thay nhưng không có giấy ủy quyền còn hạn ngày {on}. Hãy bổ sung.",
    "fingerprint_without_name": "Điểm chỉ phải kèm họ tên và quan hệ của người nhận. Hãy bổ sung.",
    "unknown_proof": "Không rõ cách ký nhận. Hãy ghi ký nhận, điểm chỉ, mã xác nhận hoặc chuyển khoản.",
}


def read_order_code(text: str) -> int | None:
    """The order's id in a code as people type it ("AS79444", "as 79444", "79444"); None when the check digits fail."""
    compact = "".join(text.split()).upper().replace("-", "").removeprefix(CODE_PREFIX)
    return read_checked(compact)


def receiver_key(name: str) -> str:
    """What a receiver's name is compared by with those of the person and their collector."""
    return folded(name)


def staged(reported: ReportedResult) -> tuple[Any, ...]:
    """A reported row as the staging table takes it, in the order of STAGED."""
    receiver = _text(reported.receiver_name, "receiver_name")
    amount = None if reported.amount_dong is None else reported.amount_dong.value
    return (
        reported.row,
        read_order_code(reported.order_code),
        _text(reported.outcome, "proof"),
        amount if amount is None or abs(amount) <= _LARGEST else _BEYOND,
        reported.happened_on,
        receiver,
        receiver_key(receiver),
        _text(reported.relation, "relation"),
        reported.authorised_until,
        _text(reported.proof, "proof"),
        _text(reported.reference, "reference"),
        _text(reported.reason, "reason"),
        _text(reported.nonce, "nonce"),
    )


STAGED = (
    "row", "order_id", "outcome", "amount_dong", "happened_on", "receiver_name", "receiver_key", "relation",
    "authorised_until", "proof", "reference", "reason", "given_nonce",
)  # fmt: skip


def message_of(because: str, facts: Mapping[str, Any]) -> str:
    """What the payer reads beside a row set aside; empty for one taken in."""
    if not because:
        return ""
    amount, last = facts["amount_dong"], facts["last_on"]
    return _MESSAGES[because].format(
        outcome=facts["outcome"],
        told="không ghi" if amount is None else f"{Dong(amount)} đồng",
        listed="" if facts["listed_dong"] is None else Dong(facts["listed_dong"]),
        on=_day(facts["happened_on"]),
        last=_day(last),
        when=f" ngày {_day(last)}" if last else "",
        receiver=facts["receiver_name"] or "Người khác",
    )


def _text(text: str, name: str) -> str:
    return written(text.replace("\x00", ""))[: _LENGTHS[name]]


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else "(không ghi)"
